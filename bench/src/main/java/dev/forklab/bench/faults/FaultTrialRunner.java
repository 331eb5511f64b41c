package dev.forklab.bench.faults;

import dev.forklab.bench.host.CpuClock;
import dev.forklab.bench.host.Holdings;
import dev.forklab.bench.host.ProcessTree;
import dev.forklab.bench.plan.Planner;
import dev.forklab.bench.runtime.ScratchDirectory;
import dev.forklab.results.Fault;
import dev.forklab.results.FaultDirectory;
import dev.forklab.results.FaultPlan;
import dev.forklab.results.FaultPlan.PlannedFault;
import dev.forklab.results.FaultTrial;
import dev.forklab.results.FaultTrial.Held;
import dev.forklab.results.FaultTrial.Latency;
import dev.forklab.results.FaultTrial.Lifecycle;
import dev.forklab.results.FaultTrial.Moment;
import dev.forklab.results.Seeded;
import dev.forklab.results.Way;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/// Runs one trial: starts a service, warms it up, finds its capacity, loads it steadily with a
/// share of that, makes the fault happen at a seeded moment, watches until the service is well
/// again or the time is over, and sees what is left.
///
/// Blocks until it is done; one trial at a time. Nothing of it is left afterwards.
final class FaultTrialRunner {

  /// The share of its capacity that a service is loaded with.
  static final double LOAD = 0.7;

  private static final Duration START_PATIENCE = Duration.ofSeconds(30);
  private static final Duration QUIET_PATIENCE = Duration.ofSeconds(6);
  private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(1);

  private static final int QUIET_MOMENTS = 5;
  private static final long QUIET_NANOS = 600_000_000;
  private static final int SEEDED_NANOS = 300_000_000;

  /// So many good moments in a row, and it is well again.
  private static final int WELL_MOMENTS = 6;

  private static final long SHORTEST_WATCH_NANOS = 900_000_000;

  /// A JVM that was started again must get warm beside a load of 70% before it is well.
  private static final long LONGEST_WATCH_NANOS = 6_000_000_000L;

  private static final long LONGEST_INJECTION_NANOS = 8_000_000_000L;
  private static final long PROOF_NANOS = 3_000_000_000L;
  private static final long LOOK_NANOS = 40_000_000;
  private static final double BACKLOG_SECONDS = 0.05;
  private static final long IDLE_NANOS = 200_000_000;
  private static final int IDLE_LOOKS = 8;
  private static final double IDLE_CPUS = 0.1;
  private static final Duration BACKLOG_PATIENCE = Duration.ofMillis(1500);

  private final FaultPlan plan;
  private final ServiceTasks brief;
  private final ServiceTasks tasks;
  private final String classPath;
  private final JanitorProcess janitor;
  private final int quietMoments;

  /// @param classPath of services: the lab's, and that of the workload
  FaultTrialRunner(FaultPlan plan, String classPath, JanitorProcess janitor) {
    this(plan, classPath, janitor, QUIET_MOMENTS);
  }

  /// @param quietMoments how many good moments in a row there must be before the fault
  FaultTrialRunner(FaultPlan plan, String classPath, JanitorProcess janitor, int quietMoments) {
    this.plan = plan;
    this.brief = ServiceTasks.brief(plan);
    this.tasks = ServiceTasks.of(plan);
    this.classPath = classPath;
    this.janitor = janitor;
    this.quietMoments = quietMoments;
  }

  /// Runs it.
  ///
  /// @return what was found, or why there is no result
  FaultTrial run(PlannedFault planned) throws IOException, InterruptedException {
    long start = System.nanoTime();
    try (ScratchDirectory scratch = ScratchDirectory.in(janitor.directory(), "t")) {
      ServiceSpec spec =
          new ServiceSpec(
              scratch.path(),
              planned.model(),
              planned.way(),
              plan.workers(),
              plan.iterations(),
              planned.model().hasChildJvms()
                  ? Planner.heapBytesPerProcess(plan.heapBytes(), plan.workers())
                  : plan.heapBytes());
      return run(planned, spec, start);
    } catch (FaultTrialException e) {
      return FaultTrial.failed(planned, String.valueOf(e.getMessage()), System.nanoTime() - start);
    }
  }

