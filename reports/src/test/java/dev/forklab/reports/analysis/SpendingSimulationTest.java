package dev.forklab.reports.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forklab.reports.stats.StudentEstimate;
import dev.forklab.results.Model;
import dev.forklab.results.TrialKind;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How often a default run is wrong, and how often it finds a difference of 5%, with a fixed plan
/// and with one that spends its later launches where intervals are widest, in the same time on the
/// same made-up machines.
///
/// `mvn -pl reports test -Dtest=SpendingSimulationTest -Dspending.runs=1000` prints the figures
/// that the documentation shows.
class SpendingSimulationTest {

  private static final String RUNS = "spending.runs";
  private static final int FEW_RUNS = 20;
  private static final double DIFFERENCE = 0.95;

  /// Noise of slices, and by how much launches of forked workers differ.
  @ParameterizedTest
  @CsvSource({"0.01, 0.01", "0.02, 0.02", "0.03, 0.03", "0.04, 0.04"})
  void spendingFindsMoreAndIsNotWrongMoreOften(double noise, double launches) {
    Tally fixed = new Tally();
    Tally spending = new Tally();
    int runs = Integer.getInteger(RUNS, FEW_RUNS);
    for (int seed = 0; seed < runs; seed++) {
      fixed.equal(SpendingRun.fixed(SpendingRun.machine(seed, 1, noise, launches)));
      spending.equal(SpendingRun.spending(SpendingRun.machine(seed, 1, noise, launches)));
      fixed.different(SpendingRun.fixed(SpendingRun.machine(seed, DIFFERENCE, noise, launches)));
      spending.different(
          SpendingRun.spending(SpendingRun.machine(seed, DIFFERENCE, noise, launches)));
    }
    if (Integer.getInteger(RUNS) != null) {
      System.out.printf(
          Locale.ROOT,
          "noise %s, launches %s, %d runs%n  fixed:    %s%n  spending: %s%n",
          noise,
          launches,
          runs,
          fixed,
          spending);
    }
    String figures = "fixed: %s%nspending: %s".formatted(fixed, spending);
    assertThat(spending.wrong()).as(figures).isLessThanOrEqualTo(0.05);
    assertThat(spending.wrongAtBase()).as(figures).isLessThanOrEqualTo(0.05);
    assertThat(spending.held()).as(figures).isGreaterThanOrEqualTo(0.85);
    // Where a fixed plan finds all, one run in fifty may miss.
    assertThat(spending.found()).as(figures).isGreaterThanOrEqualTo(fixed.found() - 0.02);
  }

  private static final class Tally {
    private final Map<Verdict, Integer> equalAtBase = new TreeMap<>();
    private final Map<Verdict, Integer> equalElsewhere = new TreeMap<>();
    private final Map<Verdict, Integer> differentAtBase = new TreeMap<>();
    private final Map<Verdict, Integer> differentElsewhere = new TreeMap<>();
    private int intervals;
    private int above;
    private int below;
    private long baseLaunches;
    private int runs;

    void equal(SpendingRun run) {
      Analysis analysis = run.analysis();
      for (Finding found : findings(analysis)) {
        count(found, equalAtBase, equalElsewhere);
      }
      Throughput throughput =
          new Throughput(CellTrials.of(TrialKind.THROUGHPUT, run.run().plan(), run.trials()));
      StudentEstimate log =
          Objects.requireNonNull(throughput.ratio(Model.FORK, Model.THREADS).get(SpendingRun.BASE));
      double half = log.halfWidth(Estimates.ALPHA);
      intervals++;
      above += log.value() > half ? 1 : 0;
      below += log.value() < -half ? 1 : 0;
      runs++;
      baseLaunches +=
          Objects.requireNonNull(run.launches().get(SpendingRun.CELLS.indexOf(SpendingRun.BASE)));
    }

    /// Fork against threads only: of two forked models neither is slower.
    void different(SpendingRun run) {
      for (Finding found : findings(run.analysis())) {
        if (found.model() == Model.FORK && found.against() == Model.THREADS) {
          count(found, differentAtBase, differentElsewhere);
        }
      }
    }

    private static List<Finding> findings(Analysis analysis) {
      return analysis.findings().stream()
          .filter(found -> found.metric() == Metric.THROUGHPUT)
          .toList();
    }

    private static void count(
        Finding found, Map<Verdict, Integer> atBase, Map<Verdict, Integer> elsewhere) {
      (found.cell().equals(SpendingRun.BASE) ? atBase : elsewhere)
          .merge(found.verdict(), 1, Integer::sum);
    }

    private static double share(Map<Verdict, Integer> of, Verdict... verdicts) {
      double all = of.values().stream().mapToInt(it -> it).sum();
      return List.of(verdicts).stream().mapToInt(it -> of.getOrDefault(it, 0)).sum() / all;
    }

    double wrongAtBase() {
      return share(equalAtBase, Verdict.FASTER, Verdict.SLOWER);
    }

    double wrong() {
      Map<Verdict, Integer> all = new TreeMap<>(equalAtBase);
      equalElsewhere.forEach((verdict, count) -> all.merge(verdict, count, Integer::sum));
      return share(all, Verdict.FASTER, Verdict.SLOWER);
    }

    double found() {
      return share(differentAtBase, Verdict.SLOWER);
    }

    double held() {
      return 1 - (double) (above + below) / intervals;
    }

    @Override
    public String toString() {
      Function<Double, String> percent = it -> String.format(Locale.ROOT, "%.1f%%", 100 * it);
      return "wrong %s (base %s); equal called same %s (elsewhere %s); 5%% found %s (elsewhere %s), called same %s; 95%% intervals hold %s, miss %d above, %d below; %.1f launches of the base"
          .formatted(
              percent.apply(wrong()),
              percent.apply(wrongAtBase()),
              percent.apply(share(equalAtBase, Verdict.SAME)),
              percent.apply(share(equalElsewhere, Verdict.SAME)),
              percent.apply(found()),
              percent.apply(share(differentElsewhere, Verdict.SLOWER)),
              percent.apply(share(differentAtBase, Verdict.SAME)),
              percent.apply(held()),
              above,
              below,
              (double) baseLaunches / runs);
    }
  }
}
