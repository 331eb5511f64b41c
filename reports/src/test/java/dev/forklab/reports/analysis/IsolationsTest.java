package dev.forklab.reports.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.forklab.results.Model;
import dev.forklab.results.Plan.PlannedTrial;
import dev.forklab.results.Run;
import dev.forklab.results.Trial;
import dev.forklab.results.TrialKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class IsolationsTest {

  private static final List<Model> CANDIDATES = List.of(Model.FORK, Model.THREADS, Model.VIRTUAL);
  private static final int LAUNCHES = 6;

  private final SyntheticRun machine = new SyntheticRun(5).blocks(LAUNCHES);
  private final Run run = machine.run();

  /// What `alone` gives when each candidate has JVMs to itself.
  private List<Isolation> with(SyntheticRun alone) {
    alone.drift = 0.01; // Nothing is paired there: more would hide all that the test is about.
    List<Trial> trials = new ArrayList<>(machine.trials(run));
    for (Model model : CANDIDATES) {
      for (int block = 0; block < LAUNCHES; block++) {
        trials.add(
            alone.trial(
                new PlannedTrial(
                    1000 + trials.size(),
                    block,
                    TrialKind.ISOLATED,
                    SyntheticRun.BASE,
                    List.of(model),
                    trials.size())));
      }
    }
    return Analyzer.analyze(run, trials).isolations();
  }

  private static Isolation forkAgainstThreads(List<Isolation> all) {
    return all.stream()
        .filter(it -> it.model() == Model.FORK && it.against() == Model.THREADS)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void withoutIsolatedTrialsThereIsNothingToCompare() {
    assertThat(Analyzer.analyze(run, machine.trials(run)).isolations()).isEmpty();
  }

  @Test
  void modelsThatAreAsFastAloneAgreeWithTheInterleavedTrials() {
    List<Isolation> all = with(new SyntheticRun(6));
    assertThat(all).hasSize(3);
    Isolation one = forkAgainstThreads(all);
    assertThat(one.known()).isTrue();
    assertThat(one.agrees()).isTrue();
    assertThat(one.interleaved().value()).isCloseTo(0.93 / 0.99, within(0.02));
    assertThat(one.isolated().value()).isCloseTo(0.93 / 0.99, within(0.03));
  }

  @Test
  void aModelThatIsFasterAloneDisagrees() {
    Isolation one = forkAgainstThreads(with(new SyntheticRun(7).share(Model.FORK, 1.2)));
    assertThat(one.agrees()).isFalse();
    assertThat(one.disagreement().value()).isCloseTo(1.2 / 0.93, within(0.05));
  }

  @Test
  void oneLaunchOfEachIsNotEnoughToTell() {
    SyntheticRun alone = new SyntheticRun(8);
    List<Trial> trials = new ArrayList<>(machine.trials(run));
    for (Model model : List.of(Model.FORK, Model.THREADS)) {
      trials.add(
          alone.trial(
              new PlannedTrial(
                  1000 + trials.size(),
                  0,
                  TrialKind.ISOLATED,
                  SyntheticRun.BASE,
                  List.of(model),
                  1)));
    }
    assertThat(Analyzer.analyze(run, trials).isolations())
        .singleElement()
        .satisfies(isolation -> assertThat(isolation.known()).isFalse());
  }
}
