package dev.forklab.bench.jmh;

import dev.forklab.bench.jmh.TrialState.SliceEnd;
import dev.forklab.reports.results.Model;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
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

/// Tasks per second with the pool kept full: one thread submits, one call is so many finished tasks
/// ([Pipeline#tasksPerCall]).
///
/// The thread that submits shares the CPUs with busy workers and so gets replies in bursts, some
/// milliseconds apart. What has ended and was not received yet is therefore counted at a slice's
/// first call and after its last one, within its clock: without that, slices were seen with more
/// tasks than their CPUs can do.
@State(Scope.Benchmark)
public class ThroughputBenchmark {

  /// The file that describes the trial.
  @Param("")
  public String trial = "";

  private final Map<Model, Pipeline> pipelines = new EnumMap<>(Model.class);
  private TrialState state;
  private Pipeline pipeline;
  private long calls;
  private int readyAtStart;
  private int readyAtEnd;

  @Setup(Level.Trial)
  public void open() throws Exception {
    state = TrialState.open(trial);
    TrialSpec spec = state.spec();
    for (Model model : spec.planned().models()) {
      pipelines.put(model, pipeline(model, spec));
    }
  }

  private Pipeline pipeline(Model model, TrialSpec spec) {
    return switch (model.role()) {
      case BASELINE, CONTROL -> new InlinePipeline(state.kernel(), state.messages());
      case CANDIDATE, REFERENCE, PLANTED ->
          new WindowPipeline(
              state.contestant(model),
              state.messages(),
              spec.window(),
              Pipeline.tasksPerCall(model, spec.planned().cell()));
      case PEER -> new PeerPipeline(state.peer(model), spec.window(), state::upcomingNanos);
    };
  }

  /// Picks the slice's model and brings its stream to its steady state.
  @Setup(Level.Iteration)
  public void startSlice() throws Exception {
    pipeline = Objects.requireNonNull(pipelines.get(state.upcoming()));
    state.sliceNears();
    pipeline.start();
    calls = 0;
    readyAtStart = 0;
    readyAtEnd = 0;
    state.sliceStarts();
  }

  @Benchmark
  @BenchmarkMode(Mode.Throughput)
  @OutputTimeUnit(TimeUnit.SECONDS)
  public byte[] tasks() throws Exception {
    if (calls++ == 0) {
      readyAtStart = pipeline.ready();
    }
    byte[] reply = pipeline.next();
    readyAtEnd = pipeline.ready();
    return reply;
  }

  @TearDown(Level.Iteration)
  public void stopSlice() throws Exception {
    SliceEnd end = pipeline.end(state.sliceStops());
    long received = pipeline.operations(calls);
    long ended = received + readyAtEnd - readyAtStart;
    state.observe(
        end.after(pipeline.beforehand(), received), ended, received, pipeline.stop(), null);
  }

  @TearDown(Level.Trial)
  public void close() throws Exception {
    state.close();
  }
}
