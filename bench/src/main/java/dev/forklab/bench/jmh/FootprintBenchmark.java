package dev.forklab.bench.jmh;

import dev.forklab.bench.host.ProcessMemory;
import dev.forklab.bench.jmh.Contestant.HeapBytes;
import dev.forklab.reports.results.JvmFacts;
import dev.forklab.reports.results.MemorySample;
import dev.forklab.reports.results.MemorySample.Phase;
import dev.forklab.reports.results.Model;
import dev.forklab.reports.results.StartUp;
import dev.forklab.workload.Kernel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// Start-up and memory of one model, alone in its JVM.
///
/// Each iteration starts the pool, gives it as many tasks as it has workers, and closes it. After
/// the first start, while nothing else has happened in the JVM, memory is read idle and loaded.
@State(Scope.Benchmark)
public class FootprintBenchmark {

  /// The file that describes the trial.
  @Param("")
  public String trial = "";

  private final List<StartUp> startUps = new ArrayList<>();
  private final List<MemorySample> memory = new ArrayList<>();
  private final List<JvmFacts> jvms = new ArrayList<>();
  private TrialSpec spec;
  private Messages messages;
  private Kernel kernel;
  private @Nullable Contestant contestant;

  @Setup(Level.Trial)
  public void prepare() throws Exception {
    spec = TrialSpec.read(Path.of(trial));
    kernel = spec.workload().kernel();
    messages = Messages.of(spec.planned().cell().messageBytes(), kernel);
    if (spec.planned().models().contains(Model.FORK)) {
      ForkContestant.prepare(spec);
    }
  }

  @Benchmark
  @BenchmarkMode(Mode.SingleShotTime)
  @OutputTimeUnit(TimeUnit.NANOSECONDS)
  public StartUp startUp() throws Exception {
    long start = System.nanoTime();
    Contestant opened =
        Contestants.open(spec.planned().models().getFirst(), spec, kernel, messages);
    contestant = opened;
    if (opened instanceof PeerContestant peer) {
      startUps.add(peer.startUp(startUps.size()));
      return startUps.getLast();
    }
    List<CompletableFuture<byte[]>> replies = new ArrayList<>();
    for (int i = 0; i < spec.planned().cell().workers(); i++) {
      replies.add(opened.submit(messages.message(i)));
    }
    CompletableFuture.anyOf(replies.toArray(CompletableFuture[]::new)).get();
    long first = System.nanoTime() - start;
    CompletableFuture.allOf(replies.toArray(CompletableFuture[]::new)).get();
    StartUp measured = new StartUp(startUps.size(), first, System.nanoTime() - start);
    startUps.add(measured);
    return measured;
  }

  @TearDown(Level.Iteration)
  public void readMemoryAndClose() throws Exception {
    Contestant started = Objects.requireNonNull(contestant);
    if (memory.isEmpty()) {
      memory.add(sample(started, Phase.IDLE));
      jvms.add(ThisJvm.facts());
      jvms.addAll(started.workerFacts());
      memory.add(loaded(started));
    }
    started.close();
  }

  @TearDown(Level.Trial)
  public void leaveObservations() throws Exception {
    new Observations(List.of(), List.of(), startUps, memory, jvms).write(spec.observations());
  }

  private MemorySample loaded(Contestant started) throws Exception {
    Pipeline pipeline =
        started instanceof PeerContestant peer
            ? new PeerPipeline(peer, spec.window(), spec::loadNanos)
            : new WindowPipeline(started, messages, spec.window());
    pipeline.start();
    long end = System.nanoTime() + spec.loadNanos();
    while (System.nanoTime() < end) {
      pipeline.next();
    }
    MemorySample sample = sample(started, Phase.LOADED);
    int wrong = pipeline.stop();
    if (wrong > 0) {
      throw new IllegalStateException("expected right replies, found " + wrong + " wrong ones");
    }
    return sample;
  }

  private static MemorySample sample(Contestant started, Phase phase) {
    List<Long> pids = new ArrayList<>(started.workerPids());
    if (started instanceof PeerContestant) {
      // This JVM does nothing for a peer, whose heaps it cannot see.
      return sample(phase, pids, -1, -1);
    }
    pids.add(ProcessHandle.current().pid());
    HeapBytes own = ThisJvm.heap();
    HeapBytes workers = started.workerHeap();
    return sample(phase, pids, own.used() + workers.used(), own.committed() + workers.committed());
  }

  private static MemorySample sample(Phase phase, List<Long> pids, long used, long committed) {
    ProcessMemory total = ProcessMemory.of(pids);
    return new MemorySample(
        phase, pids.size(), total.pssBytes(), total.ussBytes(), total.rssBytes(), used, committed);
  }
}
