package dev.forklab.fork;

import dev.forklab.fork.channel.ChildEnd;
import dev.forklab.fork.data.ChannelBounds;
import dev.forklab.fork.data.Serialization;
import dev.forklab.fork.data.Stdio;
import dev.forklab.fork.launch.JavaCommand;
import dev.forklab.fork.launch.StartArchive;
import dev.forklab.fork.process.Signals;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// How to fork. Immutable; made with [#builder()].
public final class ForkOptions {

  private static final List<Stdio> ALL_INHERITED =
      List.of(Stdio.INHERIT, Stdio.INHERIT, Stdio.INHERIT);
  private static final List<Stdio> ALL_PIPED = List.of(Stdio.PIPE, Stdio.PIPE, Stdio.PIPE);

  /// Everything as the parent has it: directory, environment, java and its flags, class path,
  /// standard streams; but for what [Builder#execArgv] says of flags.
  public static final ForkOptions DEFAULT = builder().build();

  final List<String> args;
  final Optional<Path> cwd;
  final Optional<Map<String, String>> env;
  final Optional<Path> execPath;
  final Optional<List<String>> execArgv;
  final List<String> addedFlags;
  final Optional<String> classPath;
  final List<Stdio> stdio;
  final Serialization serialization;
  final Optional<Abort> abort;
  final Optional<Duration> timeout;
  final int killSignal;
  final boolean detached;
  final Duration grace;
  final OptionalInt uid;
  final OptionalInt gid;
  final ChannelBounds bounds;
  final StartArchive startArchive;
  final List<Integer> descriptors;

  private ForkOptions(Builder from) {
    args = List.copyOf(from.args);
    cwd = from.cwd;
    env = from.env.map(Map::copyOf);
    execPath = from.execPath;
    execArgv = from.execArgv.map(List::copyOf);
    addedFlags = List.copyOf(from.addedFlags);
    classPath = from.classPath;
    stdio = from.stdio.orElse(from.silent ? ALL_PIPED : ALL_INHERITED);
    serialization = from.serialization;
    abort = from.abort;
    timeout = from.timeout;
    killSignal = from.killSignal;
    detached = from.detached;
    grace = from.grace;
    uid = from.uid;
    gid = from.gid;
    bounds = from.bounds;
    startArchive = from.startArchive;
    descriptors = List.copyOf(from.descriptors);
  }

  public static Builder builder() {
    return new Builder();
  }

  /// A builder that begins with these.
  public Builder toBuilder() {
    Builder to = new Builder();
    to.args = args;
    to.cwd = cwd;
    to.env = env;
    to.execPath = execPath;
    to.execArgv = execArgv;
    to.addedFlags.addAll(addedFlags);
    to.classPath = classPath;
    to.stdio = Optional.of(stdio);
    to.serialization = serialization;
    to.abort = abort;
    to.timeout = timeout;
    to.killSignal = killSignal;
    to.detached = detached;
    to.grace = grace;
    to.uid = uid;
    to.gid = gid;
    to.bounds = bounds;
    to.startArchive = startArchive;
    to.descriptors = descriptors;
    return to;
  }

  /// Collects options; each call replaces what an earlier one of the same name set.
  public static final class Builder {

    private List<String> args = List.of();
    private Optional<Path> cwd = Optional.empty();
    private Optional<Map<String, String>> env = Optional.empty();
    private Optional<Path> execPath = Optional.empty();
    private Optional<List<String>> execArgv = Optional.empty();
    private final List<String> addedFlags = new ArrayList<>();
    private Optional<String> classPath = Optional.empty();
    private Optional<List<Stdio>> stdio = Optional.empty();
    private boolean silent;
    private Serialization serialization = Serialization.JSON;
    private Optional<Abort> abort = Optional.empty();
    private Optional<Duration> timeout = Optional.empty();
    private int killSignal = Signals.SIGTERM;
    private boolean detached;
    private Duration grace = ChildEnd.GRACE;
    private OptionalInt uid = OptionalInt.empty();
    private OptionalInt gid = OptionalInt.empty();
    private ChannelBounds bounds = ChannelBounds.DEFAULT;
    private StartArchive startArchive = StartArchive.ofUser();
    private List<Integer> descriptors = List.of();

    private Builder() {}

    /// The arguments of the child's main method; copied.
    public Builder args(String... values) {
      return args(Arrays.asList(values));
    }

    /// The arguments of the child's main method; copied.
    public Builder args(List<String> values) {
      args = new ArrayList<>(values);
      return this;
    }

    /// The child's working directory; the parent's by default, and for an empty path. If it is
    /// missing, an `error` event says so.
    public Builder cwd(Path directory) {
      cwd = Optional.of(directory).filter(path -> !path.toString().isEmpty());
      return this;
    }

    /// All of the child's environment, in place of the parent's. That is inherited without those
    /// words in `JAVA_TOOL_OPTIONS` and the like that two processes cannot share; see [#execArgv].
    public Builder env(Map<String, String> variables) {
      env = Optional.of(variables);
      return this;
    }

    /// The `java` to run; this JVM's own by default. A script in its place must leave descriptors 3
    /// to 6 open: they are the channel.
    public Builder execPath(Path java) {
      execPath = Optional.of(java);
      return this;
    }

