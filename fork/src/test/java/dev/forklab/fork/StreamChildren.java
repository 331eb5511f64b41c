package dev.forklab.fork;

import dev.forklab.fork.stream.StreamException;
import dev.forklab.fork.stream.StreamOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.CRC32C;

/// The main classes that the tests of streams fork.
final class StreamChildren {

  private StreamChildren() {}

  /// Sends each stream back under its name, and each message as well.
  static final class Echo {
    static void main(String[] args) {
      Parent parent = Parent.get();
      parent.onMessage(parent::send);
      parent.onStream((name, in) -> {
        try (in;
            OutputStream out = parent.openStream(name)) {
          in.transferTo(out);
        }
      });
    }
  }

  /// Sends each byte back as soon as it has come.
  static final class EchoAtOnce {
    static void main(String[] args) {
      Parent parent = Parent.get();
      parent.onStream((name, in) -> {
        try (in;
            OutputStream out = parent.openStream(name)) {
          for (int next = in.read(); next >= 0; next = in.read()) {
            out.write(next);
            out.flush();
          }
        }
      });
    }
  }

  /// Takes streams, and never reads them; sends messages back.
  static final class Deaf {
    static void main(String[] args) {
      Parent parent = Parent.get();
      parent.onMessage(parent::send);
      parent.onStream((_, _) -> LockSupport.park());
    }
  }

  /// Reads one byte of each stream, then closes it.
  static final class Picky {
    static void main(String[] args) {
      Parent.get()
          .onStream((_, in) -> {
            try (in) {
              Parent.get().send(in.read());
            }
          });
    }
  }

  /// Opens a stream, writes half of what it should, and gives up or dies, as told.
  static final class Quitter {
    static void main(String[] args) throws Exception {
      StreamOutput out = Parent.get().openStream("half");
      out.write(new byte[100_000]);
      out.flush();
      switch (args[0]) {
        case "abort" -> out.abort("out of paper");
        case "halt" -> {
          Parent.get().sendAsync("gone").join();
          Runtime.getRuntime().halt(1);
        }
        default -> throw new IllegalArgumentException(args[0]);
      }
    }
  }

  /// Writes more than there is room for from a message listener, which may not wait; says what it
  /// met.
  static final class Impatient {
    static void main(String[] args) {
      Parent parent = Parent.get();
      parent.onMessage(_ -> {
        try (OutputStream out = parent.openStream("x")) {
          out.write(new byte[1 << 20]);
        } catch (IOException | IllegalStateException e) {
          parent.send(String.valueOf(e.getMessage()));
        }
      });
      parent.send("listening"); // A message from before is heard on another thread, which may wait.
    }
  }

  /// Tells why the streams that it reads end.
  static final class Listener {
    static void main(String[] args) {
      Parent.get()
          .onStream((_, in) -> {
            try (in) {
              long count = in.transferTo(OutputStream.nullOutputStream());
              Parent.get().send("end after " + count);
            } catch (StreamException e) {
              Parent.get().send(e.reason() + ": " + e.getMessage());
            }
          });
    }
  }

  /// A parent that sends so many bytes through a child of its own and back, both with small heaps;
  /// tells how many came back and their sums, and how often a message came back meanwhile.
  static final class Pump {
    static void main(String[] args) throws Exception {
      long bytes = Long.parseLong(args[0]);
      ChildProcess child = Fork.fork(Echo.class, ForkOptions.builder().execArgv("-Xmx32m").build());
      CompletableFuture<long[]> back = new CompletableFuture<>();
      long[] messages = {0};
      child.onStream((_, in) -> back.complete(drain(in)));
      child.onMessage(message -> {
        messages[0]++;
        if (!back.isDone()) {
          child.send(message);
        }
      });
      child.onError(Throwable::printStackTrace);
      child.send("ping");
      CRC32C sum = new CRC32C();
      try (OutputStream out = child.openStream("big")) {
        fill(out, bytes, sum);
      }
      long[] found = back.get();
      child.disconnect();
      child.closed().get();
      Parent.get()
          .send(
              Map.of(
                  "sent", sum.getValue(),
                  "found", found[1],
                  "bytes", found[0],
                  "messages", messages[0]));
    }
  }

  static void fill(OutputStream out, long bytes, CRC32C sum) throws IOException {
    byte[] block = new byte[100_003];
    SplittableRandom random = new SplittableRandom(bytes);
    random.nextBytes(block);
    for (long left = bytes; left > 0; left -= block.length) {
      int count = (int) Math.min(left, block.length);
      block[0] = (byte) random.nextInt();
      sum.update(block, 0, count);
      out.write(block, 0, count);
    }
  }

  /// How many bytes there are, and their sum.
  static long[] drain(InputStream in) throws IOException {
    byte[] block = new byte[8192];
    CRC32C sum = new CRC32C();
    long total = 0;
    for (int count = in.read(block); count >= 0; count = in.read(block)) {
      sum.update(block, 0, count);
      total += count;
    }
    return new long[] {total, sum.getValue()};
  }
}
