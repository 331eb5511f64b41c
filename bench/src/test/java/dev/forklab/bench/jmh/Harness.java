package dev.forklab.bench.jmh;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.IterationResultMetaData;
import org.openjdk.jmh.results.ResultRole;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.ThroughputResult;
import org.openjdk.jmh.runner.IterationType;
import org.openjdk.jmh.runner.WorkloadParams;
import org.openjdk.jmh.runner.options.TimeValue;

/// Results as the harness gives them: one iteration for each measured slice.
final class Harness {

  static final long SLICE_NANOS = 20_000_000;

  private static final BenchmarkParams PARAMS =
      new BenchmarkParams(
          "dev.forklab.bench.jmh.ThroughputBenchmark.tasks",
          "generated",
          true,
          1,
          new int[] {1},
          List.of(),
          1,
          0,
          iterations(IterationType.WARMUP),
          iterations(IterationType.MEASUREMENT),
          Mode.Throughput,
          new WorkloadParams(),
          TimeUnit.SECONDS,
          1,
          "java",
          List.of("-Xmx1g"),
          "25",
          "a VM",
          "1",
          "1.37",
          TimeValue.seconds(60));

  private Harness() {}

  /// @param operations how many tasks the harness counted in each measured slice
  static RunResult result(List<Long> operations) {
    List<IterationResult> iterations = new ArrayList<>();
    for (long count : operations) {
      IterationResult iteration =
          new IterationResult(
              PARAMS,
              iterations(IterationType.MEASUREMENT),
              new IterationResultMetaData(count, count));
      iteration.addResult(
          new ThroughputResult(ResultRole.PRIMARY, "tasks", count, SLICE_NANOS, TimeUnit.SECONDS));
      iterations.add(iteration);
    }
    return new RunResult(PARAMS, List.of(new BenchmarkResult(PARAMS, iterations)));
  }

  private static IterationParams iterations(IterationType type) {
    return new IterationParams(type, 1, new TimeValue(SLICE_NANOS, TimeUnit.NANOSECONDS), 1);
  }
}
