package dev.forklab.results;

import dev.forklab.results.Mark.Shape;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A way to run the work: its name in files, options and reports, and its traits. What the lab does
/// with a model, and what its answer says of it, follows from these.
public enum Model {
  /// One thread calls the function; no pool. The baseline.
  INLINE(
      "inline",
      Role.BASELINE,
      Place.CALLER,
      "inline (no pool)",
      new Mark(0x6B6E73, 0x9DA3AB, Shape.DIAMOND)),
  /// The baseline a second time under another name: what differs between the two is noise.
  CONTROL(
      "inline-control",
      Role.CONTROL,
      Place.CALLER,
      "inline again (control)",
      new Mark(0x8D9096, 0x80868E, Shape.DIAMOND)),
  /// Child JVMs that exchange messages over a channel, as JSON.
  FORK(
      "fork",
      Role.CANDIDATE,
      Place.CHILD_JVMS,
      "forked processes (JSON)",
      new Mark(0xD55E00, 0xFF8B3D, Shape.CIRCLE),
      Codec.JSON,
      null),
  /// The same, with bytes on the channel as they are.
  FORK_BINARY(
      "fork-binary",
      Role.CANDIDATE,
      Place.CHILD_JVMS,
      "forked processes (bytes)",
      new Mark(0x962B04, 0xBE3339, Shape.HEXAGON),
      Codec.BINARY,
      null),
  /// Platform threads.
  THREADS(
      "threads",
      Role.CANDIDATE,
      Place.THREADS,
      "platform threads",
      new Mark(0x0072B2, 0x56A8E0, Shape.SQUARE)),
  /// Virtual threads.
  VIRTUAL(
      "virtual",
      Role.CANDIDATE,
      Place.THREADS,
      "virtual threads",
      new Mark(0x008F68, 0x35C49A, Shape.TRIANGLE)),
  /// The JDK's fixed thread pool, unbounded queue and all: the reference for `threads`.
  JDK_FIXED(
      "jdk-fixed",
      Role.REFERENCE,
      Place.THREADS,
      "JDK fixed pool",
      new Mark(0x56B4E9, 0x8FCDF0, Shape.SQUARE),
      THREADS),
  /// The JDK's virtual-thread-per-task executor, limited by the submitter's window alone: the
  /// reference for `virtual`.
  JDK_VIRTUAL(
      "jdk-virtual",
      Role.REFERENCE,
      Place.THREADS,
      "JDK virtual-thread-per-task executor",
      new Mark(0xCC79A7, 0xE3A3C6, Shape.TRIANGLE_DOWN),
      VIRTUAL),
  /// A fork-join pool: another reference, for all.
  JDK_FORKJOIN(
      "jdk-forkjoin",
      Role.REFERENCE,
      Place.THREADS,
      "JDK fork-join pool",
      new Mark(0xC98B00, 0xEDBB4A, Shape.CROSS)),
  /// Node's `child_process.fork`, driven by Node itself.
  NODE(
      "node",
      Role.PEER,
      Place.OTHER_RUNTIME,
      "Node child_process.fork",
      new Mark(0x2B1A5A, 0x7A7CFF, Shape.HEXAGON),
      Codec.JSON,
      FORK),
  /// The same with structured clone in place of JSON.
  NODE_BINARY(
      "node-binary",
      Role.PEER,
      Place.OTHER_RUNTIME,
      "Node child_process.fork (structured clone)",
      new Mark(0x4020E0, 0x5A55E0, Shape.DIAMOND),
      Codec.BINARY,
      FORK_BINARY),
  /// Node's `worker_threads`, driven by Node itself.
  NODE_THREADS(
      "node-threads",
      Role.PEER,
      Place.OTHER_RUNTIME,
      "Node worker_threads",
      new Mark(0x8A5BE8, 0xE9C9F0, Shape.BAR),
      THREADS),
  /// Python's `ProcessPoolExecutor`, driven by Python itself.
  PYTHON(
      "python",
      Role.PEER,
      Place.OTHER_RUNTIME,
      "Python ProcessPoolExecutor",
      new Mark(0x6E1423, 0xF4F08A, Shape.TRIANGLE_DOWN),
      FORK),
  /// `threads` a second time under another name; what differs between the two is noise.
  INJECTED_0(THREADS, 0),
  /// `threads` with 1% more work in each task, and so on: differences known beforehand.
  INJECTED_1(THREADS, 1),
  INJECTED_2(THREADS, 2),
  INJECTED_3(THREADS, 3),
  INJECTED_5(THREADS, 5),
  INJECTED_10(THREADS, 10);

