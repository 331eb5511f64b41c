package dev.forklab.reports.decision;

import dev.forklab.results.Plan;
import dev.forklab.results.units.Quantity;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The commands that measure a question's work, and that ask the question. They hold numbers, the
/// lab's own words and harmless names only, so they can be copied to a shell as they are.
public final class LabCommands {

  private static final Pattern HARMLESS = Pattern.compile("[A-Za-z][A-Za-z0-9_.]*");

  private LabCommands() {}

  /// Measures the work as the base configuration of a run.
  ///
  /// @param plan of a run of the same workload
  public static String bench(Question question, Plan plan) {
    String workload =
        HARMLESS.matcher(plan.workload()).matches() ? " --workload " + plan.workload() : "";
    return "./lab bench --cores %d --task %s --sizes %s%s%s"
        .formatted(
            question.workers(),
            time(question.taskNanos()),
            size(question.messageBytes()),
            workload,
            plan.workloadJars().isEmpty() ? "" : " --workload-jar JAR");
  }

  /// Asks a run the same again; `RUN` stands for its directory.
  public static String decide(Question question) {
    List<String> words = new ArrayList<>();
    words.add("./lab decide RUN --cores " + question.workers());
    words.add("--task " + time(question.taskNanos()));
    words.add("--message " + size(question.messageBytes()));
    question.rate().ifPresent(rate -> words.add("--rate " + plain(rate.perSecond()) + "/s"));
    question.memory().ifPresent(limit -> words.add("--memory " + size(limit.bytes())));
    question
        .latency()
        .ifPresent(
            bound -> words.add("--latency " + bound.percentile().id() + "=" + time(bound.nanos())));
    if (!question.needs().isEmpty()) {
      words.add(
          "--need " + question.needs().stream().map(Need::id).collect(Collectors.joining(",")));
    }
    return String.join(" ", words);
  }

  /// `2ms`, as options take it.
  public static String time(long nanos) {
    return Quantity.exactTime(nanos).replace(" ", "").replace('µ', 'u');
  }

  /// `16KiB`, as options take it.
  public static String size(long bytes) {
    return Quantity.size(bytes).replace(" ", "");
  }

  private static String plain(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }
}
