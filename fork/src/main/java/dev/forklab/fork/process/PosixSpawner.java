package dev.forklab.fork.process;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.forklab.fork.channel.Inherited;
import dev.forklab.fork.data.SpawnException;
import dev.forklab.fork.data.Stdio;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Starts processes with `posix_spawn`: no descriptor above 2 reaches the child but its channel and
/// those that it is given, it ignores and blocks no signal (as Node's children), and its wait
/// status stays ours to read.
final class PosixSpawner implements Spawner {

  // Larger than the opaque structures of glibc (336 and 80 bytes) and musl.
  private static final int OPAQUE_BYTES = 1024;
  private static final short SET_SIGNAL_DEFAULTS = 0x04;
  private static final short SET_SIGNAL_MASK = 0x08;
  private static final short SET_SESSION = 0x80;

  /// Where a process sees its own descriptors as files; the pipes of a channel need it.
  private static final boolean HAS_PROC = Files.isDirectory(Path.of("/proc/self/fd"));

  private static final int FILE_MODE = 0666;

  private final LibC c;

  PosixSpawner(LibC c) {
    this.c = c;
  }

  @Override
  public String describe() {
    return "posix_spawn: exit codes and signals are told apart";
  }

  @Override
  public Optional<ChannelPipes> openPipes() throws IOException {
    return HAS_PROC ? Optional.of(ChannelPipes.open(c)) : Optional.empty();
  }

  @Override
  public ChildHandle spawn(ProcessSpec spec) throws IOException {
    return spawn(spec, Map.of());
  }

  @Override
  public ChildHandle spawn(ProcessSpec spec, ChannelPipes pipes) throws IOException {
    ChildHandle child = spawn(spec, pipes.childEnds());
    pipes.closeChildEnds();
    return child;
  }

