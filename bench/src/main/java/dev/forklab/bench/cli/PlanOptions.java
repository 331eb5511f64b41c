package dev.forklab.bench.cli;

import dev.forklab.bench.peer.PeerRuntimes;
import dev.forklab.bench.plan.BadRequestException;
import dev.forklab.bench.plan.Notation;
import dev.forklab.bench.plan.PlanRequest;
import dev.forklab.bench.plan.PlanRequest.Depth;
import dev.forklab.bench.run.PeerChoice;
import dev.forklab.bench.run.WorkloadJars;
import dev.forklab.bench.run.WorkloadProbe;
import dev.forklab.results.Model;
import dev.forklab.results.Model.Role;
import dev.forklab.results.Plan.WorkloadJar;
import dev.forklab.workload.Seal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options that say what to measure; `bench` and `plan` share them.
final class PlanOptions {

  private static final List<String> COLLECTORS = List.of("serial", "parallel", "g1", "z");
  private static final Set<Model> DEFAULT_MODELS =
      Arrays.stream(Model.values()).filter(Model::isCandidate).collect(Collectors.toSet());
  private static final List<Integer> DEFAULT_SIZES = List.of(4 << 10, 64 << 10, 1 << 20);
  private static final List<Duration> DEFAULT_TASKS =
      List.of(Duration.ofMillis(1), Duration.ofNanos(100_000));

  static final int DEFAULT_MINUTES = 10;
  private static final int PRECISION_MINUTES = 30;
  private static final int QUICK_MINUTES = 3;

  @Option(
      names = "--workload",
      paramLabel = "NAME",
      description =
          "What is computed: seal (arithmetic), documents (allocation), triad (memory bandwidth),"
              + " or a class of yours (default: seal).")
  private String workload = Seal.NAME;

  @Option(
      names = "--workload-jar",
      paramLabel = "FILE,...",
      hideParamSyntax = true,
      split = ",",
      description = "The jar of your workload, and those that it needs.")
  private List<Path> workloadJars = List.of();

  @Option(
      names = "--cores",
      paramLabel = "N",
      description =
          "Sweep 1, 2, 4 … N workers, each on as many CPUs (default: this machine's CPUs). More"
              + " workers than CPUs are measured, and labeled as oversubscribed.")
  private @Nullable Integer cores;

  @Option(
      names = "--sizes",
      paramLabel = "SIZE,...",
      hideParamSyntax = true,
      split = ",",
      description =
          "Message sizes; the sweep over workers uses the first (default: 4KiB,64KiB,1MiB; with"
              + " --quick: 4KiB).")
  private @Nullable List<String> sizes;

  @Option(
      names = "--task",
      paramLabel = "TIME,...",
      hideParamSyntax = true,
      split = ",",
      description = "Task times; the sweeps use the first (default: 1ms,100us; with --quick: 1ms).")
  private @Nullable List<String> tasks;

  @Option(
      names = "--models",
      paramLabel = "MODEL,...",
      hideParamSyntax = true,
      split = ",",
      description =
          "fork, fork-binary (bytes instead of JSON), threads, virtual (default: these four), and as"
              + " references jdk-fixed, jdk-virtual, jdk-forkjoin. The inline baseline and its"
              + " control always take part.")
  private @Nullable List<String> models;

  @Option(
      names = "--peers",
      paramLabel = "PEER",
      split = ",",
      description =
          "Also measure other runtimes: node (child_process.fork), node-binary (the same with"
              + " structured clone), node-threads (worker_threads), python (ProcessPoolExecutor)"
              + " (default: none). Those not installed are skipped.")
  private List<String> peers = List.of();

  @Option(names = "--quick", description = "A first look in three minutes: one block, fewer cells.")
  private boolean quick;

  @Option(
      names = "--time",
      paramLabel = "TIME",
      description =
          "The time to fill, such as 20m (default: "
              + DEFAULT_MINUTES
              + "m; with --quick: "
              + QUICK_MINUTES
              + "m; with --precision: "
              + PRECISION_MINUTES
              + "m).")
  private @Nullable String time;

  @Option(
      names = "--precision",
      paramLabel = "SHARE",
      description =
          "End as soon as throughput of every model against every other is known to ±SHARE, such as"
              + " 2%%, in every cell that is not oversubscribed (plain 95%% intervals, checked after"
              + " each block from the fourth on), or when --time is spent (default with it: 30m).")
  private @Nullable String precision;

  @Option(
      names = "--isolate",
      description =
          "Also measure each model alone in JVMs of its own, as benchmarks usually do, at the base configuration,"
              + " and say whether both ways agree.")
  private boolean isolate;

