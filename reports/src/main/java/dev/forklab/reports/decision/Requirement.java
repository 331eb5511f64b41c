package dev.forklab.reports.decision;

import dev.forklab.results.units.Quantity;
import java.util.Comparator;
import java.util.List;

/// Something that a model must have or reach to be chosen at all.
public sealed interface Requirement
    permits Need, Requirement.Rate, Requirement.MemoryLimit, Requirement.LatencyBound {

  /// The order in which requirements are asked, checked and told: needs first, since the traits of
  /// models answer them for certain.
  Comparator<Requirement> ORDER = Comparator.comparingInt(Requirement::place);

  /// The name in options and files; a question has at most one requirement of a name.
  String id();

  /// What is required, as a noun: "isolation", "a rate of 3,000/s".
  String words();

  private int place() {
    return switch (this) {
      case Need need -> List.of(Need.values()).indexOf(need);
      case Rate _ -> 100;
      case MemoryLimit _ -> 101;
      case LatencyBound _ -> 102;
    };
  }

  /// Tasks a second that the workers must keep up with.
  record Rate(double perSecond) implements Requirement {

    public Rate {
      positive(perSecond, "rate");
    }

    @Override
    public String id() {
      return "rate";
    }

    @Override
    public String words() {
      return "a rate of " + Quantity.rate(perSecond);
    }
  }

  /// Bytes that all processes together may take at their peak.
  record MemoryLimit(long bytes) implements Requirement {

    public MemoryLimit {
      positive((double) bytes, "memory limit");
    }

    @Override
    public String id() {
      return "memory";
    }

    @Override
    public String words() {
      return "a memory limit of " + Quantity.size(bytes);
    }
  }

  /// How long a share of the tasks may take at most, from when each is due until its reply.
  record LatencyBound(Percentile percentile, long nanos) implements Requirement {

    public LatencyBound {
      positive((double) nanos, "latency bound");
    }

    @Override
    public String id() {
      return "latency";
    }

    @Override
    public String words() {
      return "a %s of %s".formatted(percentile.id(), Quantity.chosenTime(nanos));
    }
  }

  /// A percentile of latency that the lab measures.
  enum Percentile {
    P50("p50", 0.5),
    P90("p90", 0.9),
    P99("p99", 0.99);

    private final String id;
    private final double share;

    Percentile(String id, double share) {
      this.id = id;
      this.share = share;
    }

    public String id() {
      return id;
    }

    /// The share of tasks that take no longer.
    public double share() {
      return share;
    }
  }

  private static void positive(double value, String name) {
    if (!(value > 0) || !Double.isFinite(value)) {
      throw new IllegalArgumentException("expected a " + name + " above 0, found " + value);
    }
  }
}