  private FaultTrial run(PlannedFault planned, ServiceSpec spec, long start)
      throws IOException, InterruptedException {
    ServiceLauncher launcher = new ServiceLauncher(spec, spec.write(), classPath, janitor);
    ServiceWarmUp warmUp = new ServiceWarmUp(brief, tasks, planned.model(), plan.workers());
    try (ServiceClient client = ServiceClient.at(spec.socket(), warmUp);
        ServiceKeeper keeper =
            ServiceKeeper.start(launcher::start, client, planned.way() == Way.PRODUCTION)) {
      boolean _ =
          Conditions.await(() -> client.current() != null || keeper.hasGivenUp(), START_PATIENCE);
      if (client.current() == null) {
        throw new FaultTrialException(
            "expected the service to start, found: " + lastWords(spec.directory()));
      }
      double capacity = warmUp.capacityPerSecond(client);
      Held before = Holdings.of(ProcessTree.of(keeper.process().pid()));
      RequestLog log = new RequestLog(tasks);
      client.hears(log);
      Path witness = spec.directory().resolve("witness");
      long zero;
      Proof proof;
      try (SteadyLoad load = SteadyLoad.start(client, log, tasks::plain, LOAD * capacity);
          Injection injection =
              Injection.prepare(planned, tasks, client, load, witness, plan.heapBytes())) {
        keeper.checkHealth(log);
        awaitQuiet(planned, log);
        keeper.look();
        zero = System.nanoTime();
        injection.begin(keeper.process());
        watch(
            log,
            zero,
            injection,
            keeper,
            planned.way() == Way.NAIVE,
            (int) Math.max(2.0 * plan.workers(), LOAD * capacity * BACKLOG_SECONDS));
        load.stop();
        boolean _ = Conditions.await(() -> log.open() == 0, BACKLOG_PATIENCE);
        keeper.leaveAlone();
        proof = proof(planned.fault(), spec, witness, client, keeper, injection);
      }
      return result(planned, proof, start, capacity, before, log, zero, client, keeper);
    }
  }

  private void awaitQuiet(PlannedFault planned, RequestLog log) {
    long begin = System.nanoTime();
    long least = QUIET_NANOS + Seeded.random(planned.seed()).nextInt(SEEDED_NANOS);
    boolean quiet =
        Conditions.await(
            () -> {
              long now = System.nanoTime();
              return now - begin >= least && wellAtTheEnd(log.moments(begin, now)) >= quietMoments;
            },
            QUIET_PATIENCE,
            LOOK_NANOS);
    if (!quiet) {
      throw new FaultTrialException(
          "expected the service to answer %.0f%% of its tasks right and in time before the fault, found %s"
              .formatted(100 * RequestLog.WELL, log.counts()));
    }
  }

  /// How many moments at the end were good.
  private static int wellAtTheEnd(List<Moment> moments) {
    int well = 0;
    for (Moment moment : moments.reversed()) {
      if (!RequestLog.isWell(moment)) {
        break;
      }
      well++;
    }
    return well;
  }

