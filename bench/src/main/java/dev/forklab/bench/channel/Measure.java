package dev.forklab.bench.channel;

import dev.forklab.results.units.Quantity;
import java.util.List;
import java.util.stream.Stream;

/// What is measured.
///
/// @param id its name in files
/// @param bytes of a message: the length of its text or of its bytes
public record Measure(String id, Kind kind, int bytes) {

  /// How it is measured, and in which unit.
  public enum Kind {
    /// From fork until the child's first message is here; nanoseconds.
    START,
    /// One message there and back, nothing else in flight; nanoseconds.
    ROUND_TRIP,
    /// Messages written by the parent until the child has counted them all; a second.
    ONE_WAY,
    /// Messages there and back with a window in flight; a second.
    ECHO,
    /// An idle child's proportional set size; bytes.
    IDLE_PSS,
    /// An idle child's unique set size; bytes.
    IDLE_USS,
    /// One large JSON document there and its length back; nanoseconds.
    LARGE;

    boolean isRate() {
      return this == ONE_WAY || this == ECHO;
    }

    boolean isBytes() {
      return this == IDLE_PSS || this == IDLE_USS;
    }
  }

  static final Measure START = new Measure("start", Kind.START, 0);
  static final Measure ONE_WAY = new Measure("one-way-1KiB", Kind.ONE_WAY, 1 << 10);
  static final Measure ECHO = new Measure("echo-1KiB", Kind.ECHO, 1 << 10);
  static final Measure IDLE_PSS = new Measure("idle-pss", Kind.IDLE_PSS, 0);
  static final Measure IDLE_USS = new Measure("idle-uss", Kind.IDLE_USS, 0);
  static final Measure SMALL_ROUND_TRIP = roundTrip(16);
  static final Measure LONG_ROUND_TRIP = roundTrip(1 << 20);

  /// Those measured in rounds over open channels.
  static final List<Measure> TRAFFIC =
      List.of(
          SMALL_ROUND_TRIP,
          roundTrip(1 << 10),
          roundTrip(64 << 10),
          LONG_ROUND_TRIP,
          roundTrip(16 << 20),
          ONE_WAY,
          ECHO);

  /// Each twice as long as the one before.
  static final List<Measure> LARGE = List.of(large(10), large(20), large(40));

  static final List<Measure> ALL =
      Stream.of(List.of(START), TRAFFIC, List.of(IDLE_PSS, IDLE_USS), LARGE)
          .flatMap(List::stream)
          .toList();

  private static Measure roundTrip(int bytes) {
    return new Measure(
        "round-trip-" + Quantity.size(bytes).replace(" ", ""), Kind.ROUND_TRIP, bytes);
  }

  private static Measure large(int megabytes) {
    return new Measure("large-" + megabytes + "MB", Kind.LARGE, megabytes * 1_000_000);
  }

  /// What a reader sees.
  String label() {
    return switch (kind) {
      case START -> "start until the first message";
      case ROUND_TRIP -> "round trip, " + Quantity.size(bytes);
      case ONE_WAY -> "one way, 1 KiB";
      case ECHO -> "echo, 1 KiB, 64 in flight";
      case IDLE_PSS -> "idle child, PSS";
      case IDLE_USS -> "idle child, USS";
      case LARGE -> "JSON document, " + bytes / 1_000_000 + " MB";
    };
  }

  /// Whether this contestant can be measured so.
  boolean suits(Contestant contestant) {
    return switch (kind) {
      case START -> true;
      case ROUND_TRIP, ONE_WAY, ECHO -> contestant.talks();
      case IDLE_PSS, IDLE_USS -> contestant.isProcess();
      case LARGE -> contestant.mode().equals("json");
    };
  }
}
