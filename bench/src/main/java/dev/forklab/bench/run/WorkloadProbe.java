package dev.forklab.bench.run;

import dev.forklab.bench.plan.BadRequestException;
import dev.forklab.bench.plan.WorkloadChoice;
import dev.forklab.workload.UnknownWorkloadException;
import dev.forklab.workload.Workload;
import dev.forklab.workload.WorkloadSpec;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.ServiceConfigurationError;
import org.jspecify.annotations.Nullable;

/// Finds out whether a workload can be measured before anything is: it is there, can be made,
/// answers messages of each size, and answers them the same every time. What cannot show here (a
/// reply that differs from process to process) the check of every slice's replies shows later.
public final class WorkloadProbe {

  private static final long SEED = 20_260_102L;

  private WorkloadProbe() {}

  /// The workload of this name, found through the context class loader and found sound.
  ///
  /// @throws BadRequestException if it cannot be measured; says why
  public static WorkloadChoice choose(String name, WorkloadJars jars, List<Integer> messageBytes) {
    Workload workload = load(name, jars);
    boolean ours = workload.getClass().getPackage() == Workload.class.getPackage();
    if (!ours) {
      Workload again = load(name, jars);
      messageBytes.forEach(bytes -> checkReplies(name, workload, again, bytes));
    }
    return new WorkloadChoice(name, jars.recorded(), workload.taskHeapBytes());
  }

  private static Workload load(String name, WorkloadJars jars) {
    try {
      return new WorkloadSpec(name, 1).workload();
    } catch (UnknownWorkloadException e) {
      throw new BadRequestException(whyNot(name, jars, e.getCause()));
    } catch (LinkageError | ServiceConfigurationError e) {
      Throwable reason = e.getCause() == null ? e : e.getCause();
      throw new BadRequestException(
          "expected workload %s to load, it failed with %s".formatted(name, reason));
    } catch (IllegalArgumentException e) {
      throw new BadRequestException(e.getMessage() + " in --workload");
    }
  }

  private static String whyNot(String name, WorkloadJars jars, @Nullable Throwable reason) {
    return switch (reason) {
      case ClassCastException _ ->
          "expected class %s to implement %s, it does not"
              .formatted(name, Workload.class.getName());
      case InvocationTargetException thrown ->
          "expected workload %s to be made by its constructor, that threw %s"
              .formatted(name, thrown.getCause());
      case InstantiationException _, NoSuchMethodException _, IllegalAccessException _ ->
          "expected class %s to be public, not abstract, with a public constructor without"
                  .formatted(name)
              + " parameters, it is not";
      case null, default -> notThere(name, jars);
    };
  }

  private static String notThere(String name, WorkloadJars jars) {
    String builtIn = String.join(", ", WorkloadSpec.registered());
    return jars.recorded().isEmpty()
        ? "expected a workload of %s in --workload, found '%s'; for one of your own give its class and --workload-jar"
            .formatted(builtIn, name)
        : "expected class %s in %s, found none; check --workload and --workload-jar"
            .formatted(
                name, String.join(", ", jars.recorded().stream().map(jar -> jar.path()).toList()));
  }

  private static void checkReplies(String name, Workload one, Workload other, int bytes) {
    byte[] message = new byte[bytes];
    new Random(SEED).nextBytes(message);
    byte[] sent = message.clone();
    byte[] reply = reply(name, one, message);
    boolean same =
        Arrays.equals(reply, reply(name, one, message))
            && Arrays.equals(reply, reply(name, other, message));
    if (!Arrays.equals(message, sent)) {
      throw new BadRequestException(
          "expected workload %s to leave its message alone, it changed one of %d bytes"
              .formatted(name, bytes));
    }
    if (!same) {
      throw new BadRequestException(
          "expected workload %s to be pure, it gave two replies to one message of %d bytes; the lab could not tell a wrong reply from a right one"
              .formatted(name, bytes));
    }
  }

  private static byte[] reply(String name, Workload workload, byte[] message) {
    byte @Nullable [] reply;
    try {
      reply = workload.apply(message, 1);
    } catch (Exception | LinkageError e) {
      throw new BadRequestException(
          "expected workload %s to answer a message of %d bytes, it threw %s"
              .formatted(name, message.length, e));
    }
    if (reply == null) {
      throw new BadRequestException(
          "expected workload %s to answer a message of %d bytes, its reply was null"
              .formatted(name, message.length));
    }
    return reply;
  }
}
