package dev.forklab.reports.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forklab.reports.analysis.Analysis;
import dev.forklab.reports.analysis.KnownRun;
import dev.forklab.reports.analysis.Verdict;
import dev.forklab.reports.decision.Candidate.Margin;
import dev.forklab.reports.decision.Candidate.Met;
import dev.forklab.reports.decision.Decision.Outcome;
import dev.forklab.reports.decision.Requirement.LatencyBound;
import dev.forklab.reports.decision.Requirement.MemoryLimit;
import dev.forklab.reports.decision.Requirement.Percentile;
import dev.forklab.reports.decision.Requirement.Rate;
import dev.forklab.reports.faults.MadeFaults;
import dev.forklab.results.Fault;
import dev.forklab.results.Model;
import dev.forklab.results.Way;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What runs of known models recommend.
class DeciderTest {

  private static final Analysis COSTS = KnownRun.withCosts();
  private static final Analysis EQUAL =
      KnownRun.of(Map.of(Model.FORK, 0.95, Model.THREADS, 0.95, Model.VIRTUAL, 0.95));
  private static final Question BASE = Question.about(KnownRun.BASE);

  /// 2 CPUs at 5 ns a byte: forked processes lose a quarter of their throughput here.
  private static final Question LARGE = new Question(2, 1_000_000, 64 << 10, List.of());

  @Test
  void theFastestModelIsChosenWithItsMarginOverTheOthers() {
    Decision decision =
        decided(
            KnownRun.of(Map.of(Model.FORK, 0.8, Model.THREADS, 0.95, Model.VIRTUAL, 0.85)), BASE);
    assertThat(decision.outcome()).isEqualTo(Outcome.FASTEST);
    assertThat(decision.chosen()).containsExactly(Model.THREADS);
    Margin margin = candidate(decision, Model.FORK).margin().orElseThrow();
    assertThat(margin.ratio().low()).isLessThan(0.95 / 0.8);
    assertThat(margin.ratio().high()).isGreaterThan(0.95 / 0.8);
    assertThat(margin.verdict()).isEqualTo(Verdict.FASTER);
    assertThat(margin.basis()).isEqualTo(Basis.MEASURED);
    assertThat(candidate(decision, Model.THREADS).margin()).isEmpty();
    assertThat(decision.sentence())
        .startsWith("For 1 ms tasks with 4 KiB messages on 2 cores: choose platform threads: 1.1")
        .endsWith(" times the throughput of virtual threads.");
  }

  @Test
  void noDifferenceIsAnAnswerThatLeavesTheChoiceToIsolation() {
    Decision decision = decided(EQUAL, BASE);
    assertThat(decision.outcome()).isEqualTo(Outcome.NO_DIFFERENCE);
    assertThat(decision.chosen()).containsExactlyInAnyOrder(Model.THREADS, Model.VIRTUAL);
    assertThat(decision.sentence())
        .endsWith(
            ": no difference in throughput within 3%: choose by isolation: forked processes (JSON)"
                + " if a crash must stay in one worker, else platform or virtual threads, which cost"
                + " less.");
  }

  @Test
  void whatCannotBeToldApartIsNotCalledFasterOrTheSame() {
    Decision decision = decided(KnownRun.noisy(), BASE);
    assertThat(decision.outcome()).isEqualTo(Outcome.UNDECIDED);
    assertThat(decision.chosen()).doesNotContain(Model.FORK);
    assertThat(decision.sentence())
        .contains(" unless a crash must stay in one worker: they cost less")
        .endsWith(" cannot be told from that of forked processes (JSON) yet.");
    assertThat(decision.changes()).anyMatch(it -> it.startsWith("A verdict on throughput"));
  }

  @Test
  void aNeedRemovesCandidatesWhateverTheirThroughput() {
    Decision decision = decided(COSTS, LARGE.with(Need.ISOLATION));
    assertThat(decision.outcome()).isEqualTo(Outcome.ONLY);
    assertThat(decision.chosen()).containsExactly(Model.FORK);
    assertThat(decision.rulings()).containsExactly("Isolation is missed by threads, virtual.");
    assertThat(decision.changes()).anyMatch(it -> it.startsWith("Without isolation: platform or"));
    assertThat(candidate(decision, Model.THREADS).margin().orElseThrow().verdict())
        .isEqualTo(Verdict.SLOWER);
  }

  @Test
  void needsThatExcludeEachOtherLeaveNoModelAndSayWhy() {
    Decision decision = decided(COSTS, BASE.with(Need.ISOLATION).with(Need.SHARED_STATE));
    assertThat(decision.outcome()).isEqualTo(Outcome.NONE);
    assertThat(decision.chosen()).isEmpty();
    assertThat(decision.sentence())
        .endsWith(
            ": no model meets all that is required: isolation rules out platform threads and virtual"
                + " threads; shared-state rules out forked processes (JSON).");
    assertThat(decision.changes())
        .anyMatch(it -> it.startsWith("Without isolation: "))
        .anyMatch(it -> it.startsWith("Without shared-state: forked processes (JSON)"));
  }