  @Option(
      names = "--full-grid",
      description =
          "Measure every combination of workers, sizes and tasks instead of varying one at a time.")
  private boolean fullGrid;

  @Option(
      names = "--heap",
      paramLabel = "SIZE",
      description =
          "Total heap of each model, shared out among its processes (default: 1GiB, less on a machine"
              + " with less than 4GiB, more if the workers need it).")
  private @Nullable String heap;

  @Option(
      names = "--gc",
      paramLabel = "GC",
      description = "Collector of every JVM: serial, parallel, g1 or z (default: serial).")
  private String collector = "serial";

  @Option(
      names = "--seed",
      paramLabel = "SEED",
      description = "Seed of the order of trials and slices (default: a new one each time).")
  private @Nullable Long seed;

  /// The jars that the workload comes from, opened for the calling thread.
  WorkloadJars openJars() throws IOException {
    return WorkloadJars.open(workloadJars);
  }

  /// The jars that a run began with, if they are named here as well.
  WorkloadJars reopenJars(List<WorkloadJar> begunWith) throws IOException {
    return WorkloadJars.reopen(begunWith, workloadJars);
  }

  /// The request, checked.
  ///
  /// @param jars as [#openJars()] opened them
  PlanRequest request(int machineCpus, WorkloadJars jars) {
    List<Integer> messageBytes =
        sizes == null
            ? quick ? DEFAULT_SIZES.subList(0, 1) : DEFAULT_SIZES
            : sizes.stream().map(PlanOptions::size).toList();
    return new PlanRequest(
        WorkloadProbe.choose(workload, jars, messageBytes),
        cores == null ? machineCpus : cores,
        messageBytes,
        tasks == null
            ? quick ? DEFAULT_TASKS.subList(0, 1) : DEFAULT_TASKS
            : tasks.stream().map(task -> time(task, "--task")).toList(),
        all(
            models == null ? DEFAULT_MODELS : models(models),
            models(peers, "peer", "--peers", Set.of(Role.PEER))),
        quick ? Depth.QUICK : Depth.DEFAULT,
        time != null ? time(time, "--time") : usualTime(),
        fullGrid,
        heap == null ? 0 : bytes(heap, "--heap"),
        known(List.of(collector), COLLECTORS, "collector", "--gc").getFirst(),
        seed == null ? System.nanoTime() : seed,
        precision == null ? 0 : share(precision, "--precision"),
        isolate);
  }

  private Duration usualTime() {
    return Duration.ofMinutes(
        precision != null ? PRECISION_MINUTES : quick ? QUICK_MINUTES : DEFAULT_MINUTES);
  }

  private static Set<Model> all(Set<Model> models, Set<Model> others) {
    return Stream.concat(models.stream(), others.stream()).collect(Collectors.toSet());
  }

  private static int size(String text) {
    return PlanRequest.checkSize(bytes(text, "--sizes"));
  }

  private static long bytes(String text, String option) {
    return naming(option, () -> Notation.bytes(text));
  }

  static double share(String text, String option) {
    return naming(option, () -> Notation.share(text));
  }

  private static Duration time(String text, String option) {
    return naming(option, () -> Notation.time(text));
  }

  private static <T> T naming(String option, Supplier<T> parser) {
    try {
      return parser.get();
    } catch (BadRequestException e) {
      throw new BadRequestException(e.getMessage() + " in " + option);
    }
  }

  private static Set<Model> models(List<String> names) {
    return models(
        names, "model", "--models", Set.of(Role.BASELINE, Role.CANDIDATE, Role.REFERENCE));
  }

  private static Set<Model> models(
      List<String> names, String noun, String option, Set<Role> roles) {
    List<String> ids =
        Arrays.stream(Model.values())
            .filter(model -> roles.contains(model.role()))
            .map(Model::id)
            .toList();
    return known(names, ids, noun, option).stream()
        .map(name -> Model.of(name).orElseThrow())
        .collect(Collectors.toSet());
  }

  /// Looks for the peers asked for.
  ///
  /// @param skipped told a line for each that is not here
  PeerChoice peers(PlanRequest request, Consumer<String> skipped) {
    return PeerChoice.look(
        models(peers, "peer", "--peers", Set.of(Role.PEER)),
        request.workload().name(),
        PeerRuntimes.onThePath(),
        skipped);
  }

  private static List<String> known(
      List<String> found, List<String> expected, String noun, String option) {
    for (String name : found) {
      if (!expected.contains(name)) {
        throw new BadRequestException(
            "expected a %s of %s in %s, found '%s'"
                .formatted(noun, String.join(", ", expected), option, name));
      }
    }
    return found;
  }
}
