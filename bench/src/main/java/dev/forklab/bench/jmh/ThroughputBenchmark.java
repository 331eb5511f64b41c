package dev.forklab.bench.jmh;

import java.util.concurrent.TimeUnit;
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

/// Tasks per second with the pool kept full: one thread submits, one call is a fixed number of
/// finished tasks ([Pipeline#tasksPerCall]).
@State(Scope.Benchmark)
public class ThroughputBenchmark {

  /// The file that describes the trial.
  @Param("")
  public String trial = "";

  private TrialState state;
  private KeptFull models;

  @Setup(Level.Trial)
  public void open() throws Exception {
    state = TrialState.open(trial);
    models = new KeptFull(state);
    models.warmUp();
  }

  @Setup(Level.Iteration)
  public void startSlice() throws Exception {
    models.start();
  }

  @Benchmark
  @BenchmarkMode(Mode.Throughput)
  @OutputTimeUnit(TimeUnit.SECONDS)
  public byte[] tasks() throws Exception {
    return models.next();
  }

  @TearDown(Level.Iteration)
  public void stopSlice() throws Exception {
    models.stop();
  }

  @TearDown(Level.Trial)
  public void close() throws Exception {
    state.measureParts();
    state.close();
  }
}
