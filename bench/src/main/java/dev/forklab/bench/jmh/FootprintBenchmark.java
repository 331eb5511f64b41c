package dev.forklab.bench.jmh;

import dev.forklab.results.JvmFacts;
import dev.forklab.results.MemorySample;
import dev.forklab.results.MemorySample.Phase;
import dev.forklab.results.StartUp;
import dev.forklab.workload.TaskFunction;
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
/// the first start, while nothing else has happened in the JVM, memory is read idle, and on a
/// schedule while the pool is kept full.
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
  private TaskFunction function;
  private @Nullable OpenModel pool;

  @Setup(Level.Trial)
  public void prepare() throws Exception {
    spec = TrialSpec.read(Path.of(trial));
    function = spec.workload().function();
    messages = Messages.of(spec.planned().cell().messageBytes(), function);
  }

  @Benchmark
  @BenchmarkMode(Mode.SingleShotTime)
  @OutputTimeUnit(TimeUnit.NANOSECONDS)
  public StartUp startUp() throws Exception {
    long start = System.nanoTime();
    OpenModel opened =
        OpenModels.open(spec.planned().models().getFirst(), spec, function, List.of(messages));
    pool = opened;
    if (opened instanceof OpenPeer peer) {
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
    OpenModel started = Objects.requireNonNull(pool);
    if (memory.isEmpty()) {
      started.awaitWorkers();
      memory.add(MemoryWatch.withShares(started, Phase.IDLE, 0, spec.heapBytesPerJvm()));
      jvms.add(ThisJvm.facts());
      jvms.addAll(started.workerFacts());
      memory.addAll(loaded(started));
    }
    started.close();
  }

  @TearDown(Level.Trial)
  public void leaveObservations() throws Exception {
    new Observations(List.of(), List.of(), List.of(), List.of(), startUps, memory, jvms)
        .write(spec.observations());
  }

  /// Keeps the pool full while its memory is read on a schedule, and once more, in detail, at the
  /// end.
  private List<MemorySample> loaded(OpenModel started) throws Exception {
    Pipeline pipeline =
        started instanceof OpenPeer peer
            ? new PeerPipeline(peer, spec.window(), spec::loadNanos)
            : new WindowPipeline(started, messages, spec.window(), spec.planned().cell().workers());
    pipeline.start();
    long start = System.nanoTime();
    List<MemorySample> samples;
    try (MemoryWatch watch = MemoryWatch.of(started)) {
      while (System.nanoTime() - start < spec.loadNanos()) {
        pipeline.next();
      }
      samples = new ArrayList<>(watch.stop());
    }
    samples.add(
        MemoryWatch.withShares(
            started, Phase.LOADED, System.nanoTime() - start, spec.heapBytesPerJvm()));
    int wrong = pipeline.stop();
    if (wrong > 0) {
      throw new IllegalStateException("expected right replies, found " + wrong + " wrong ones");
    }
    return samples;
  }
}
