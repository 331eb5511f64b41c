package dev.forklab.reports.html;

import dev.forklab.reports.analysis.Wording;
import dev.forklab.reports.decision.Candidate;
import dev.forklab.reports.decision.Decision;
import dev.forklab.reports.decision.DecisionTable;
import dev.forklab.reports.decision.LabCommands;
import dev.forklab.reports.decision.Need;
import dev.forklab.reports.decision.Question;
import dev.forklab.reports.decision.Requirement;
import dev.forklab.reports.html.Table.Entry;
import dev.forklab.results.Host;
import dev.forklab.results.Model;
import dev.forklab.results.Run;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/// A decision as an architecture decision record in the form of MADR 4.0.0
/// (<https://adr.github.io/madr/>), to be kept beside the code that it is about.
///
/// Its status is "proposed": whoever accepts it changes that. Nothing that a run directory holds
/// becomes markup in it.
///
/// @param decision what is recorded
/// @param run the run that it rests on
/// @param evidence the files behind it
/// @param date of the record
/// @param makers who decides
public record DecisionRecord(
    Decision decision, Run run, List<EvidenceLink> evidence, LocalDate date, List<String> makers) {

  /// The second line of every record that is only proposed, by which one is known.
  public static final String PROPOSED = "status: proposed";

  /// The last line of every record.
  public static final String MARK = "<!-- written by lab decide -->";

  private static final JsonMapper YAML_STRINGS = JsonMapper.shared();

  public DecisionRecord {
    evidence = List.copyOf(evidence);
    makers = List.copyOf(makers);
  }

  /// A file that a reader may want to see.
  ///
  /// @param path relative to the record, with `/` between its parts
  /// @param holds what is in it
  public record EvidenceLink(String path, String holds) {}

  /// The text of the file.
  public String markdown() {
    List<String> parts = new ArrayList<>();
    parts.add(frontMatter());
    parts.add("# " + Markdown.text(title()));
    parts.add("## Context and Problem Statement");
    parts.add(Markdown.text(context()));
    parts.add("## Decision Drivers");
    parts.add(bullets(drivers()));
    parts.add("## Considered Options");
    parts.add(bullets(decision.candidates().stream().map(each -> each.model().label()).toList()));
    parts.add("## Decision Outcome");
    parts.add(Markdown.text(outcome()));
    parts.add("### Consequences");
    if (decision.chosen().size() > 1) {
      parts.add(Markdown.text("For " + decision.chosen().getFirst().label() + ":"));
    }
    parts.add(bullets(consequences()));
    parts.add("### Confirmation");
    parts.add(confirmation());
    parts.add("## Pros and Cons of the Options");
    for (Candidate each : decision.candidates()) {
      parts.add("### " + Markdown.text(Wording.capital(each.model().label())));
      parts.add(bullets(new ProsAndCons(decision, each).lines()));
    }
    parts.add("## More Information");
    parts.add(moreInformation());
    parts.add(MARK);
    return String.join("\n\n", parts) + "\n";
  }

  private String frontMatter() {
    String names =
        makers.stream()
            .map(name -> YAML_STRINGS.writeValueAsString(Markdown.plain(name)))
            .collect(Collectors.joining(", "));
    return "---\n" + PROPOSED + "\ndate: " + date + "\ndecision-makers: [" + names + "]\n---";
  }

  private String title() {
    return decision.chosen().isEmpty()
        ? "Find another way to run the workload " + run.plan().workload()
        : "Run the workload " + run.plan().workload() + " on " + chosen();
  }

  private String chosen() {
    return Wording.either(decision.chosen());
  }

  private String context() {
    Host host = run.host();
    return "The workload "
        + run.plan().workload()
        + " has "
        + decision.work().words()
        + ". Which of the options below should run it? They were measured in turns in the same"
        + " JVM launches on "
        + Instant.ofEpochMilli(run.startedEpochMillis()).atZone(ZoneOffset.UTC).toLocalDate()
        + " with lab "
        + run.labVersion()
        + ", on "
        + host.cpu()
        + " ("
        + Wording.count(host.cpus(), "CPU")
        + "), "
        + host.os()
        + ", "
        + host.java()
        + ".";
  }

  private List<String> drivers() {
    Question question = decision.question();
    List<String> drivers = new ArrayList<>();
    question.needs().forEach(need -> drivers.add(need.id() + ": " + need.condition()));
    question.requirements().stream()
        .filter(each -> !(each instanceof Need))
        .map(Requirement::words)
        .forEach(drivers::add);
    drivers.add("throughput with this work");
    drivers.add("memory and start-up, where throughput makes no difference");
    return drivers;
  }

  private String outcome() {
    return (decision.chosen().isEmpty()
            ? "No option was chosen: "
            : "Chosen option: \"" + chosen() + "\". ")
        + decision.sentence();
  }

  private List<String> consequences() {
    List<String> lines = new ArrayList<>();
    decision
        .first()
        .ifPresent(model -> lines.addAll(new ProsAndCons(decision, candidate(model)).lines()));
    decision.rulings().forEach(ruling -> lines.add("Neutral, because: " + ruling));
    return lines;
  }

  private Candidate candidate(Model model) {
    return decision.candidates().stream()
        .filter(each -> each.model() == model)
        .findFirst()
        .orElseThrow();
  }

  private String confirmation() {
    return "Measure again where it is deployed, and ask the new run the same question:\n\n"
        + Markdown.code(
                LabCommands.bench(decision.question(), run.plan())
                    + "\n"
                    + LabCommands.decide(decision.question()))
            .stripTrailing();
  }

  private String moreInformation() {
    List<String> parts = new ArrayList<>();
    List<List<Entry>> rows =
        DecisionTable.rows(decision).stream()
            .map(row -> row.stream().map(Entry::of).toList())
            .toList();
    parts.add(
        Markdown.table(
                new Table(
                    "candidates",
                    legend(),
                    DecisionTable.columns(decision).stream().map(Entry::of).toList(),
                    rows))
            .stripTrailing());
    if (!decision.predictions().isEmpty()) {
      parts.add("Not measured:\n\n" + bullets(decision.predictions()));
    }
    parts.add("Evidence:\n\n" + links());
    parts.add("Revisit when one of these comes true:\n\n" + bullets(revisit()));
    return String.join("\n\n", parts);
  }

  private String legend() {
    return DecisionTable.hasPredictions(decision)
        ? DecisionTable.LEGEND + "; " + DecisionTable.NOT_MEASURED_LEGEND
        : DecisionTable.LEGEND;
  }

  private String links() {
    return evidence.stream()
        .map(link ->
            "* [" + Markdown.text(link.holds()) + "](" + Markdown.destination(link.path()) + ")")
        .collect(Collectors.joining("\n"));
  }

  private List<String> revisit() {
    List<String> lines = new ArrayList<>(decision.changes());
    lines.add("The JDK, the machine or the workload is another.");
    return lines;
  }

  private static String bullets(List<String> lines) {
    return lines.stream().map(line -> "* " + Markdown.text(line)).collect(Collectors.joining("\n"));
  }
}
