package dev.forklab.reports.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forklab.reports.compare.Differences.Entry;
import dev.forklab.reports.compare.Differences.Named;
import dev.forklab.results.Cell;
import dev.forklab.results.Host;
import dev.forklab.results.Plan;
import dev.forklab.results.Plan.WorkloadJar;
import dev.forklab.results.Run;
import dev.forklab.results.sample.SampleRuns;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class DifferencesTest {

  private static final Run RUN = SampleRuns.run(SampleRuns.MODELS);

  @Test
  void runsOfOneBuildOnOneMachineDifferInNothing() {
    assertThat(Differences.between(RUN, RUN).entries()).isEmpty();
    Host busy = host(RUN.host().cpu(), 2, "25", Map.of("load", "9"));
    Host idle = host(RUN.host().cpu(), 2, "25", Map.of("load", "0"));
    assertThat(Differences.between(on(busy), on(idle)).entries()).isEmpty();
  }

  @Test
  void whatDiffersIsNamed() {
    Host other = host("Another CPU", 4, "26", Map.of("CPU quota", "1.00 CPUs"));
    Differences found = Differences.between(on(host("A CPU", 2, "25", Map.of())), on(other));
    assertThat(found.sameMachine()).isFalse();
    assertThat(found.entries())
        .containsExactly(
            new Entry("JDK", "25", "26"),
            new Entry("machine", "A CPU, 2 CPUs", "Another CPU, 4 CPUs"),
            new Entry("CPU quota", "none", "1.00 CPUs"));
  }

  @Test
  void commitsDifferAndBuildsOfChangedSourcesMay() {
    assertThat(Differences.between(version("1+aaa"), version("1+bbb")).entries())
        .containsExactly(new Entry("lab", "1+aaa", "1+bbb"));
    assertThat(Differences.between(version("1+aaa.dirty"), version("1+aaa.dirty")).entries())
        .containsExactly(
            new Entry(
                "lab", "1+aaa.dirty (uncommitted changes)", "1+aaa.dirty (uncommitted changes)"));
    assertThat(Differences.between(version("1+aaa"), version("1+aaa.dirty")).entries())
        .containsExactly(new Entry("lab", "1+aaa", "1+aaa.dirty (uncommitted changes)"));
  }

  @Test
  void textOfTheFilesStaysOnOneLine() {
    assertThat(new Entry("JDK", "25\n0 of 41 comparisons changed\u001b[2J", "\u2028").before())
        .isEqualTo("25 0 of 41 comparisons changed [2J");
  }

  @Test
  void otherWorkloadsAndJarsAreRefusedInWords() {
    assertThat(Differences.refusal(List.of(named("a", RUN), named("b", RUN)))).isEmpty();
    assertThat(Differences.refusal(List.of(named("a", RUN), named("b", workload("triad", "1")))))
        .contains(
            "expected runs of the same workload, found 'seal' in a and 'triad, jar 1' in b; compare"
                + " runs that measured the same");
    assertThat(
            Differences.refusal(
                List.of(named("a", workload("x", "1")), named("b", workload("x", "2")))))
        .hasValueSatisfying(words -> assertThat(words).contains("'x, jar 1' in a and 'x, jar 2'"));
  }

  @Test
  void runsWithoutACommonCellAreRefusedInWords() {
    Run other =
        plan(plan -> plan(plan, "seal", List.of(), List.of(new Cell(16, 16, 1024, 2_000_000))));
    assertThat(Differences.refusal(List.of(named("a", RUN), named("b", other))))
        .contains(
            "expected runs with a cell in common, found '1 worker on 1 CPU, 4 KiB, 1 ms; 2"
                + " workers on 2 CPUs, 4 KiB, 1 ms; 4 workers on 2 CPUs, 4 KiB, 1 ms; …' in a and"
                + " '16 workers on 16 CPUs, 1 KiB, 2 ms' in b; measure the same workers, sizes and"
                + " task times on as many CPUs");
  }

  private static Named named(String name, Run run) {
    return new Named(name, run);
  }

  private static Host host(String cpu, int cpus, String java, Map<String, String> facts) {
    return new Host("Linux", cpu, cpus, 8L << 30, java, facts, List.of());
  }

  private static Run on(Host host) {
    return SampleRuns.run(SampleRuns.MODELS, host);
  }

  private static Run version(String version) {
    return new Run(
        RUN.schema(), version, 0, RUN.command(), RUN.plan(), RUN.host(), RUN.calibrations());
  }

  private static Run workload(String name, String digest) {
    return plan(plan -> plan(plan, name, List.of(new WorkloadJar("/x.jar", digest)), plan.cells()));
  }

  private static Run plan(UnaryOperator<Plan> change) {
    return new Run(
        RUN.schema(),
        RUN.labVersion(),
        0,
        RUN.command(),
        change.apply(RUN.plan()),
        RUN.host(),
        RUN.calibrations());
  }

  private static Plan plan(Plan plan, String workload, List<WorkloadJar> jars, List<Cell> cells) {
    return new Plan(
        plan.seed(),
        workload,
        plan.blocks(),
        cells,
        plan.models(),
        plan.budget(),
        plan.heapBytes(),
        plan.collector(),
        plan.trials(),
        jars,
        null);
  }
}
