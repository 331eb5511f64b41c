package dev.forklab.reports.compare;

import dev.forklab.reports.analysis.Estimate;
import dev.forklab.reports.analysis.RunNumbers.Subject;
import dev.forklab.reports.analysis.Verdict;
import java.util.Optional;

/// How one number of one model in one cell changed from one run to another.
///
/// @param subject what changed: a ratio between two models where they were paired, else an absolute
///   number
/// @param factor the number of the second run divided by that of the first, with the interval that
///   the verdict was read from: widened by the noise floors of both runs and for the many
///   comparisons, so that at most 5% of the verdicts are expected to be wrong
/// @param verdict FASTER means that the second run is better
/// @param absolute of a ratio, how the absolute number of the model changed, if that may be
///   compared and was measured well enough; its interval is drawn alike, but holds nothing for what
///   a machine does differently from one day to the next
public record Change(
    Subject subject, Estimate factor, Verdict verdict, Optional<Estimate> absolute) {

  /// Whether it changed for certain, and by more than is the same for practical purposes.
  public boolean changed() {
    return verdict == Verdict.FASTER || verdict == Verdict.SLOWER;
  }

  /// How far the whole interval is from no change, on the log scale; 0 if it contains that.
  double certain() {
    return Math.max(0, Math.max(Math.log(factor.low()), -Math.log(factor.high())));
  }

  /// Whether it is certain to be worse by more than this share: all of the interval is.
  public boolean worseThan(double share) {
    return verdict != Verdict.UNMEASURED
        && (subject.aspect().moreIsBetter() ? factor.high() < 1 - share : factor.low() > 1 + share);
  }

  /// Whether it may be worse by more than this share, for all that was measured.
  public boolean mayBeWorseThan(double share) {
    return verdict == Verdict.UNMEASURED
        || (subject.aspect().moreIsBetter() ? factor.low() < 1 - share : factor.high() > 1 + share);
  }
}