  /// Until the service is well again, or the time is over, or it is dead and nobody starts it
  /// again.
  ///
  /// @param mostOpen with more open tasks a service is falling behind, though it is still in time
  private static void watch(
      RequestLog log,
      long zero,
      Injection injection,
      ServiceKeeper keeper,
      boolean alone,
      int mostOpen) {
    long over = 0;
    for (long now = zero; !Thread.currentThread().isInterrupted(); now = System.nanoTime()) {
      boolean begunAgain = injection.goOn() && now - zero < LONGEST_INJECTION_NANOS;
      if (begunAgain) {
        over = 0;
      }
      if (over == 0 && (injection.isOver(alone) || now - zero > LONGEST_INJECTION_NANOS)) {
        over = now;
      }
      if (over > 0 && now - zero > SHORTEST_WATCH_NANOS) {
        List<Moment> after = after(log.moments(zero, now), over - zero);
        if (now - over > LONGEST_WATCH_NANOS
            || keeper.hasGivenUp()
            || (after.size() >= WELL_MOMENTS
                && wellAtTheEnd(after) >= WELL_MOMENTS
                && log.open() <= mostOpen)) {
          return;
        }
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  private static List<Moment> after(List<Moment> moments, long nanos) {
    return moments.stream().filter(moment -> moment.atNanos() >= nanos).toList();
  }

  /// Waits a while for one that proves something: reports and answers may come a moment after what
  /// they are of.
  private static Proof proof(
      Fault fault,
      ServiceSpec spec,
      Path witness,
      ServiceClient client,
      ServiceKeeper keeper,
      Injection injection)
      throws IOException {
    long end = System.nanoTime() + PROOF_NANOS;
    while (true) {
      Proof proof =
          new Proof(
              Files.exists(witness) ? Witness.at(witness).value() : 0,
              client.answersOfFaults(),
              keeper.exits(),
              words(spec.directory()),
              injection.signalled(),
              injection.neighborNanos().orElse(0L));
      if (proof.of(fault).isPresent()
          || System.nanoTime() >= end
          || Thread.currentThread().isInterrupted()) {
        return proof;
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  private FaultTrial result(
      PlannedFault planned,
      Proof proof,
      long start,
      double capacity,
      Held before,
      RequestLog log,
      long zero,
      ServiceClient client,
      ServiceKeeper keeper) {
    ServiceStats stats = client.ask(ANSWER_PATIENCE);
    String complaint = log.complaint().isEmpty() ? client.complaint() : log.complaint();
    if (!complaint.isEmpty()) {
      throw new FaultTrialException(complaint);
    }
    String evidence = evidence(planned, proof);
    List<Moment> moments = log.moments(zero, Long.MAX_VALUE / 2);
    long recovered = recovered(moments);
    long end = recovered < 0 ? Long.MAX_VALUE : zero + recovered;
    ProcessTree tree = ProcessTree.of(keeper.process().pid());
    double idleCpus = idleCpus(tree);
    return new FaultTrial(
        FaultDirectory.SCHEMA,
        planned,
        null,
        evidence,
        System.nanoTime() - start,
        LOAD * capacity,
        capacity,
        log.counts(),
        new Latency(
            log.p99(due -> due < zero),
            log.p99(due -> due >= zero && due < end),
            log.p99(due -> due >= end)),
        recovered,
        new Lifecycle(
            keeper.exits().size(),
            keeper.restarts(),
            stats == null ? 0 : stats.workerDeaths(),
            keeper.process().isAlive()),
        before,
        Holdings.of(tree),
        idleCpus,
        moments);
  }

  private static String evidence(PlannedFault planned, Proof proof) {
    return proof
        .of(planned.fault())
        .orElseThrow(() ->
            new FaultTrialException(
                "expected evidence that this happened: %s; found none (witness %d, answers %s, exit codes %s)"
                    .formatted(
                        planned.fault().deed(planned.model()),
                        proof.witness(),
                        proof.answers(),
                        proof.exits())));
  }

  private static long recovered(List<Moment> moments) {
    List<Moment> after = after(moments, 0);
    Optional<Moment> lastBad =
        after.reversed().stream().filter(moment -> !RequestLog.isWell(moment)).findFirst();
    if (lastBad.isEmpty()) {
      return after.isEmpty() ? FaultTrial.NEVER : 0;
    }
    return wellAtTheEnd(after) >= WELL_MOMENTS
        ? lastBad.get().atNanos() + RequestLog.MOMENT_NANOS
        : FaultTrial.NEVER;
  }

  /// The least of some looks: compilers and collectors may have something left to do.
  private static double idleCpus(ProcessTree tree) {
    double least = Double.MAX_VALUE;
    for (int i = 0; i < IDLE_LOOKS && least > IDLE_CPUS; i++) {
      least = Math.min(least, busyCpus(tree));
    }
    return least;
  }

  /// The length of the stretch is the point: there is nothing to wait for.
  private static double busyCpus(ProcessTree tree) {
    CpuClock clock = CpuClock.of(tree);
    long cpu = clock.nanos();
    long begin = System.nanoTime();
    while (System.nanoTime() - begin < IDLE_NANOS) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
    return (double) (clock.nanos() - cpu) / (System.nanoTime() - begin);
  }

  /// The first line that names what went wrong.
  private static String lastWords(Path directory) throws IOException {
    return words(directory).stream()
        .flatMap(String::lines)
        .filter(line -> line.contains("Exception") || line.contains("Error"))
        .findFirst()
        .orElse("silence");
  }

  /// What was printed, and crash reports.
  private static List<String> words(Path directory) throws IOException {
    List<String> words = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".log")).toList()) {
        words.add(Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    return words;
  }
}
