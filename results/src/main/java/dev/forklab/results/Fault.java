package dev.forklab.results;

import java.util.Arrays;
import java.util.Optional;

/// Something that goes wrong on purpose in a service: its name in files, options and reports, what
/// it does, and what kind of harm it is; the usual ones first. How it is done is the measuring
/// side's own business.
public enum Fault {
  /// Nothing: what the watcher finds then is its own noise (an A/A control).
  NONE("none", Harm.NOTHING, Aim.NOBODY, "nothing goes wrong (A/A)", ""),
  EXCEPTION("exception", Harm.CRASH, Aim.TASK, "a task throws an exception", ""),
  EXIT("exit", Harm.CRASH, Aim.TASK, "a task calls System.exit", ""),
  OOM("oom", Harm.CRASH, Aim.TASK, "a task exhausts the heap", ""),
  LOOP("loop", Harm.STUCK, Aim.TASK, "a task loops without end", ""),
  SEGV("segv", Harm.CRASH, Aim.TASK, "a task writes to address 0 (SIGSEGV)", ""),
  KILL(
      "kill",
      Harm.CRASH,
      Aim.WORKER,
      "a worker gets SIGKILL",
      "a thread cannot be killed: the service's own process gets SIGKILL"),
  DEADLOCK("deadlock", Harm.STUCK, Aim.TASK, "a task deadlocks with a thread of its own", ""),
  LEAK("leak", Harm.LEAK, Aim.TASKS, "each task leaks a little heap for a while", ""),
  STACK("stack", Harm.CRASH, Aim.TASK, "a task recurses until its stack overflows", ""),
  STOP(
      "stop",
      Harm.STUCK,
      Aim.WORKER,
      "a worker gets SIGSTOP",
      "a thread cannot be stopped: the service's own process gets SIGSTOP"),
  IGNORE("ignore", Harm.STUCK, Aim.TASK, "a task waits without end and ignores interruption", ""),
  HALT("halt", Harm.CRASH, Aim.TASK, "a task calls Runtime.halt", ""),
  NATIVE(
      "native",
      Harm.LEAK,
      Aim.TASK,
      "a task takes all direct memory that its JVM allows, and keeps it",
      ""),
  THREADS("threads", Harm.LEAK, Aim.TASKS, "each task leaks a thread for a while", ""),
  DESCRIPTORS(
      "descriptors",
      Harm.LEAK,
      Aim.TASKS,
      "each task leaks descriptors for a while, of the 256 that its process may have",
      ""),
  GARBAGE("garbage", Harm.LOAD, Aim.TASK, "a task makes garbage as fast as it can for a while", ""),
  STATIC("static", Harm.STATE, Aim.TASK, "a task corrupts static state that later tasks read", ""),
  HUGE("huge", Harm.LOAD, Aim.TASK, "a task has a reply of 24 MiB", ""),
  POISON(
      "poison",
      Harm.CRASH,
      Aim.TASK,
      "a message ends the process of every worker that takes it; it is delivered three times",
      ""),
  NEIGHBOR(
      "neighbor", Harm.LOAD, Aim.MACHINE, "another process takes one of the CPUs for a while", "");

  /// What kind of harm a fault does, and so what protects from it.
  public enum Harm {
    NOTHING,
    /// Something ends: isolation protects.
    CRASH,
    /// Something does not end: only what can be killed ends it.
    STUCK,
    /// Something is taken and not given back.
    LEAK,
    /// Too much is done or sent.
    LOAD,
    /// What others read is wrong.
    STATE
  }

  /// Where a fault is made to happen.
  public enum Aim {
    NOBODY,
    /// In one task.
    TASK,
    /// In each of many tasks.
    TASKS,
    /// From outside, in the process of one worker.
    WORKER,
    /// From outside, beside the service.
    MACHINE
  }

  private final String id;
  private final Harm harm;
  private final Aim aim;
  private final String deed;
  private final String nearest;

  Fault(String id, Harm harm, Aim aim, String deed, String nearest) {
    this.id = id;
    this.harm = harm;
    this.aim = aim;
    this.deed = deed;
    this.nearest = nearest;
  }

  /// The name in files and options.
  public String id() {
    return id;
  }

  public Harm harm() {
    return harm;
  }

  public Aim aim() {
    return aim;
  }

  /// What happens, as a clause.
  public String deed() {
    return deed;
  }

  /// What happens instead where workers are threads; empty where it is the same.
  public String nearest() {
    return nearest;
  }

  /// What happens to this model's workers, as a clause.
  public String deed(Model model) {
    return model.inProcess() && !nearest.isEmpty() ? nearest : deed;
  }

  /// The fault of this name, if there is one.
  public static Optional<Fault> of(String id) {
    return Arrays.stream(values()).filter(fault -> fault.id.equals(id)).findFirst();
  }
}
