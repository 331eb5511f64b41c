package dev.forklab.bench.faults;

import dev.forklab.bench.host.Affinity;
import dev.forklab.bench.host.CpuClock;
import dev.forklab.bench.instrument.SpinnerProcess;
import dev.forklab.bench.runtime.ProcessState;
import dev.forklab.bench.runtime.SignalCommand;
import dev.forklab.fork.pool.TaskFailure;
import dev.forklab.results.Fault;
import dev.forklab.results.FaultPlan.PlannedFault;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Makes a fault happen to a service: by a task, by many, by a signal, or by a neighbor.
///
/// For the thread of its trial.
final class Injection implements AutoCloseable {

  private static final int MIB = 1 << 20;
  private static final int LEAKED_BYTES = 256 << 10;
  private static final int LEAKED_DESCRIPTORS = 2;
  private static final int LEAKED_THREADS = 1;
  private static final int LEAKING_TASKS = 400;
  private static final int STORM_MILLIS = 1500;
  private static final int HUGE_BYTES = 24 * MIB;
  private static final int DELIVERIES = 3;
  private static final int NEIGHBOR_THREADS = 2;
  private static final Duration SIGNAL_PATIENCE = Duration.ofSeconds(5);
  private static final Duration ASK_PATIENCE = Duration.ofSeconds(5);

  private final PlannedFault planned;
  private final ServiceTasks tasks;
  private final ServiceClient client;
  private final SteadyLoad load;
  private final Path witness;
  private final long heapBytes;
  private final @Nullable SpinnerProcess neighbor;
  private @Nullable CpuClock neighborClock;
  private long startNanos;

  /// Tasks with the fault that were given one at a time, those that a full queue refused included.
  private int deliveries;

  private int amount;
  private String signalled = "";

  private Injection(
      PlannedFault planned,
      ServiceTasks tasks,
      ServiceClient client,
      SteadyLoad load,
      Path witness,
      long heapBytes,
      @Nullable SpinnerProcess neighbor) {
    this.planned = planned;
    this.tasks = tasks;
    this.client = client;
    this.load = load;
    this.witness = witness;
    this.heapBytes = heapBytes;
    this.neighbor = neighbor;
  }

  /// Prepares it; nothing happens yet.
  ///
  /// @param witness the file that tasks move
  /// @param heapBytes the heap of the whole service, which a leak is to fill
  static Injection prepare(
      PlannedFault planned,
      ServiceTasks tasks,
      ServiceClient client,
      SteadyLoad load,
      Path witness,
      long heapBytes)
      throws IOException {
    SpinnerProcess neighbor =
        planned.fault() == Fault.NEIGHBOR
            ? SpinnerProcess.start(NEIGHBOR_THREADS, Affinity.of(1).command())
            : null;
    return new Injection(planned, tasks, client, load, witness, heapBytes, neighbor);
  }

  /// Makes it happen, or begin.
  ///
  /// @param service the process of the service
  void begin(ProcessHandle service) throws IOException {
    startNanos = System.nanoTime();
    switch (planned.fault()) {
      case NONE -> {}
      case KILL -> signal("KILL", service);
      case STOP -> signal("STOP", service);
      case NEIGHBOR -> {
        if (neighbor != null) {
          neighborClock = CpuClock.of(List.of(neighbor.pid()));
          neighbor.burn(STORM_MILLIS);
        }
      }
      case LEAK -> manyTimes((int) (heapBytes * 3 / 2 / LEAKED_BYTES), LEAKED_BYTES);
      case THREADS -> manyTimes(LEAKING_TASKS, LEAKED_THREADS);
      case DESCRIPTORS -> manyTimes(LEAKING_TASKS, LEAKED_DESCRIPTORS);
      case GARBAGE -> once(STORM_MILLIS);
      case HUGE -> once(HUGE_BYTES);
      case EXCEPTION,
          EXIT,
          HALT,
          SEGV,
          OOM,
          NATIVE,
          STACK,
          LOOP,
          DEADLOCK,
          IGNORE,
          STATIC,
          POISON ->
          once(0);
    }
  }

  private void once(int howMuch) {
    amount = howMuch;
    deliver();
  }

  private void deliver() {
    startNanos = System.nanoTime();
    deliveries++;
    client.submit(-deliveries, tasks.faulty(0, planned.fault(), amount, witness));
  }

  private void manyTimes(int count, int amount) {
    load.next(count, task -> tasks.faulty(task, planned.fault(), amount, witness));
  }

  private void signal(String name, ProcessHandle service) {
    ProcessHandle target = target(service);
    SignalCommand.send(name, List.of(target.pid()));
    boolean happened =
        Conditions.await(
            () -> name.equals("STOP") ? ProcessState.isStopped(target.pid()) : !target.isAlive(),
            SIGNAL_PATIENCE);
    if (happened) {
      signalled =
          "process %d %s SIG%s"
              .formatted(
                  target.pid(), name.equals("STOP") ? "stands still after" : "is gone after", name);
    }
  }

  /// A worker's process, or the service's own where its workers are threads.
  private ProcessHandle target(ProcessHandle service) {
    ServiceStats stats = client.ask(ASK_PATIENCE);
    if (stats == null) {
      throw new FaultTrialException("expected the service to name its workers, found silence");
    }
    return stats.workers().stream().findFirst().flatMap(ProcessHandle::of).orElse(service);
  }

  /// Delivers again what a full queue has refused, as any client must; and a poisoned message, as a
  /// queue does, when the last delivery has come to nothing and somebody is there.
  ///
  /// @return whether it did
  boolean goOn() {
    List<String> answers = client.answersOfFaults();
    if (deliveries == 0 || answers.size() < deliveries || client.current() == null) {
      return false;
    }
    boolean again =
        isRefusal(answers.getLast())
            || (planned.fault() == Fault.POISON && accepted(answers) < DELIVERIES);
    if (again) {
      deliver();
    }
    return again;
  }

  private static boolean isRefusal(String answer) {
    return answer.startsWith(TaskFailure.Rejected.class.getName());
  }

  private static long accepted(List<String> answers) {
    return answers.stream().filter(answer -> !isRefusal(answer)).count();
  }

  /// Whether all of it has happened that will.
  ///
  /// @param alone whether nobody starts a dead service again
  boolean isOver(boolean alone) {
    return switch (planned.fault()) {
      case LEAK, THREADS, DESCRIPTORS -> load.isPlain();
      case GARBAGE, NEIGHBOR -> elapsedMillis() > STORM_MILLIS;
      case POISON ->
          accepted(client.answersOfFaults()) >= DELIVERIES || (alone && client.current() == null);
      case NONE,
          EXCEPTION,
          EXIT,
          HALT,
          KILL,
          STOP,
          SEGV,
          OOM,
          NATIVE,
          STACK,
          LOOP,
          DEADLOCK,
          IGNORE,
          STATIC,
          HUGE ->
          true;
    };
  }

  private long elapsedMillis() {
    return (System.nanoTime() - startNanos) / 1_000_000;
  }

  /// What a signal was seen to do; empty where none was sent, or it did nothing.
  String signalled() {
    return signalled;
  }

  /// CPU time that the neighbor has used, in nanoseconds.
  Optional<Long> neighborNanos() {
    return Optional.ofNullable(neighborClock).map(CpuClock::nanos);
  }

  @Override
  public void close() {
    if (neighbor != null) {
      neighbor.close();
    }
  }
}
