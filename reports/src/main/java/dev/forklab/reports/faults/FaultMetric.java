package dev.forklab.reports.faults;

import dev.forklab.results.FaultTrial.Counts;
import dev.forklab.results.FaultTrial.Latency;
import dev.forklab.results.units.Quantity;
import java.util.Locale;
import java.util.function.DoubleFunction;
import java.util.function.Function;

/// A number of a fault with one model in one way of running it: a column of tables, and under its
/// name in small letters a metric of `results.csv`.
public enum FaultMetric {
  SUBMITTED("submitted", Unit.COUNT, cell -> cell.tasks(Counts::submitted)),
  RIGHT("right", Unit.COUNT, cell -> cell.tasks(Counts::right)),
  MISSED("missed", Unit.COUNT, FaultCell::missed),
  WRONG("wrong", Unit.COUNT, cell -> cell.tasks(Counts::wrong)),
  FAILED("failed", Unit.COUNT, cell -> cell.tasks(Counts::failed)),
  LOST("lost", Unit.COUNT, cell -> cell.tasks(Counts::lost)),
  LATE("late", Unit.COUNT, cell -> cell.tasks(Counts::late)),
  RECOVERY("recovery", Unit.NANOS, FaultCell::recoveryNanos),
  P99_BEFORE("p99 before", Unit.NANOS, cell -> cell.p99(Latency::beforeNanos)),
  P99_DURING("p99 during", Unit.NANOS, cell -> cell.p99(Latency::duringNanos)),
  P99_AFTER("p99 after", Unit.NANOS, cell -> cell.p99(Latency::afterNanos)),
  BUSY_AT_REST("CPUs busy at rest", Unit.CPUS, FaultCell::idleCpus),
  MORE_THREADS("more threads", Unit.COUNT, FaultCell::moreThreads),
  MORE_DESCRIPTORS("more descriptors", Unit.COUNT, FaultCell::moreDescriptors),
  MORE_MEMORY("more memory", Unit.BYTES, FaultCell::moreBytes);

  private final String label;
  private final Unit unit;

  @SuppressWarnings("ImmutableEnumChecker") // Functions without state.
  private final Function<FaultCell, Span> span;

  FaultMetric(String label, Unit unit, Function<FaultCell, Span> span) {
    this.label = label;
    this.unit = unit;
    this.span = span;
  }

  private enum Unit {
    COUNT(FaultWords::count),
    NANOS(Quantity::time),
    BYTES(bytes -> (bytes < 0 ? "-" : "") + Quantity.memory(Math.abs(bytes))),
    CPUS(cpus -> String.format(Locale.ROOT, "%.1f", cpus));

    @SuppressWarnings("ImmutableEnumChecker") // Functions without state.
    private final DoubleFunction<String> words;

    Unit(DoubleFunction<String> words) {
      this.words = words;
    }
  }

  /// As a heading.
  public String label() {
    return label;
  }

  /// `count`, `nanos`, `bytes` or `cpus`.
  public String unit() {
    return unit.name().toLowerCase(Locale.ROOT);
  }

  /// `submitted` to `more_memory`.
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// What trials found; none if no trial has such a number.
  public Span of(FaultCell cell) {
    return span.apply(cell);
  }

  /// The same with its unit, for a reader.
  public String words(FaultCell cell) {
    Span found = of(cell);
    return found.count() == 0 ? Quantity.NOT_MEASURED : found.words(unit.words);
  }
}