  private ChildHandle spawn(ProcessSpec spec, Map<Inherited, Integer> inherited)
      throws IOException {
    List<ParentPipe> pipes = new ArrayList<>();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment actions = arena.allocate(OPAQUE_BYTES, Long.BYTES);
      MemorySegment attributes = arena.allocate(OPAQUE_BYTES, Long.BYTES);
      check("file actions", c.actionsInit, actions);
      check("attributes", c.attributesInit, attributes);
      try {
        setActions(arena, actions, spec, pipes);
        setDescriptors(actions, inherited, spec.descriptors());
        setAttributes(arena, attributes, spec.session() != Session.PARENTS);
        int pid = spawn(arena, actions, attributes, spec);
        boolean endsOthers = spec.session() == Session.ENDS_WITH_IT;
        return new PosixChild(c, pid, ParentPipe.streams(pipes), endsOthers);
      } catch (IOException e) {
        ParentPipe.abandon(pipes);
        throw e;
      } finally {
        ParentPipe.closeChildEnds(c, pipes);
        check("attributes", c.attributesDestroy, attributes);
        check("file actions", c.actionsDestroy, actions);
      }
    }
  }

  private void setActions(
      Arena arena, MemorySegment actions, ProcessSpec spec, List<ParentPipe> pipes)
      throws IOException {
    for (int stream = 0; stream < spec.stdio().size(); stream++) {
      switch (spec.stdio().get(stream)) {
        case Stdio.Inherit() -> {}
        case Stdio.Ignore() -> open(arena, actions, stream, "/dev/null", stream == 0 ? 0 : 1);
        case Stdio.ToFile(var path, var append) ->
            open(arena, actions, stream, path.toString(), stream == 0 ? 0 : writing(append));
        case Stdio.Pipe() -> {
          ParentPipe pipe = ParentPipe.open(c, stream);
          pipes.add(pipe);
          check("a pipe", c.actionsDup2, actions, pipe.childDescriptor(), stream);
        }
      }
    }
    if (spec.directory().isPresent()) {
      MemorySegment path = arena.allocateFrom(spec.directory().get().toString());
      check("the directory", c.actionsChdir, actions, path);
    }
  }

  /// The actions are taken one after the other, the channel's first: a descriptor in the way of an
  /// earlier one's place would be overwritten before its own turn. All others are closed.
  private void setDescriptors(
      MemorySegment actions, Map<Inherited, Integer> channel, List<Integer> given)
      throws IOException {
    for (Map.Entry<Inherited, Integer> each : channel.entrySet()) {
      check("a pipe", c.actionsDup2, actions, (int) each.getValue(), each.getKey().descriptor());
    }
    int behindChannel = Inherited.FIRST + channel.size();
    int firstOpen = given.isEmpty() ? behindChannel : ProcessSpec.FIRST_GIVEN;
    int firstClosed = firstOpen + given.size();
    for (int i = 0; i < given.size(); i++) {
      if (given.get(i) < firstClosed) {
        throw new IOException(
            "expected a child's descriptors to be %d or above here, found %d"
                .formatted(firstClosed, given.get(i)));
      }
      check("a descriptor", c.actionsDup2, actions, given.get(i), firstOpen + i);
    }
    for (int between = behindChannel; between < firstOpen; between++) {
      check("a descriptor", c.actionsClose, actions, between);
    }
    check("the descriptors", c.actionsCloseFrom, actions, firstClosed);
  }

  private static int writing(boolean append) {
    return LibC.O_WRONLY | LibC.O_CREAT | (append ? LibC.O_APPEND : LibC.O_TRUNC);
  }

  private void open(Arena arena, MemorySegment actions, int stream, String path, int flags)
      throws IOException {
    MemorySegment name = arena.allocateFrom(path);
    check("a file", c.actionsOpen, actions, stream, name, flags, FILE_MODE);
  }

  private void setAttributes(Arena arena, MemorySegment attributes, boolean ownSession)
      throws IOException {
    MemorySegment signals = arena.allocate(OPAQUE_BYTES, Long.BYTES);
    check("a signal set", c.emptySignalSet, signals);
    check("the signal mask", c.attributesSetMask, attributes, signals);
    check("a signal set", c.fullSignalSet, signals);
    check("the signals' defaults", c.attributesSetDefaults, attributes, signals);
    short flags = SET_SIGNAL_MASK | SET_SIGNAL_DEFAULTS;
    check(
        "the attributes",
        c.attributesSetFlags,
        attributes,
        ownSession ? (short) (flags | SET_SESSION) : flags);
  }

  private int spawn(Arena arena, MemorySegment actions, MemorySegment attributes, ProcessSpec spec)
      throws IOException {
    MemorySegment pid = arena.allocate(JAVA_INT);
    MemorySegment file = arena.allocateFrom(spec.command().getFirst());
    MemorySegment argv = strings(arena, spec.command().stream().map(word -> word.getBytes(UTF_8)));
    MemorySegment envp =
        strings(
            arena,
            spec.environment().entrySet().stream()
                .flatMap(each -> OwnVariables.assignments(each.getKey(), each.getValue())));
    int error = result(c.posixSpawnp, pid, file, actions, attributes, argv, envp);
    if (error != 0) {
      throw refused(spec, error);
    }
    return pid.get(JAVA_INT, 0);
  }

  /// The system gives one number for all that it did on the way.
  private SpawnException refused(ProcessSpec spec, int error) {
    String executable = spec.command().getFirst();
    String path = culprit(spec).map(Path::toString).orElse(executable);
    String what = path.equals(executable) ? executable : executable + ", because of " + path;
    return new SpawnException("cannot start " + what + ": " + c.describe(error), error, path);
  }

  private static Optional<Path> culprit(ProcessSpec spec) {
    for (int stream = 0; stream < spec.stdio().size(); stream++) {
      if (spec.stdio().get(stream) instanceof Stdio.ToFile(var path, _)
          && !canBeOpened(path.toAbsolutePath(), stream == 0)) {
        return Optional.of(path);
      }
    }
    return spec.directory().filter(path -> !Files.isDirectory(path) || !Files.isExecutable(path));
  }

  private static boolean canBeOpened(Path file, boolean toRead) {
    return toRead
        ? Files.isReadable(file)
        : Files.isWritable(Files.exists(file) ? file : file.getParent())
            && !Files.isDirectory(file);
  }

  private static MemorySegment strings(Arena arena, Stream<byte[]> values) {
    List<MemorySegment> pointers = values.map(bytes -> string(arena, bytes)).toList();
    MemorySegment array = arena.allocate(ADDRESS, pointers.size() + 1L);
    for (int i = 0; i < pointers.size(); i++) {
      array.setAtIndex(ADDRESS, i, pointers.get(i));
    }
    return array;
  }

  private static MemorySegment string(Arena arena, byte[] bytes) {
    MemorySegment string = arena.allocate(bytes.length + 1L); // Zeroed: it ends with a NUL.
    MemorySegment.copy(bytes, 0, string, JAVA_BYTE, 0, bytes.length);
    return string;
  }

  private void check(String what, MethodHandle call, Object... arguments) throws IOException {
    int error = result(call, arguments);
    if (error != 0) {
      throw new IOException("cannot prepare " + what + " of a child: " + c.describe(error));
    }
  }

  private static int result(MethodHandle call, Object... arguments) {
    try {
      return (int) call.invokeWithArguments(arguments);
    } catch (Throwable e) {
      throw new AssertionError("a downcall throws only if its types are wrong", e);
    }
  }
}
