package dev.forklab.reports.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forklab.results.HostCounters;
import dev.forklab.results.JvmFacts;
import dev.forklab.results.Plan;
import dev.forklab.results.Trial;
import java.util.List;
import org.junit.jupiter.api.Test;

class JvmGroupTest {

  private static final HostCounters NOTHING = new HostCounters(0, 0, 0, 0, 0, 0, 0, 0);

  private static JvmFacts facts(String role, int count, long heap, String... flags) {
    return new JvmFacts(role, count, "25", "Copy", heap, 2, List.of(flags));
  }

  private static Trial trial(Plan.PlannedTrial planned, JvmFacts... jvms) {
    return new Trial(
        1,
        planned,
        0,
        1,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(jvms),
        NOTHING,
        NOTHING,
        List.of(),
        List.of(),
        null);
  }

  @Test
  void jvmsThatSayTheSameAreCountedTogetherAndOthersApart() {
    Plan.PlannedTrial planned = new SyntheticRun(1).run().plan().trials().getFirst();
    int workers = planned.cell().workers();
    List<JvmGroup> groups =
        JvmGroup.of(
            List.of(
                trial(planned, facts("parent", 1, 100), facts("worker", 2, 50, "-XX:AOTCache=a")),
                trial(planned, facts("parent", 1, 100), facts("worker", 2, 50, "-Xmx50"))));
    assertThat(groups)
        .containsExactlyInAnyOrder(
            new JvmGroup("parent", workers, "Copy", 100, 2, false, 2),
            new JvmGroup("worker", workers, "Copy", 50, 2, true, 2),
            new JvmGroup("worker", workers, "Copy", 50, 2, false, 2));
  }
}
