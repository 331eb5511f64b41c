package dev.forklab.reports.analysis;

import dev.forklab.results.Cell;
import dev.forklab.results.Model;

/// One comparison made twice: with all models interleaved in each JVM, and with each model alone in
/// JVMs of its own, as benchmarks usually are.
///
/// Alone, nothing is paired: the machine's drift between trials is in the interval, which is
/// therefore much wider. In turn no model shares a heap, a compiler or a code cache with another.
/// If both ways agree, neither concern has bent the answer by more than `disagreement` can hide.
///
/// @param interleaved the ratio of throughputs, plain 95% interval
/// @param isolated the same ratio between isolated trials, plain 95% interval
/// @param disagreement the isolated ratio divided by the interleaved one, plain 95% interval
public record Isolation(
    Cell cell,
    Model model,
    Model against,
    Estimate interleaved,
    Estimate isolated,
    Estimate disagreement) {

  /// Whether the two differ by no more than their noise explains.
  public boolean agrees() {
    return disagreement.low() <= 1 && disagreement.high() >= 1;
  }

  /// Whether there is enough to tell at all.
  public boolean known() {
    return disagreement.hasInterval() && !disagreement.tooWide();
  }
}
