package dev.forklab.bench.jmh;

import dev.forklab.bench.jmh.Observations.SliceObservation;
import dev.forklab.bench.plan.OpenLoopOrder;
import dev.forklab.bench.plan.OpenLoopOrder.Step;
import dev.forklab.results.Model;
import dev.forklab.results.OpenLoop;
import dev.forklab.results.Seeded;
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

/// Latency in an open loop: tasks arrive on a schedule, at shares of what the slowest model can do,
/// so that every model is offered the same.
///
/// Each iteration of the harness is one stretch: in its warm-up a model kept full for long enough
/// to show its capacity; after it a model at one load. The harness's own time of an iteration is
/// the stretch's length and says nothing about latency.
@State(Scope.Benchmark)
public class OpenLoopBenchmark {

  private static final double NANOS_PER_SECOND = 1e9;

  /// The file that describes the trial.
  @Param("")
  public String trial = "";

  private final Map<Model, Stretch> capacity = new EnumMap<>(Model.class);
  private TrialState state;
  private OpenLoopOrder order;
  private int stretches;

  /// Tasks done in a time with the pool kept full.
  private record Stretch(long tasks, long nanos) {
    Stretch and(Stretch other) {
      return new Stretch(tasks + other.tasks, nanos + other.nanos);
    }

    double perSecond() {
      return tasks * NANOS_PER_SECOND / nanos;
    }
  }

  @Setup(Level.Trial)
  public void open() throws Exception {
    state = TrialState.open(trial);
    order = OpenLoopOrder.of(state.spec().planned());
    new KeptFull(state).warmUp();
  }

  @Benchmark
  @BenchmarkMode(Mode.SingleShotTime)
  @OutputTimeUnit(TimeUnit.MILLISECONDS)
  public double stretch() throws Exception {
    int index = stretches++;
    int full = order.capacity().size();
    if (index < full) {
      Model model = order.capacity().get(index);
      SliceObservation done = state.keepFull(model, Long.MAX_VALUE, OpenLoopOrder.CAPACITY_NANOS);
      Stretch reached = new Stretch(done.operations(), done.nanos());
      capacity.merge(model, reached, Stretch::and);
      return reached.perSecond();
    }
    return arrive(order.steps().get(index - full));
  }

  @TearDown(Level.Trial)
  public void close() throws Exception {
    state.close();
  }

  private double arrive(Step step) throws Exception {
    double own = Objects.requireNonNull(capacity.get(step.model())).perSecond();
    double least = capacity.values().stream().mapToDouble(Stretch::perSecond).min().orElseThrow();
    long length = OpenLoopOrder.stepNanos(state.spec().planned().cell());
    long seed = state.spec().planned().seed() + Objects.hash(step.load(), step.pass());
    var random = Seeded.random(seed);
    ArrivalSchedule schedule = ArrivalSchedule.poisson(step.load() * least, length, random);
    OpenLoopStretch.Outcome outcome =
        new OpenLoopStretch(state.pool(step.model()), state.messages(), schedule).run();
    double achieved = schedule.tasks() * NANOS_PER_SECOND / Math.max(length, outcome.nanos());
    state.observe(
        new OpenLoop(
            step.model(),
            step.load(),
            own,
            schedule.perSecond(length),
            achieved,
            schedule.tasks(),
            outcome.wrongReplies(),
            LatencyHistogram.encode(outcome.latency())));
    return achieved;
  }
}
