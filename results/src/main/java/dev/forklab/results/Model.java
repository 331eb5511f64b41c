package dev.forklab.results;

import java.util.Arrays;
import java.util.Optional;

/// A way to run the work, by the name that it has in files, options and reports.
public enum Model {
  /// One thread calls the function; no pool. The baseline.
  INLINE("inline", Role.BASELINE, "inline (no pool)"),
  /// The baseline a second time under another name: what differs between the two is noise.
  CONTROL("inline-control", Role.CONTROL, "inline again (control)"),
  /// Child JVMs that exchange messages over a channel.
  FORK("fork", Role.CANDIDATE, "forked processes"),
  /// Platform threads.
  THREADS("threads", Role.CANDIDATE, "platform threads"),
  /// Virtual threads.
  VIRTUAL("virtual", Role.CANDIDATE, "virtual threads"),
  /// The JDK's fixed thread pool, unbounded queue and all: the reference for `threads`.
  JDK_FIXED("jdk-fixed", Role.REFERENCE, "JDK fixed pool"),
  /// The JDK's virtual-thread-per-task executor, limited by the submitter's window alone: the
  /// reference for `virtual`.
  JDK_VIRTUAL("jdk-virtual", Role.REFERENCE, "JDK virtual per task"),
  /// A fork-join pool: another reference.
  JDK_FORKJOIN("jdk-forkjoin", Role.REFERENCE, "JDK fork-join pool"),
  /// Node's `child_process.fork`, driven by Node itself.
  NODE("node", Role.PEER, "Node child_process.fork"),
  /// Node's `worker_threads`, driven by Node itself.
  NODE_THREADS("node-threads", Role.PEER, "Node worker_threads"),
  /// Python's `ProcessPoolExecutor`, driven by Python itself.
  PYTHON("python", Role.PEER, "Python ProcessPoolExecutor"),
  /// `threads` a second time under another name; what differs between the two is noise.
  PLANTED_0("threads-slowed-0", 0),
  /// `threads` with 1% more work in each task, and so on: differences known beforehand.
  PLANTED_1("threads-slowed-1", 1),
  PLANTED_2("threads-slowed-2", 2),
  PLANTED_3("threads-slowed-3", 3),
  PLANTED_5("threads-slowed-5", 5),
  PLANTED_10("threads-slowed-10", 10);

  /// Why a model takes part.
  public enum Role {
    BASELINE,
    CONTROL,
    CANDIDATE,
    REFERENCE,
    /// Another runtime's way to run the same work.
    PEER,
    /// Only in a selftest: what the lab should find of it is known.
    PLANTED
  }

  private final String id;
  private final Role role;
  private final String label;
  private final int extraWorkPercent;

  Model(String id, Role role, String label) {
    this(id, role, label, 0);
  }

  Model(String id, int extraWorkPercent) {
    this(
        id,
        Role.PLANTED,
        "platform threads, " + extraWorkPercent + "% more work",
        extraWorkPercent);
  }

  Model(String id, Role role, String label, int extraWorkPercent) {
    this.id = id;
    this.role = role;
    this.label = label;
    this.extraWorkPercent = extraWorkPercent;
  }

  /// The name in files and options.
  public String id() {
    return id;
  }

  public Role role() {
    return role;
  }

  /// The name in charts and prose.
  public String label() {
    return label;
  }

  /// How much more work each of its tasks is given than the cell's task time, in percent; 0 for all
  /// but planted models.
  public int extraWorkPercent() {
    return extraWorkPercent;
  }

  /// Whether its tasks run in the process that submits them, on code that the others there share.
  public boolean inProcess() {
    return this != FORK && role != Role.PEER;
  }

  /// The model of this name, if there is one.
  public static Optional<Model> of(String id) {
    return Arrays.stream(values()).filter(model -> model.id.equals(id)).findFirst();
  }
}
