package dev.forklab.reports.analysis;

import dev.forklab.results.Model;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/// What to choose, from the verdicts on throughput and the costs of forking.
///
/// Throughput alone never recommends fork unless fork is faster: what fork gives besides, that a
/// crash, a leak or a full heap stays in one process, is a need of the reader and not a
/// measurement.
final class Advice {

  /// A cost below this factor is not worth a word.
  static final double WORTH_SAYING = 1.1;

  private Advice() {}

  /// @param throughput the finding of one model against another, if there is one
  /// @param factors what fork costs beside throughput, if it was measured
  static Optional<String> of(
      BiFunction<Model, Model, Optional<Finding>> throughput,
      Supplier<Optional<Headline.Factors>> factors) {
    Optional<Verdict> threads = verdict(throughput.apply(Model.FORK, Model.THREADS));
    Optional<Verdict> virtual = verdict(throughput.apply(Model.FORK, Model.VIRTUAL));
    Optional<Verdict> between = verdict(throughput.apply(Model.THREADS, Model.VIRTUAL));
    String better = better(between, threads.isPresent(), virtual.isPresent());
    if (threads.isEmpty() && virtual.isEmpty()) {
      return between.map(found ->
          switch (found) {
            case FASTER, SLOWER -> "choose " + better;
            case SAME -> "choose by style, not by throughput";
            case INCONCLUSIVE -> "more time is needed to choose by throughput";
            case UNMEASURED ->
                "throughput is "
                    + Verdict.UNMEASURED_WORDS
                    + " to choose by: "
                    + Verdict.WHAT_HELPS;
          });
    }
    // Of two kinds of threads, fork must stand the comparison with the better one.
    Verdict fork = worse(threads, virtual);
    return Optional.of(
        switch (fork) {
          case SLOWER -> "choose " + better + " unless you need a crash to stay in one process";
          case SAME ->
              "choose forked processes if a crash must stay in one process, "
                  + better
                  + " otherwise: isolation costs "
                  + (costly(factors.get())
                      ? "start-up and memory, not throughput"
                      : "no throughput");
          case FASTER ->
              costly(factors.get())
                  ? "choose forked processes if you can afford their start-up and memory"
                  : "choose forked processes";
          case INCONCLUSIVE ->
              "choose "
                  + better
                  + " unless you need a crash to stay in one process; their throughput cannot be told"
                  + " apart yet, so measure for longer if it matters";
          case UNMEASURED ->
              "choose "
                  + better
                  + " unless you need a crash to stay in one process; their throughput is "
                  + Verdict.UNMEASURED_WORDS
                  + " to compare: "
                  + Verdict.WHAT_HELPS;
        });
  }

  private static Optional<Verdict> verdict(Optional<Finding> finding) {
    return finding.map(Finding::verdict);
  }

  private static String better(Optional<Verdict> between, boolean threads, boolean virtual) {
    if (between.isPresent()) {
      return switch (between.get()) {
        case FASTER -> Model.THREADS.label();
        case SLOWER -> Model.VIRTUAL.label();
        case SAME, INCONCLUSIVE, UNMEASURED -> "threads";
      };
    }
    return threads == virtual ? "threads" : (threads ? Model.THREADS : Model.VIRTUAL).label();
  }

  /// The verdict that counts: slower than either is slower, else what is uncertain stays so.
  private static Verdict worse(Optional<Verdict> one, Optional<Verdict> other) {
    for (Verdict verdict :
        List.of(
            Verdict.SLOWER,
            Verdict.UNMEASURED,
            Verdict.INCONCLUSIVE,
            Verdict.SAME,
            Verdict.FASTER)) {
      if (one.filter(verdict::equals).isPresent() || other.filter(verdict::equals).isPresent()) {
        return verdict;
      }
    }
    return Verdict.INCONCLUSIVE;
  }

  private static boolean costly(Optional<Headline.Factors> factors) {
    return factors
        .filter(known ->
            known.start().filter(factor -> factor >= WORTH_SAYING).isPresent()
                || known.memory().filter(factor -> factor >= WORTH_SAYING).isPresent())
        .isPresent();
  }
}