  @Test
  void measuredFaultsAnswerNeedsAndSayWhatTheyCost() {
    Decision decision =
        decided(new Decider(COSTS, Optional.of(MadeFaults.usual())), LARGE.with(Need.ISOLATION));
    assertThat(decision.chosen()).containsExactly(Model.FORK);
    assertThat(decision.rulings())
        .containsExactly(
            "Isolation was measured with fork: the service went on through the fault tried; the worst"
                + " was exit: 1 task missed, well after 200 ms.",
            "Isolation is missed by threads (exit: the service is restarted; 300 tasks missed; well"
                + " after 900 ms), virtual.");
  }

  @Test
  void aMeasuredFaultThatAModelDoesNotGoThroughRulesItOutWhateverItsTraits() {
    Decider decider =
        new Decider(
            COSTS,
            Optional.of(
                new MadeFaults()
                    .survived(Fault.LEAK, Model.FORK, Way.PRODUCTION, 3)
                    .died(Fault.DESCRIPTORS, Model.FORK, Way.PRODUCTION)
                    .findings()));
    Decision decision = decided(decider, LARGE.with(Need.LEAK_PROOF));
    assertThat(decision.outcome()).isEqualTo(Outcome.NONE);
    assertThat(decision.rulings())
        .containsExactly(
            "Leak-proof is missed by fork (descriptors: the service is restarted; 300 tasks missed;"
                + " well after 900 ms), threads, virtual.");
  }

  @Test
  void oneKindOfForkedProcessSpeaksForTheOther() {
    Decider decider =
        new Decider(
            COSTS,
            Optional.of(
                new MadeFaults().died(Fault.LEAK, Model.FORK_BINARY, Way.PRODUCTION).findings()));
    assertThat(decided(decider, LARGE.with(Need.LEAK_PROOF)).rulings())
        .containsExactly(
            "Leak-proof is missed by fork (leak: the service is restarted; 300 tasks missed; well"
                + " after 900 ms), threads, virtual.");
  }

  @Test
  void aNaiveRunIsNoArgument() {
    Decider decider =
        new Decider(
            COSTS,
            Optional.of(new MadeFaults().died(Fault.EXIT, Model.FORK, Way.NAIVE).findings()));
    assertThat(decided(decider, LARGE.with(Need.ISOLATION)).chosen()).containsExactly(Model.FORK);
  }

  static Stream<List<Need>> everySetOfNeeds() {
    List<List<Need>> sets = new ArrayList<>(List.of(List.of()));
    for (Need need : Need.values()) {
      for (List<Need> set : List.copyOf(sets)) {
        sets.add(Stream.concat(set.stream(), Stream.of(need)).toList());
      }
    }
    return sets.stream();
  }

  @ParameterizedTest
  @MethodSource("everySetOfNeeds")
  void whateverIsChosenHasEveryNeed(List<Need> needs) {
    for (Analysis analysis : List.of(COSTS, EQUAL)) {
      Decision decision = decided(analysis, BASE.requiring(List.copyOf(needs)));
      assertThat(decision.chosen())
          .allSatisfy(model -> assertThat(needs).allMatch(need -> need.met(model) == Met.YES));
      assertThat(decision.chosen().isEmpty())
          .isEqualTo(
              KnownRun.candidates().stream()
                  .noneMatch(model -> needs.stream().allMatch(need -> need.met(model) == Met.YES)));
    }
  }

  @Test
  void aHigherRateNeverLeavesMoreModels() {
    List<Model> before = KnownRun.candidates();
    for (int rate = 100; rate <= 3000; rate += 100) {
      Decision decision = decided(COSTS, LARGE.with(new Rate(rate)));
      List<Model> left =
          decision.candidates().stream()
              .filter(each -> each.meets() == Met.YES)
              .map(Candidate::model)
              .toList();
      assertThat(before).containsAll(left);
      before = left;
    }
    assertThat(before).isEmpty();
  }

  @Test
  void aRateThatOnlyPartOfAnIntervalReachesIsNotCertain() {
    Candidate fork = candidate(decided(COSTS, LARGE), Model.FORK);
    double value = fork.throughput().orElseThrow().estimate().value();
    Decision decision = decided(COSTS, LARGE.with(new Rate(value)));
    assertThat(candidate(decision, Model.FORK).meets()).isEqualTo(Met.UNSURE);
    assertThat(decision.chosen()).doesNotContain(Model.FORK);
    assertThat(decision.rulings()).anyMatch(it -> it.contains("is not certain with fork ("));
    assertThat(decision.changes()).anyMatch(it -> it.contains("no longer certain to keep up"));
  }

  @Test
  void memoryRulesOutWhatMayNotFit() {
    Decision decision = decided(EQUAL, BASE.with(new MemoryLimit(200L << 20)));
    assertThat(candidate(decision, Model.FORK).meets()).isEqualTo(Met.NO);
    assertThat(decision.chosen()).containsExactlyInAnyOrder(Model.THREADS, Model.VIRTUAL);
    assertThat(decision.rulings())
        .containsExactly("A memory limit of 200 MiB is missed by fork (350 MiB).");
  }

