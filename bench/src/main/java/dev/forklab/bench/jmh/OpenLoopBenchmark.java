package dev.forklab.bench.jmh;

import dev.forklab.bench.plan.OpenLoopOrder;
import dev.forklab.bench.plan.OpenLoopOrder.Step;
import dev.forklab.reports.results.Model;
import dev.forklab.reports.results.OpenLoop;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGeneratorFactory;
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

/// Latency in an open loop: tasks arrive on a schedule, at shares of each model's own capacity.
///
/// Each iteration of the harness is one stretch: in its warm-up a model kept full for a while,
/// which shows its capacity; after it a model at one share of that. The harness's own time of an
/// iteration is the stretch's length and says nothing about latency.
@State(Scope.Benchmark)
public class OpenLoopBenchmark {

  private static final double NANOS_PER_SECOND = 1e9;

  /// The file that describes the trial.
  @Param("")
  public String trial = "";

  private final Map<Model, Double> capacity = new EnumMap<>(Model.class);
  private TrialState state;
  private OpenLoopOrder order;
  private int stretches;

  @Setup(Level.Trial)
  public void open() throws Exception {
    state = TrialState.open(trial);
    order = OpenLoopOrder.of(state.spec().planned(), state.spec().timing().warmupRounds());
  }

  @Benchmark
  @BenchmarkMode(Mode.SingleShotTime)
  @OutputTimeUnit(TimeUnit.MILLISECONDS)
  public double stretch() throws Exception {
    int index = stretches++;
    int warmup = order.capacity().size();
    return index < warmup
        ? keepFull(order.capacity().get(index))
        : arrive(order.steps().get(index - warmup), index);
  }

  @TearDown(Level.Trial)
  public void close() throws Exception {
    state.close();
  }

  private double keepFull(Model model) throws Exception {
    TrialSpec spec = state.spec();
    WindowPipeline pipeline =
        new WindowPipeline(
            state.contestant(model),
            state.messages(),
            spec.window(),
            spec.planned().cell().workers());
    pipeline.start();
    long start = System.nanoTime();
    long end = start + spec.timing().warmupSliceNanos();
    long calls = 0;
    while (System.nanoTime() < end) {
      pipeline.next();
      calls++;
    }
    double reached = pipeline.operations(calls) * NANOS_PER_SECOND / (System.nanoTime() - start);
    pipeline.stop();
    capacity.put(model, reached);
    return reached;
  }

  private double arrive(Step step, int index) throws Exception {
    double reachable = Objects.requireNonNull(capacity.get(step.model()));
    long length = OpenLoopOrder.stepNanos(state.spec().planned().cell());
    var random =
        RandomGeneratorFactory.of("L64X128MixRandom").create(state.spec().planned().seed() + index);
    ArrivalSchedule schedule = ArrivalSchedule.poisson(step.load() * reachable, length, random);
    OpenLoopStretch.Outcome outcome =
        new OpenLoopStretch(state.contestant(step.model()), state.messages(), schedule).run();
    double achieved = schedule.tasks() * NANOS_PER_SECOND / Math.max(length, outcome.nanos());
    state.observe(
        new OpenLoop(
            step.model(),
            step.load(),
            reachable,
            schedule.perSecond(length),
            achieved,
            schedule.tasks(),
            outcome.wrongReplies(),
            LatencyHistogram.encode(outcome.latency())));
    return achieved;
  }
}
