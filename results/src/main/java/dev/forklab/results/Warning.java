package dev.forklab.results;

/// Something that can spoil a number, with what to do about it.
///
/// @param kind which of the known things
/// @param detail what was seen, with numbers and units
public record Warning(Kind kind, String detail) {

  /// The closed list of what the lab looks for.
  public enum Kind {
    OVERSUBSCRIBED(
        "more workers than CPUs",
        "read these cells as oversubscription, not as scaling; run on a machine with more CPUs"),
    BUSY_MACHINE(
        "something else used the CPUs",
        "stop other work on this machine, or run again when it is quiet"),
    STANDSTILL(
        "the machine stood still",
        "keep it awake, and the lab in the foreground; the slices concerned are in no result;"
            + " repeat the run if there are many"),
    CPU_STEAL(
        "the hypervisor gave CPU time to others",
        "prefer a dedicated host; trust ratios, not absolute times"),
    CPU_THROTTLED(
        "the container's CPU quota throttled the run", "raise the CPU quota or remove it"),
    CPU_QUOTA(
        "a quota allows less CPU time than there are CPUs",
        "raise the quota to whole CPUs, or bind the container to CPUs (a cpuset) instead"),
    CPU_GOVERNOR(
        "the CPU frequency governor saves power", "set the governor to 'performance' for the run"),
    TURBO("the CPU may change its clock with load", "disable turbo for steadier absolute numbers"),
    VIRTUAL_MACHINE(
        "this is a virtual machine",
        "neighbors and frequency are invisible; trust ratios, not absolute times"),
    SMT("logical CPUs share cores", "read efficiency against physical cores"),
    NUMA(
        "the CPUs belong to several memory nodes",
        "bind the run to one node (numactl --cpunodebind=0 --membind=0), or read large messages"
            + " with care"),
    LOW_MEMORY("memory is short", "free memory, or lower --heap or --sizes"),
    MEMORY_PRESSURE(
        "tasks of this machine waited for memory",
        "free memory, or lower --heap or --sizes, until nothing has to wait"),
    SWAPPING("the machine swapped during the run", "free memory or turn swap off"),
    NOT_PINNED(
        "the process tree could not be bound to its CPUs",
        "install taskset (util-linux); cells below the machine's CPUs may use more than they say"),
    APPROXIMATE_MEMORY(
        "memory is resident size, not proportional",
        "shared pages are counted once per process here; run on Linux for PSS and USS"),
    STILL_WARMING_UP(
        "a model was still warming up when it was measured", "give the run more time: --time"),
    NOT_STEADY(
        "a model had not reached its steady state when measuring began",
        "its measurements there are left out; give the run a quieter machine, or longer tasks"),
    DRIFT(
        "the machine's speed changed during the run",
        "paired comparisons are still valid; do not compare absolute numbers across cells"),
    TOTALS_DIFFER(
        "slow slices cost one model more than another",
        "ratios compare usual slices; if only the total work counts for you, use the totals"),
    TASK_TIME_OFF(
        "the task time reached differs from the one asked for",
        "read the achieved task time in the table; choose a longer --task"),
    CAPACITY_DIFFERS(
        "loads are shares of a capacity that the rest of the run does not confirm",
        "read the rates offered, not the shares; give the run more time, or a quieter machine"),
    COUNT_MISMATCH(
        "the harness and the lab counted different numbers of tasks",
        "do not use this cell; report it as a defect"),
    ISOLATION_DISAGREES(
        "models alone in their JVMs compare differently",
        "look at both: alone, the machine's drift is not paired away; interleaved, models share a"
            + " heap and a compiler; measure for longer, and trust neither until they agree"),
    WRONG_REPLY("a reply was wrong", "do not use this cell; report it as a defect"),
    TRIAL_FAILED("a trial failed", "see the trial's message; its cell has less data or none"),
    NOISY("the noise floor is high", "give the run more time, or a quieter machine"),
    INCOMPLETE("the run did not finish", "resume it, or read the cells that are there");

    private final String title;
    private final String advice;

    Kind(String title, String advice) {
      this.title = title;
      this.advice = advice;
    }

    /// What it is, without numbers.
    public String title() {
      return title;
    }

    /// What to do about it.
    public String advice() {
      return advice;
    }
  }
}
