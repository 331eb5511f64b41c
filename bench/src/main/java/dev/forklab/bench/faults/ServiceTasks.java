package dev.forklab.bench.faults;

import dev.forklab.results.Fault;
import dev.forklab.results.FaultPlan;
import dev.forklab.results.Seeded;
import dev.forklab.workload.Workload;
import dev.forklab.workload.WorkloadSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// The tasks of a run, and their right replies.
final class ServiceTasks {

  private static final int VARIANTS = 8;

  private final String workload;
  private final List<byte[]> payloads = new ArrayList<>();
  private final List<byte[]> plain = new ArrayList<>();
  private final List<byte[]> replies = new ArrayList<>();

  private ServiceTasks(String workload) {
    this.workload = workload;
  }

  /// Makes messages and computes what they come to; the workload is found through the context class
  /// loader.
  static ServiceTasks of(FaultPlan plan) {
    ServiceTasks tasks = new ServiceTasks(plan.workload());
    Workload workload = new WorkloadSpec(plan.workload(), 1).workload();
    Random random = Seeded.random(plan.seed());
    for (int i = 0; i < VARIANTS; i++) {
      byte[] payload = new byte[plan.messageBytes()];
      random.nextBytes(payload);
      tasks.payloads.add(payload);
      tasks.plain.add(new FaultMessage(Fault.NONE, 0, "", plan.workload(), payload).encoded());
      try {
        tasks.replies.add(workload.apply(payload, plan.iterations()));
      } catch (Exception e) {
        throw new IllegalStateException("the workload failed in the lab: " + e, e);
      }
    }
    return tasks;
  }

  /// The message of a task that only works.
  byte[] plain(int task) {
    return plain.get(Math.floorMod(task, VARIANTS));
  }

  /// The message of a task that does a fault and works.
  byte[] faulty(int task, Fault fault, int amount, Path witness) {
    byte[] payload = payloads.get(Math.floorMod(task, VARIANTS));
    return new FaultMessage(fault, amount, witness.toString(), workload, payload).encoded();
  }

  boolean isRight(int task, byte[] reply) {
    return Arrays.equals(replies.get(Math.floorMod(task, VARIANTS)), reply);
  }
}
