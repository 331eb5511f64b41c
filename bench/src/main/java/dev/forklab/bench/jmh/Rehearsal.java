package dev.forklab.bench.jmh;

import dev.forklab.results.Calibration;
import dev.forklab.results.Cell;

/// What is done while a JVM's start archive is recorded, whatever the plan asks for: an archive is
/// used by later runs too.
///
/// A compiler takes up a method after some thousands of calls, and an archive spares its JVM these
/// only for methods that they have been made of. So tasks are short, that there be many, and their
/// messages long enough for the loops over them to get hot, and short enough for the codec not to
/// take all of the time.
final class Rehearsal {

  static final int MESSAGE_BYTES = 16 * 1024;

  private static final int SHARE = 10;

  private Rehearsal() {}

  /// Of tasks of a tenth; how long they take, nobody asks.
  static Calibration calibration(Calibration planned) {
    return new Calibration(
        planned.workload(),
        MESSAGE_BYTES,
        planned.wantedNanos() / SHARE,
        Math.max(1, planned.iterations() / SHARE),
        planned.achievedNanos() / SHARE,
        planned.spread());
  }

  /// With its messages.
  static Cell cell(Cell planned) {
    return new Cell(
        planned.workers(), planned.cpus(), MESSAGE_BYTES, Math.max(1, planned.taskNanos() / SHARE));
  }
}
