package dev.forklab.bench.faults;

import dev.forklab.results.Fault;
import dev.forklab.results.FaultPlan;
import dev.forklab.results.Seeded;
import dev.forklab.workload.TaskFunction;
import dev.forklab.workload.WarmUpMessage;
import dev.forklab.workload.WorkloadSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;

/// The tasks of a run, and their right replies.
final class ServiceTasks {

  private static final int VARIANTS = 8;

  private final String workload;
  private final List<byte[]> payloads = new ArrayList<>();
  private final List<byte[]> plain = new ArrayList<>();
  private final List<byte[]> replies = new ArrayList<>();

  private ServiceTasks(FaultPlan plan, UnaryOperator<byte[]> message) {
    this.workload = plan.workload();
    TaskFunction function = new WorkloadSpec(workload, plan.iterations()).function();
    Random random = Seeded.random(plan.seed());
    for (int i = 0; i < VARIANTS; i++) {
      byte[] bytes = new byte[plan.messageBytes()];
      random.nextBytes(bytes);
      byte[] payload = message.apply(bytes);
      payloads.add(payload);
      plain.add(new FaultMessage(Fault.NONE, 0, "", workload, payload).encoded());
      try {
        replies.add(function.apply(payload));
      } catch (Exception e) {
        throw new IllegalStateException("the workload failed in the lab: " + e, e);
      }
    }
  }

  /// Makes messages and computes what they come to; the workload is found through the context class
  /// loader.
  static ServiceTasks of(FaultPlan plan) {
    return new ServiceTasks(plan, UnaryOperator.identity());
  }

  /// The same with a tenth of the work each.
  static ServiceTasks brief(FaultPlan plan) {
    return new ServiceTasks(plan, WarmUpMessage::of);
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
