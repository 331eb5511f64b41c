package dev.forklab.bench.faults;

import dev.forklab.results.Fault;
import dev.forklab.workload.TaskFunction;
import dev.forklab.workload.Workload;
import dev.forklab.workload.WorkloadSpec;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Does the work of the workload that a [FaultMessage] names, and before it the fault that it asks
/// for, if any.
public final class FaultyWorkload implements Workload {

  private final Map<WorkloadSpec, TaskFunction> functions = new ConcurrentHashMap<>();
  private final Map<String, Witness> witnesses = new ConcurrentHashMap<>();

  /// For whoever finds it by its name.
  public FaultyWorkload() {}

  @Override
  public byte[] apply(byte[] message, int iterations) throws Exception {
    FaultMessage task = FaultMessage.decoded(message);
    if (task.fault() != Fault.NONE) {
      Optional<byte[]> reply = Misdeeds.commit(task, witness(task.witness()));
      if (reply.isPresent()) {
        return reply.get();
      }
    }
    TaskFunction function =
        functions.computeIfAbsent(
            new WorkloadSpec(task.workload(), iterations), WorkloadSpec::function);
    return Misdeeds.masked(function.apply(task.payload()));
  }

  private Witness witness(String path) throws java.io.IOException {
    Witness known = witnesses.get(path);
    if (known == null) {
      known = Witness.at(Path.of(path));
      witnesses.put(path, known);
    }
    return known;
  }
}
