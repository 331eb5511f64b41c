package dev.forklab.bench.cli;

import dev.forklab.bench.plan.BadRequestException;
import dev.forklab.bench.plan.Notation;
import dev.forklab.bench.plan.PlanRequest;
import dev.forklab.reports.decision.LabCommands;
import dev.forklab.reports.decision.Need;
import dev.forklab.reports.decision.Question;
import dev.forklab.reports.decision.Requirement;
import dev.forklab.reports.decision.Requirement.LatencyBound;
import dev.forklab.reports.decision.Requirement.MemoryLimit;
import dev.forklab.reports.decision.Requirement.Percentile;
import dev.forklab.reports.decision.Requirement.Rate;
import dev.forklab.results.units.Quantity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options that make a question; what is not given is asked for on a terminal, and else is the
/// run's base configuration without requirements.
final class DecideOptions {

  private static final String NONE = "none";

  @Option(
      names = "--cores",
      paramLabel = "N",
      description = "How many tasks run at once, each on a CPU of its own (default: the run's).")
  private @Nullable String cores;

  @Option(
      names = "--task",
      paramLabel = "TIME",
      description = "CPU time of a task, such as 2ms (default: the run's).")
  private @Nullable String task;

  @Option(
      names = "--message",
      paramLabel = "SIZE",
      description = "Size of each message and of each reply, such as 16k (default: the run's).")
  private @Nullable String message;

  @Option(
      names = "--rate",
      paramLabel = "RATE",
      description = "Tasks per second to keep up with, such as 3000/s (default: none).")
  private @Nullable String rate;

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      description = "Memory that all processes together may take, such as 2g (default: none).")
  private @Nullable String memory;

  @Option(
      names = "--latency",
      paramLabel = "P=TIME",
      description =
          "Bound on a percentile of latency, p50, p90 or p99, such as p99=20ms (default: none).")
  private @Nullable String latency;

  @Option(
      names = "--need",
      paramLabel = "NEED,...",
      hideParamSyntax = true,
      split = ",",
      description =
          "What the work needs: isolation (a crash stays in one worker), kill (any task can be"
              + " ended), leak-proof (a leak does not end the service), shared-state (tasks share objects) (default: none).")
  private @Nullable List<String> needs;

  /// The question.
  ///
  /// @param usual the work to take where nothing is given
  /// @param asker who to ask for what is not given
  Question question(Question usual, Optional<Asker> asker) {
    int workers =
        value(cores, "--cores", "Cores", "" + usual.workers(), DecideOptions::cores, asker);
    long nanos =
        value(
            task,
            "--task",
            "CPU time of a task",
            LabCommands.time(usual.taskNanos()),
            DecideOptions::task,
            asker);
    int bytes =
        value(
            message,
            "--message",
            "Size of a message",
            LabCommands.size(usual.messageBytes()),
            DecideOptions::message,
            asker);
    List<Requirement> required = new ArrayList<>();
    limit(rate, "--rate", "Tasks per second to keep up with (3000/s)", DecideOptions::rate, asker)
        .ifPresent(required::add);
    limit(memory, "--memory", "Memory limit (2g)", DecideOptions::memory, asker)
        .ifPresent(required::add);
    limit(latency, "--latency", "Bound of latency (p99=20ms)", DecideOptions::latency, asker)
        .ifPresent(required::add);
    required.addAll(
        value(
            needs == null ? null : String.join(",", needs),
            "--need",
            "Needs (" + ids() + ")",
            NONE,
            DecideOptions::needs,
            asker));
    return new Question(workers, nanos, bytes, required);
  }

  private static <R> Optional<R> limit(
      @Nullable String given,
      String option,
      String asking,
      Function<String, R> parser,
      Optional<Asker> asker) {
    return value(
        given,
        option,
        asking,
        NONE,
        text -> isNone(text) ? Optional.<R>empty() : Optional.of(parser.apply(text)),
        asker);
  }

  private static <T> T value(
      @Nullable String given,
      String option,
      String asking,
      String usual,
      Function<String, T> parser,
      Optional<Asker> asker) {
    if (given != null) {
      try {
        return parser.apply(given);
      } catch (BadRequestException e) {
        throw new BadRequestException(e.getMessage() + " in " + option);
      }
    }
    return asker.isPresent() ? asker.get().ask(asking, usual, parser) : parser.apply(usual);
  }

  private static boolean isNone(String text) {
    return text.strip().equalsIgnoreCase(NONE);
  }

  private static int cores(String text) {
    String stripped = text.strip();
    if (stripped.matches("\\d{1,9}")) {
      int cores = Integer.parseInt(stripped);
      if (cores >= 1 && cores <= PlanRequest.MAX_CORES) {
        return cores;
      }
    }
    throw new BadRequestException(
        "expected a whole number from 1 to " + PlanRequest.MAX_CORES + ", found '" + text + "'");
  }

  private static long task(String text) {
    Duration time = Notation.time(text);
    if (time.compareTo(PlanRequest.SHORTEST_TASK) < 0
        || time.compareTo(PlanRequest.LONGEST_TASK) > 0) {
      throw new BadRequestException("expected a task time from 1us to 1s, found '" + text + "'");
    }
    return time.toNanos();
  }

  private static int message(String text) {
    long bytes = Notation.bytes(text);
    if (bytes < 1 || bytes > PlanRequest.MAX_MESSAGE_BYTES) {
      throw new BadRequestException(
          "expected a message size from 1 B to "
              + Quantity.size(PlanRequest.MAX_MESSAGE_BYTES)
              + ", found '"
              + text
              + "'");
    }
    return (int) bytes;
  }

  private static Rate rate(String text) {
    return new Rate(Notation.rate(text));
  }

  private static MemoryLimit memory(String text) {
    long bytes = Notation.bytes(text);
    if (bytes < 1) {
      throw new BadRequestException("expected a size of at least 1 B, found '" + text + "'");
    }
    return new MemoryLimit(bytes);
  }

  private static LatencyBound latency(String text) {
    String[] parts = text.strip().split("=", 2);
    for (Percentile percentile : Percentile.values()) {
      if (parts.length == 2 && parts[0].strip().equalsIgnoreCase(percentile.id())) {
        Duration time = Notation.time(parts[1]);
        if (time.isPositive() && time.compareTo(PlanRequest.LONGEST) <= 0) {
          return new LatencyBound(percentile, time.toNanos());
        }
      }
    }
    throw new BadRequestException(
        "expected a bound of p50, p90 or p99 such as p99=20ms, found '" + text + "'");
  }

  private static List<Need> needs(String text) {
    if (isNone(text)) {
      return List.of();
    }
    return Arrays.stream(text.split(",", -1))
        .map(String::strip)
        .distinct()
        .map(name ->
            Need.of(name)
                .orElseThrow(() ->
                    new BadRequestException(
                        "expected a need of " + ids() + ", found '" + name + "'")))
        .toList();
  }

  private static String ids() {
    return Arrays.stream(Need.values()).map(Need::id).collect(Collectors.joining(", "));
  }
}
