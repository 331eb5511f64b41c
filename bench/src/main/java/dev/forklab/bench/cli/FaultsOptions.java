package dev.forklab.bench.cli;

import dev.forklab.bench.faults.FaultPlanner;
import dev.forklab.bench.faults.FaultRequest;
import dev.forklab.bench.plan.BadRequestException;
import dev.forklab.bench.plan.Notation;
import dev.forklab.bench.run.WorkloadJars;
import dev.forklab.bench.run.WorkloadProbe;
import dev.forklab.results.Fault;
import dev.forklab.results.Model;
import dev.forklab.results.Plan.WorkloadJar;
import dev.forklab.workload.Seal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options that say which faults to try on what.
final class FaultsOptions {

  private static final int REPETITIONS = 3;
  private static final int MOST_REPETITIONS = 1000;
  private static final Duration USUAL_TIME = Duration.ofMinutes(10);
  private static final Duration QUICK_TIME = Duration.ofMinutes(2);

  @Option(
      names = "--faults",
      paramLabel = "FAULT,...",
      hideParamSyntax = true,
      split = ",",
      description =
          "Some of exception, exit, oom, loop, segv, kill, deadlock, leak, stack, stop, ignore,"
              + " halt, native, threads, descriptors, garbage, static, huge, poison, neighbor"
              + " (default: these; with --quick: exception,exit,oom,loop); none is the control.")
  private @Nullable List<String> faults;

  @Option(
      names = "--models",
      paramLabel = "MODEL,...",
      hideParamSyntax = true,
      split = ",",
      description = "Some of fork, fork-binary, threads, virtual (default: fork,threads,virtual).")
  private @Nullable List<String> models;

  @Option(names = "--quick", description = "A first look at four faults, in two minutes.")
  private boolean quick;

  @Option(
      names = "--time",
      paramLabel = "TIME",
      description =
          "The time after which no trial begins (default: 10m; with --quick: 2m). The report"
              + " names what was not tried; with --resume and more time, a run tries it.")
  private @Nullable String time;

  @Option(
      names = "--repeat",
      paramLabel = "N",
      description =
          "How many times to try each fault on each model, each way (default: 3, as time allows;"
              + " with --quick: 1).")
  private @Nullable Integer repetitions;

  @Option(
      names = "--workload",
      paramLabel = "NAME",
      description = "What is computed, as for lab bench (default: seal).")
  private String workload = Seal.NAME;

  @Option(
      names = "--workload-jar",
      paramLabel = "FILE,...",
      hideParamSyntax = true,
      split = ",",
      description = "The jar of your workload, and those that it needs.")
  private List<Path> workloadJars = List.of();

  @Option(
      names = "--task",
      paramLabel = "TIME",
      description = "About how long a task takes (default: 2ms).")
  private String task = "2ms";

  @Option(
      names = "--seed",
      paramLabel = "SEED",
      description =
          "Seed of the order of trials and of the moments of faults (default: a new one each time).")
  private @Nullable Long seed;

  WorkloadJars openJars() throws IOException {
    return WorkloadJars.open(workloadJars);
  }

  WorkloadJars reopenJars(List<WorkloadJar> begunWith) throws IOException {
    return WorkloadJars.reopen(begunWith, workloadJars);
  }

  /// The request, checked.
  FaultRequest request(int cpus, WorkloadJars jars) {
    int count = repetitions != null ? repetitions : quick ? 1 : REPETITIONS;
    if (count < 1 || count > MOST_REPETITIONS) {
      throw new BadRequestException(
          "expected --repeat from 1 to " + MOST_REPETITIONS + ", found " + count);
    }
    return new FaultRequest(
        faults == null
            ? quick ? FaultRequest.QUICK : FaultRequest.ALL
            : known(
                faults, "fault", "--faults", Arrays.asList(Fault.values()), Fault::id, Fault::of),
        models == null
            ? FaultRequest.usualModels()
            : known(
                models,
                "model",
                "--models",
                FaultRequest.candidates(),
                Model::id,
                id -> Model.of(id).filter(Model::isCandidate)),
        count,
        time(),
        WorkloadProbe.choose(workload, jars, List.of(FaultPlanner.MESSAGE_BYTES)).name(),
        jars.recorded(),
        taskTime(),
        cpus,
        seed == null ? System.nanoTime() : seed);
  }

  private Duration time() {
    return givenTime().orElse(quick ? QUICK_TIME : USUAL_TIME);
  }

  /// What `--time` says, if it is there.
  Optional<Duration> givenTime() {
    return Optional.ofNullable(time).map(text -> named(text, "--time"));
  }

  private Duration taskTime() {
    Duration found = named(task, "--task");
    if (found.compareTo(Duration.ofNanos(100_000)) < 0
        || found.compareTo(Duration.ofMillis(50)) > 0) {
      throw new BadRequestException(
          "expected a task time from 100us to 50ms in --task, found '" + task + "'");
    }
    return found;
  }

  private static Duration named(String text, String option) {
    try {
      return Notation.time(text);
    } catch (BadRequestException e) {
      throw new BadRequestException(e.getMessage() + " in " + option);
    }
  }

  private static <T> List<T> known(
      List<String> names,
      String noun,
      String option,
      List<T> all,
      Function<T, String> id,
      Function<String, Optional<T>> of) {
    return names.stream()
        .map(name ->
            of.apply(name)
                .orElseThrow(() ->
                    new BadRequestException(
                        "expected a %s of %s in %s, found '%s'"
                            .formatted(
                                noun,
                                all.stream().map(id).collect(Collectors.joining(", ")),
                                option,
                                name))))
        .distinct()
        .toList();
  }
}
