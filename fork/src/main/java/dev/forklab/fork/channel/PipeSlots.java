package dev.forklab.fork.channel;

import java.io.IOException;
import java.io.InputStream;

/// How much can be written to a pipe without waiting, of what only its writer knows.
///
/// A pipe has a number of slots, a page each, and a write of n bytes takes at most as many new ones
/// as n bytes have pages: it fills up the last one that is taken or leaves it (`pipe_write` in
/// Linux's `fs/pipe.c`). A slot is free again when all its bytes are read. So each write is
/// remembered with its slots until the pipe holds no more bytes than were written after it.
///
/// Of the one that writes.
final class PipeSlots {

  private static final int SLOT_BYTES = 4096;

  private final InputStream probe;
  // A ring: the bytes and the slots of the writes that may not have been read, each of one slot or
  // more, so that there are never more than slots.
  private final int[] bytes;
  private final int[] slots;
  private int first;
  private int writes;
  private long unreadBytes;
  private int freeSlots;

  /// @param probe the reading end of the pipe: only asked how many bytes it holds
  PipeSlots(int capacityBytes, InputStream probe) {
    this.probe = probe;
    freeSlots = capacityBytes / SLOT_BYTES;
    bytes = new int[freeSlots];
    slots = new int[freeSlots];
  }

  /// Takes the slots of a write.
  ///
  /// @return how many of so many bytes may be written
  int take(int wanted) throws IOException {
    int needed = pages(wanted);
    if (needed > freeSlots) {
      forgetRead();
    }
    int taken = Math.min(needed, freeSlots);
    int count = Math.min(wanted, taken * SLOT_BYTES);
    if (taken > 0) {
      remember(count, taken);
    }
    return count;
  }

  /// So many bytes were written that waited for their room: nothing is known to be free until they
  /// have been read.
  void fill(int count) {
    first = 0;
    writes = 0;
    unreadBytes = 0;
    remember(count, bytes.length);
    freeSlots = 0;
  }

  private void remember(int count, int taken) {
    int last = (first + writes) % bytes.length;
    bytes[last] = count;
    slots[last] = taken;
    writes++;
    unreadBytes += count;
    freeSlots -= taken;
  }

  private void forgetRead() throws IOException {
    int held = probe.available();
    while (writes > 0 && unreadBytes - bytes[first] >= held) {
      unreadBytes -= bytes[first];
      freeSlots += slots[first];
      first = (first + 1) % bytes.length;
      writes--;
    }
  }

  private static int pages(int bytes) {
    return (bytes + SLOT_BYTES - 1) / SLOT_BYTES;
  }
}
