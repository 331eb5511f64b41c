package dev.forklab.bench.jmh;

import dev.forklab.bench.jmh.Observations.SliceObservation;
import dev.forklab.bench.jmh.SlicedProtocol.Reading;
import dev.forklab.bench.plan.SliceOrder;
import dev.forklab.results.JvmFacts;
import dev.forklab.results.MemorySample;
import dev.forklab.results.Model;
import dev.forklab.results.Model.Role;
import dev.forklab.results.OpenLoop;
import dev.forklab.results.Slice;
import dev.forklab.results.StartUp;
import dev.forklab.results.TaskParts;
import dev.forklab.results.WarmUp;
import dev.forklab.results.Warning;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;

/// What one trial measured: JMH's raw scores, told apart by the known order of the slices, joined
/// with what the trial's JVM observed.
///
/// @param harness JMH's own result, with every slice of every model in it
public record TrialResult(
    List<Slice> slices,
    List<OpenLoop> openLoop,
    List<StartUp> startUps,
    List<MemorySample> memory,
    List<JvmFacts> jvms,
    List<Warning> warnings,
    List<WarmUp> warmUps,
    List<TaskParts> parts,
    RunResult harness) {

  public TrialResult {
    slices = List.copyOf(slices);
    openLoop = List.copyOf(openLoop);
    startUps = List.copyOf(startUps);
    memory = List.copyOf(memory);
    jvms = List.copyOf(jvms);
    warnings = List.copyOf(warnings);
    warmUps = List.copyOf(warmUps);
    parts = List.copyOf(parts);
  }

  static TrialResult join(TrialSpec spec, RunResult harness, Observations observed) {
    List<Slice> slices =
        spec.protocol() instanceof SlicedProtocol sliced
            ? Stream.concat(
                    warmUp(observed).stream(),
                    slices(sliced, iterations(harness), observed).stream())
                .toList()
            : List.of();
    return new TrialResult(
        slices,
        observed.openLoop(),
        observed.startUps(),
        observed.memory(),
        observed.jvms(),
        warnings(spec.protocol(), slices, observed, iterations(harness)),
        observed.warmUps(),
        observed.parts(),
        harness);
  }

  /// The harness knows nothing of these slices, so they carry the lab's own counts and times.
  private static List<Slice> warmUp(Observations observed) {
    Map<Model, Integer> rounds = new EnumMap<>(Model.class);
    List<Slice> slices = new ArrayList<>();
    for (SliceObservation own : observed.warmUpSlices()) {
      int round = rounds.merge(own.model(), 1, Integer::sum) - 1;
      slices.add(slice(round, own.model(), true, own.operations(), own.nanos(), own, null));
    }
    return slices;
  }

  private static List<Slice> slices(
      SlicedProtocol protocol, List<IterationResult> iterations, Observations observed) {
    SliceOrder order = protocol.order();
    List<SliceObservation> seen = observed.slices();
    int expected = order.slices().size();
    if (seen.size() != expected || iterations.size() != expected) {
      throw new IllegalStateException(
          "expected %d slices; found %d, and %d of the harness"
              .formatted(expected, seen.size(), iterations.size()));
    }
    List<Slice> slices = new ArrayList<>();
    for (int i = 0; i < expected; i++) {
      slices.add(
          measured(
              order.rounds().get(i),
              order.slices().get(i),
              iterations.get(i),
              seen.get(i),
              protocol));
    }
    return slices;
  }

  private static Slice measured(
      int round,
      Model model,
      IterationResult iteration,
      SliceObservation own,
      SlicedProtocol protocol) {
    if (model.role() == Role.PEER) {
      return slice(round, model, false, own.operations(), own.nanos(), own, own.latency());
    }
    Reading read = protocol.read(iteration, own);
    return slice(round, model, false, read.operations(), read.nanos(), own, read.latency());
  }

  private static Slice slice(
      int round,
      Model model,
      boolean warmup,
      long operations,
      long nanos,
      SliceObservation own,
      @Nullable String latency) {
    return new Slice(
        round,
        model,
        warmup,
        operations,
        nanos,
        cpuNanos(own, nanos),
        own.wrongReplies(),
        latency,
        warmup ? null : own.effort(),
        own.received(),
        own.conditions());
  }

  /// The lab's own window is a little longer than the harness's, in which the tasks are counted;
  /// the stream is the same in both.
  private static long cpuNanos(SliceObservation own, long nanos) {
    return own.cpuNanos() < 0
        ? own.cpuNanos()
        : Math.round(own.cpuNanos() * ((double) nanos / Math.max(1, own.nanos())));
  }

  private static List<Warning> warnings(
      TrialProtocol protocol,
      List<Slice> slices,
      Observations observed,
      List<IterationResult> iterations) {
    List<Warning> warnings = new ArrayList<>();
    int wrong = slices.stream().mapToInt(Slice::wrongReplies).sum();
    if (wrong > 0) {
      warnings.add(new Warning(Warning.Kind.WRONG_REPLY, wrong + " wrong replies"));
    }
    int mismatches =
        protocol instanceof SlicedProtocol sliced ? mismatches(sliced, observed, iterations) : 0;
    if (mismatches > 0) {
      warnings.add(
          new Warning(
              Warning.Kind.COUNT_MISMATCH,
              mismatches + " of " + iterations.size() + " slices were counted differently"));
    }
    return warnings;
  }

  /// Slices of which the harness counted other calls than the lab counted tasks.
  private static int mismatches(
      SlicedProtocol protocol, Observations observed, List<IterationResult> iterations) {
    int mismatches = 0;
    for (int i = 0; i < iterations.size(); i++) {
      SliceObservation own = observed.slices().get(i);
      long calls = iterations.get(i).getMetadata().getAllOps();
      if (own.model().role() != Role.PEER
          && calls * protocol.tasksPerCall(own.model()) != own.received()) {
        mismatches++;
      }
    }
    return mismatches;
  }

  private static List<IterationResult> iterations(RunResult harness) {
    return harness.getBenchmarkResults().stream()
        .map(BenchmarkResult::getIterationResults)
        .flatMap(java.util.Collection::stream)
        .toList();
  }
}
