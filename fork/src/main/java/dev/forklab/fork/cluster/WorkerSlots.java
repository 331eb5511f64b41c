package dev.forklab.fork.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The places of a cluster's workers, numbered from 0. A worker's replacement, and its successor in
/// a reload, take its place. On the loop's thread only.
final class WorkerSlots {

  /// One place.
  static final class Slot {
    /// Who gets connections.
    @Nullable ClusterMember serving;

    /// Who will, and was started for it.
    @Nullable ClusterMember coming;

    /// Whether who serves is to be replaced.
    boolean stale;

    int deathsInARow;
  }

  private final NavigableMap<Integer, Slot> slots = new TreeMap<>();

  int count() {
    return slots.size();
  }

  /// Null if there are not so many any more.
  @Nullable Slot at(int number) {
    return slots.get(number);
  }

  /// Has this many.
  ///
  /// @return those that are new
  List<Integer> grow(int count) {
    List<Integer> added = new ArrayList<>();
    for (int number = slots.size(); number < count; number++) {
      slots.put(number, new Slot());
      added.add(number);
    }
    return added;
  }

  Slot removeLast() {
    return Objects.requireNonNull(slots.remove(slots.lastKey()));
  }

  /// Has all workers replaced, or none.
  void setStale(boolean stale) {
    slots.values().forEach(slot -> slot.stale = stale);
  }

  boolean noneIsStale() {
    return slots.values().stream().noneMatch(slot -> slot.stale);
  }

  /// Whether each has the one worker that it needs.
  boolean allServe() {
    return slots.values().stream().allMatch(slot -> slot.serving != null && slot.coming == null);
  }

  boolean noneServes() {
    return slots.values().stream().allMatch(slot -> slot.serving == null);
  }

  /// The next whose worker is to be replaced: one at a time, so that a reload takes the memory of
  /// one worker more.
  OptionalInt nextToReplace() {
    boolean comes = slots.values().stream().anyMatch(slot -> slot.coming != null);
    return comes
        ? OptionalInt.empty()
        : slots.entrySet().stream()
            .filter(each -> each.getValue().stale && each.getValue().serving != null)
            .mapToInt(each -> each.getKey())
            .findFirst();
  }
}