  /// Why a model takes part.
  public enum Role {
    BASELINE,
    CONTROL,
    CANDIDATE,
    REFERENCE,
    /// Another runtime's way to run the same work.
    PEER,
    /// Only in a selftest: what the lab should find of it is known.
    INJECTED
  }

  /// Where a model runs its tasks.
  public enum Place {
    /// On the thread that submits them.
    CALLER,
    /// On other threads of the JVM that submits them.
    THREADS,
    /// In JVMs of their own, one for each worker.
    CHILD_JVMS,
    /// Where another runtime has them, which submits them itself.
    OTHER_RUNTIME
  }

  /// How messages travel between processes.
  public enum Codec {
    JSON("json"),
    BINARY("binary");

    private final String id;

    Codec(String id) {
      this.id = id;
    }

    /// The name in files.
    public String id() {
      return id;
    }
  }

  private final String id;
  private final Role role;
  private final Place place;
  private final String label;

  @SuppressWarnings("ImmutableEnumChecker") // It is: a record of numbers.
  private final Mark mark;

  private final @Nullable Codec codec;
  private final @Nullable Model counterpart;
  private final int extraWorkPercent;

  Model(String id, Role role, Place place, String label, Mark mark) {
    this(id, role, place, label, mark, null, null);
  }

  Model(String id, Role role, Place place, String label, Mark mark, Model counterpart) {
    this(id, role, place, label, mark, null, counterpart);
  }

  Model(
      String id,
      Role role,
      Place place,
      String label,
      Mark mark,
      @Nullable Codec codec,
      @Nullable Model counterpart) {
    this.id = id;
    this.role = role;
    this.place = place;
    this.label = label;
    this.mark = mark;
    this.codec = codec;
    this.counterpart = counterpart;
    this.extraWorkPercent = 0;
  }

  Model(Model slowed, int extraWorkPercent) {
    this.id = slowed.id + "-slowed-" + extraWorkPercent;
    this.role = Role.INJECTED;
    this.place = slowed.place;
    this.label = slowed.label + ", " + extraWorkPercent + "% more work";
    this.mark = slowed.mark;
    this.codec = null;
    this.counterpart = slowed;
    this.extraWorkPercent = extraWorkPercent;
  }

  /// The name in files and options.
  public String id() {
    return id;
  }

  public Role role() {
    return role;
  }

  public Place place() {
    return place;
  }

  /// The name in charts and prose.
  public String label() {
    return label;
  }

  public Mark mark() {
    return mark;
  }

  /// How its messages travel, if they leave the process.
  public Optional<Codec> codec() {
    return Optional.ofNullable(codec);
  }

  /// The candidate that it is compared with: empty for a candidate itself, and for a reference of
  /// all.
  public Optional<Model> counterpart() {
    return Optional.ofNullable(counterpart);
  }

  /// How much more work each of its tasks is given than the cell's task time, in percent; 0 for all
  /// but injected models.
  public int extraWorkPercent() {
    return extraWorkPercent;
  }

  public boolean isCandidate() {
    return role == Role.CANDIDATE;
  }

  /// Whether it is another model but for its codec: bytes, where that one has JSON.
  public boolean isOtherCodecOf(Model other) {
    return role == other.role
        && place == other.place
        && codec == Codec.BINARY
        && other.codec == Codec.JSON;
  }

  /// Whether its tasks run in the process that submits them, on code that the others there share.
  public boolean inProcess() {
    return place == Place.CALLER || place == Place.THREADS;
  }

  /// Whether a crash of a task stays in one worker.
  public boolean isolates() {
    return !inProcess();
  }

  /// Whether any task can be ended for certain, whatever it does: with its worker's process. A
  /// thread ends only if its code agrees.
  public boolean endsTasks() {
    return !inProcess();
  }

  /// Whether what its tasks take and do not give back can be ended while the service goes on: with
  /// a worker's process.
  public boolean endsLeaks() {
    return !inProcess();
  }

  /// Whether tasks can share objects with each other and with their caller.
  public boolean sharesState() {
    return inProcess();
  }

  /// Whether each of its workers is a JVM that has to start, and warms up by itself.
  public boolean hasChildJvms() {
    return place == Place.CHILD_JVMS;
  }

  /// The model of this name, if there is one.
  public static Optional<Model> of(String id) {
    return Arrays.stream(values()).filter(model -> model.id.equals(id)).findFirst();
  }
}
