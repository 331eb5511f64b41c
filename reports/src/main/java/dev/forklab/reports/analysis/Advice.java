package dev.forklab.reports.analysis;

import dev.forklab.results.Model;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// What to choose, from the verdicts on throughput and the costs of isolation.
///
/// Throughput alone never recommends processes unless they are faster: what they give besides, that
/// a crash, a leak or a full heap stays in one of them, is a need of the reader and not a
/// measurement.
final class Advice {

  /// A cost below this factor is not worth a word.
  static final double WORTH_SAYING = 1.1;

  private static final String UNLESS = " unless one task's crash must not take down the others";

  private Advice() {}

  /// @param factors what isolation costs beside throughput, if it was measured
  static Optional<String> of(Standing standing, Supplier<Optional<Headline.Factors>> factors) {
    Optional<Model> isolating = standing.leader(standing.isolating());
    List<Model> shared = standing.shared();
    if (isolating.isEmpty()) {
      return amongEquals(standing, shared);
    }
    if (shared.isEmpty()) {
      return amongEquals(standing, standing.isolating());
    }
    String processes = isolating.get().label();
    String threads = Wording.either(standing.leaders(shared));
    return standing
        .against(isolating.get(), shared)
        .map(verdict ->
            switch (verdict) {
              case SLOWER -> "choose " + threads + UNLESS;
              case SAME ->
                  "choose "
                      + processes
                      + " if a crash must stay in one process, "
                      + threads
                      + " otherwise: isolation costs "
                      + (costly(factors.get())
                          ? "start-up and memory, not throughput"
                          : "no throughput");
              case FASTER ->
                  "choose "
                      + processes
                      + (costly(factors.get())
                          ? " if you can afford their start-up and memory"
                          : "");
              case INCONCLUSIVE ->
                  "choose "
                      + threads
                      + UNLESS
                      + "; their throughput is inconclusive, so measure for longer if it"
                      + " matters";
              case UNMEASURED ->
                  "choose "
                      + threads
                      + UNLESS
                      + "; their throughput is "
                      + Verdict.UNMEASURED_WORDS
                      + " to compare: "
                      + Verdict.WHAT_HELPS;
            });
  }

  /// Where all candidates are of one kind.
  private static Optional<String> amongEquals(Standing standing, List<Model> group) {
    if (group.size() < 2) {
      return Optional.empty();
    }
    List<Model> leaders = standing.leaders(group);
    if (leaders.size() == 1) {
      return Optional.of("choose " + leaders.getFirst().label());
    }
    return standing
        .against(leaders.getFirst(), leaders)
        .map(verdict ->
            switch (verdict) {
              case UNMEASURED ->
                  "throughput is "
                      + Verdict.UNMEASURED_WORDS
                      + " to choose by: "
                      + Verdict.WHAT_HELPS;
              case INCONCLUSIVE, FASTER, SLOWER -> "more time is needed to choose by throughput";
              case SAME -> "choose by style, not by throughput";
            });
  }

  private static boolean costly(Optional<Headline.Factors> factors) {
    return factors
        .filter(known ->
            known.start().filter(factor -> factor >= WORTH_SAYING).isPresent()
                || known.memory().filter(factor -> factor >= WORTH_SAYING).isPresent())
        .isPresent();
  }
}