    /// The flags of the child's JVM; by default this JVM's own, without what two processes cannot
    /// share: agents (a debugger among them), a management port, a flight recording, a log file
    /// without `%p` in its name, an archive to write. In front of them, given or not, stand those
    /// of a lean child, which these flags override: the serial collector (unless one is chosen), no
    /// file of performance data, and the JDK's archives where they were made for, so that their
    /// pages are shared: not at a random address.
    public Builder execArgv(String... flags) {
      execArgv = Optional.of(List.of(flags));
      return this;
    }

    /// Flags behind those of [#execArgv], given or inherited, and so in force.
    public Builder addExecArgv(String... flags) {
      addedFlags.addAll(List.of(flags));
      return this;
    }

    /// How far the child's heap may grow, in bytes, from 2 MiB; by default as [#execArgv] says, or
    /// else what `java` takes, a quarter of the machine's memory.
    ///
    /// @throws IllegalArgumentException if it is smaller
    public Builder heapLimit(long bytes) {
      addedFlags.add(JavaCommand.heapLimit(bytes));
      return this;
    }

    /// The same as `java` takes it: `"256m"`.
    ///
    /// @throws IllegalArgumentException if it is not a size, or a smaller one
    public Builder heapLimit(String size) {
      return heapLimit(JavaCommand.bytesOf(size));
    }

    /// Whether the child ends, with exit code 3, when its heap is exhausted, instead of going on
    /// with an [OutOfMemoryError] wherever it was; by default as [#execArgv] says.
    public Builder exitOnOutOfMemory(boolean exits) {
      addedFlags.add(JavaCommand.exitOnOutOfMemory(exits));
      return this;
    }

    /// The child's class path; this JVM's by default. This library and what it needs must be on it.
    public Builder classPath(String path) {
      classPath = Optional.of(path);
      return this;
    }

    /// Pipes all three standard streams to the parent, unless [#stdio] says otherwise.
    public Builder silent(boolean piped) {
      silent = piped;
      return this;
    }

    /// What each standard stream of the child is. Wins over [#silent].
    public Builder stdio(Stdio stdin, Stdio stdout, Stdio stderr) {
      stdio = Optional.of(List.of(stdin, stdout, stderr));
      return this;
    }

    /// Open descriptors of this process that the child inherits as 8, 9 and so on, eight at most;
    /// none by default. Each must be 16 or above, and stay open until `fork` has returned. On Linux
    /// only: elsewhere the child does not start, with an `error` event.
    public Builder descriptors(List<Integer> numbers) {
      descriptors = List.copyOf(numbers);
      return this;
    }

    /// How messages travel: [Serialization#JSON] by default.
    public Builder serialization(Serialization mode) {
      serialization = mode;
      return this;
    }

    /// Kills the child when it is used.
    public Builder abort(Abort signal) {
      abort = Optional.of(signal);
      return this;
    }

    /// Kills the child, once, when it runs longer; zero is no limit, the default.
    public Builder timeout(Duration limit) {
      if (limit.isNegative()) {
        throw new IllegalArgumentException("expected a timeout of zero or more, found " + limit);
      }
      timeout = Optional.of(limit).filter(Duration::isPositive);
      return this;
    }

    /// What timeout and abort kill with: `SIGTERM` by default.
    ///
    /// @throws IllegalArgumentException if there is no such signal
    public Builder killSignal(String name) {
      killSignal = Signals.number(name);
      return this;
    }

    /// Whether the child leads a session of its own and goes on when the parent has ended; the
    /// parent then does not stay for it.
    public Builder detached(boolean value) {
      detached = value;
      return this;
    }

    /// How long a child that is not detached may take to end by itself when its parent has ended,
    /// for its disconnect listeners and then its shutdown hooks; 5 seconds by default. After that
    /// it is ended, whatever it does. Zero ends it at once, without either.
    public Builder grace(Duration limit) {
      if (limit.isNegative()) {
        throw new IllegalArgumentException("expected a grace of zero or more, found " + limit);
      }
      grace = limit;
      return this;
    }

    /// The user to run the child as; needs to be root.
    public Builder uid(int user) {
      uid = OptionalInt.of(user);
      return this;
    }

    /// The group to run the child as; needs to be root.
    public Builder gid(int group) {
      gid = OptionalInt.of(group);
      return this;
    }

    /// How much the channel may hold, at both ends.
    public Builder bounds(ChannelBounds values) {
      bounds = values;
      return this;
    }

    /// The directory of the archives that let children start faster, once [Fork#prepare] has made
    /// them; by default `$XDG_CACHE_HOME/forklab`, or `~/.cache/forklab`. It is made when the first
    /// archive is; one that is there must be the user's, of mode 0700, for archives are code.
    public Builder startArchive(Path directory) {
      startArchive = StartArchive.in(directory);
      return this;
    }

    /// Starts the child without an archive.
    public Builder noStartArchive() {
      startArchive = StartArchive.NONE;
      return this;
    }

    public ForkOptions build() {
      return new ForkOptions(this);
    }
  }
}
