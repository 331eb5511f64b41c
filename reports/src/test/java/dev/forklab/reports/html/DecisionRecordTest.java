package dev.forklab.reports.html;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forklab.reports.analysis.Analysis;
import dev.forklab.reports.decision.Decider;
import dev.forklab.reports.decision.Decision;
import dev.forklab.reports.html.DecisionRecord.EvidenceLink;
import dev.forklab.reports.sample.SampleAnalyses;
import dev.forklab.results.Plan;
import dev.forklab.results.Run;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class DecisionRecordTest {

  private static final String ATTACK =
      "x\n# Heading\n- item\n<script>alert(1)</script> [a](javascript:b) https://evil.example"
          + " www.evil.example \u001b[2J \u202e `code` | cell";

  /// The parts of MADR 4.0.0, in its order.
  @Test
  void itHasThePartsOfTheFormInTheirOrder() {
    Analysis analysis = SampleAnalyses.complete();
    assertThat(
            record(analysis, analysis.run(), List.of("Ada"))
                .lines()
                .filter(line -> line.matches("##? .*")))
        .containsExactly(
            "# Run the workload seal on platform threads",
            "## Context and Problem Statement",
            "## Decision Drivers",
            "## Considered Options",
            "## Decision Outcome",
            "## Pros and Cons of the Options",
            "## More Information");
  }

  @Test
  void itsFrontMatterIsProposedAndNamesWhoDecides() {
    Analysis analysis = SampleAnalyses.complete();
    assertThat(record(analysis, analysis.run(), List.of("Ada", "Grace")))
        .startsWith(
            """
            ---
            status: proposed
            date: 2026-11-29
            decision-makers: ["Ada", "Grace"]
            ---
            """)
        .endsWith("\n" + DecisionRecord.MARK + "\n");
  }

  @Test
  void nothingOfAHostileRunBecomesMarkupOrCommandsATerminal() {
    Analysis analysis = SampleAnalyses.hostile();
    Run run = hostile(analysis.run());
    String record =
        record(analysis, run, List.of("\u001b\u202eme", "\"]\nstatus: accepted\nx: [\""));
    String harmless = record.replace(DecisionRecord.MARK, "");

    assertThat(harmless).doesNotContain("<", "://", "www.evil", "\u001b", "\u202e");
    assertThat(harmless).doesNotContainPattern("(?<!\\\\)\\]\\(javascript");
    assertThat(record.lines().filter(line -> line.equals("---"))).hasSize(2);
    assertThat(record.lines().filter(line -> line.startsWith("status:")))
        .containsExactly(DecisionRecord.PROPOSED);
    assertThat(record.lines().filter(line -> line.matches("##? .*"))).hasSize(7);
    assertThat(record.lines().filter(line -> line.startsWith("- "))).isEmpty();
    assertThat(record.lines().filter(line -> line.matches("\\* \\[.*")))
        .containsExactly(
            "* [the report](../a%5D%28javascript%3Aalert%281%29%29%3Cb%3E%20c/report.html)");
  }

  private static Run hostile(Run run) {
    Plan plan = run.plan();
    return new Run(
        run.schema(),
        run.labVersion(),
        run.startedEpochMillis(),
        run.command(),
        new Plan(
            plan.seed(),
            ATTACK,
            plan.blocks(),
            plan.cells(),
            plan.models(),
            plan.budget(),
            plan.heapBytes(),
            plan.collector(),
            plan.trials()),
        run.host(),
        run.calibrations());
  }

  private static String record(Analysis analysis, Run run, List<String> makers) {
    Decider decider = new Decider(analysis);
    Decision decision = (Decision) decider.decide(decider.usual());
    return new DecisionRecord(
            decision,
            run,
            List.of(new EvidenceLink("../a](javascript:alert(1))<b> c/report.html", "the report")),
            LocalDate.of(2026, 11, 29),
            makers)
        .markdown();
  }
}