  @Test
  void aBoundOfLatencyIsHeldAgainstTheFarEnd() {
    LatencyBound loose = new LatencyBound(Percentile.P99, 60_000_000);
    LatencyBound tight = new LatencyBound(Percentile.P99, 100_000);
    assertThat(decided(EQUAL, BASE.with(loose)).chosen()).isNotEmpty();
    assertThat(decided(EQUAL, BASE.with(tight)).outcome()).isEqualTo(Outcome.NONE);
  }

  @Test
  void latencyOfWorkThatWasNotMeasuredIsUnknownAndSaysHowToMeasureIt() {
    Question question =
        new Question(2, 2_000_000, 16 << 10, List.of(new LatencyBound(Percentile.P99, 20_000_000)));
    Decision decision = decided(COSTS, question);
    assertThat(decision.candidates()).allMatch(each -> each.meets() == Met.UNKNOWN);
    assertThat(decision.sentence()).endsWith("; not checked: a p99 of 20 ms.");
    assertThat(decision.chosen()).isNotEmpty();
    assertThat(decision.rulings())
        .singleElement()
        .asString()
        .startsWith("A p99 of 20 ms was not checked for fork, threads, virtual: ")
        .endsWith("Measure it: ./lab bench --cores 2 --task 2ms --sizes 16KiB --workload seal");
  }

  @Test
  void workBetweenCellsIsPredictedByTheModelOfCost() {
    Question question = new Question(2, 500_000, 32 << 10, List.of());
    Decision decision = decided(COSTS, question);
    double truth = (500_000 + 20_000 + 5.0 * (32 << 10)) / (500_000 + 2_000);
    Margin margin = candidate(decision, Model.FORK).margin().orElseThrow();
    assertThat(margin.basis()).isEqualTo(Basis.PREDICTED);
    assertThat(margin.ratio().value()).isBetween(truth * 0.95, truth * 1.05);
    assertThat(margin.verdict()).isEqualTo(Verdict.FASTER);
    assertThat(candidate(decision, Model.FORK).throughput().orElseThrow().basis())
        .isEqualTo(Basis.PREDICTED);
    assertThat(decision.predictions())
        .anyMatch(it -> it.startsWith("Throughput is predicted by the model of cost, between"));
  }

  @Test
  void tasksLongerThanMeasuredAreAProjection() {
    Decision decision = decided(COSTS, new Question(2, 20_000_000, 4096, List.of()));
    assertThat(decision.candidates())
        .allMatch(each -> each.throughput().orElseThrow().basis() == Basis.PROJECTED);
    assertThat(decision.predictions())
        .anyMatch(it -> it.startsWith("Throughput is projected by the model of cost, beyond"));
  }

  @Test
  void moreCoresThanTheMachineHasAreRefusedWithWhatToRun() {
    assertThat(refused(COSTS, new Question(8, 1_000_000, 4096, List.of())))
        .isEqualTo(
            "expected at most 2 cores, the CPUs of the machine that was measured, found 8; on a"
                + " machine with that many, run: ./lab bench --cores 8 --task 1ms --sizes 4KiB --workload seal");
  }

  @Test
  void workThatWasNotMeasuredIsRefusedWithoutAModelOfCost() {
    assertThat(refused(KnownRun.ofOneCell(), new Question(2, 2_000_000, 4096, List.of())))
        .startsWith(
            "expected work that this run measured or can predict, found 2 ms tasks with 4 KiB"
                + " messages on 2 cores: ")
        .endsWith(". Measure it: ./lab bench --cores 2 --task 2ms --sizes 4KiB --workload seal");
  }

  @Test
  void theCellOfTheQuestionIsEnoughWithoutAModelOfCost() {
    assertThat(decided(KnownRun.ofOneCell(), BASE).outcome()).isNotEqualTo(Outcome.NONE);
  }

  @Test
  void workFarBeyondWhatWasMeasuredIsRefused() {
    assertThat(refused(COSTS, new Question(2, 1_000_000, 64 << 20, List.of())))
        .contains("too far from the largest measured, 1.00 MiB")
        .endsWith("--sizes 64MiB --workload seal");
  }

  @Test
  void aRunWithoutResultsIsRefused() {
    Analysis empty = KnownRun.empty();
    assertThat(refused(empty, new Decider(empty).usual()))
        .startsWith("expected a run with results of throughput, found none: ");
  }

  private static Decision decided(Decider decider, Question question) {
    Conclusion conclusion = decider.decide(question);
    assertThat(conclusion).isInstanceOf(Decision.class);
    return (Decision) conclusion;
  }

  private static Decision decided(Analysis analysis, Question question) {
    Conclusion conclusion = new Decider(analysis).decide(question);
    assertThat(conclusion).isInstanceOf(Decision.class);
    return (Decision) conclusion;
  }

  private static String refused(Analysis analysis, Question question) {
    Conclusion conclusion = new Decider(analysis).decide(question);
    assertThat(conclusion).isInstanceOf(Refusal.class);
    return ((Refusal) conclusion).sentence();
  }

  private static Candidate candidate(Decision decision, Model model) {
    return decision.candidates().stream()
        .filter(each -> each.model() == model)
        .findFirst()
        .orElseThrow();
  }
}
