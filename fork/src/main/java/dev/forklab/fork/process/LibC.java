package dev.forklab.fork.process;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/// The calls of the C library that starting and ending a process needs, on Linux.
///
/// Each returns what C returns: 0 or -1 with [Errno] for system calls, an error number for the
/// `posix_spawn` family. Constants are Linux's, the same on all its 64-bit architectures.
@SuppressWarnings("restricted") // Calling C is what this class is for.
final class LibC {

  static final int O_WRONLY = 1;
  static final int O_CREAT = 0x40;
  static final int O_TRUNC = 0x200;
  static final int O_APPEND = 0x400;
  static final int O_NONBLOCK = 0x800;
  static final int O_CLOEXEC = 0x80000;
  static final int F_DUPFD_CLOEXEC = 1030;
  static final int F_SETPIPE_SZ = 1031;
  static final int F_GETPIPE_SZ = 1032;

  static final int EPERM = 1;
  static final int EINTR = 4;
  static final int EAGAIN = 11;

  static final short POLLIN = 1;
  static final short POLLOUT = 4;

  private static final int P_PID = 1;
  private static final int WEXITED = 4;
  private static final int WNOWAIT = 0x01000000;
  private static final int SIGINFO_BYTES = 128;

  /// Where a function of [#functionWithErrno] leaves its error number.
  static final StructLayout CAPTURE = Linker.Option.captureStateLayout();

  private static final Linker.Option WITH_ERRNO = Linker.Option.captureCallState("errno");
  private static final VarHandle ERRNO =
      CAPTURE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  private final SymbolLookup symbols;
  final MethodHandle posixSpawnp =
      plain("posix_spawnp", ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS);
  final MethodHandle actionsInit = plain("posix_spawn_file_actions_init", ADDRESS);
  final MethodHandle actionsDestroy = plain("posix_spawn_file_actions_destroy", ADDRESS);
  final MethodHandle actionsDup2 =
      plain("posix_spawn_file_actions_adddup2", ADDRESS, JAVA_INT, JAVA_INT);
  final MethodHandle actionsClose = plain("posix_spawn_file_actions_addclose", ADDRESS, JAVA_INT);
  final MethodHandle actionsOpen =
      plain("posix_spawn_file_actions_addopen", ADDRESS, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
  final MethodHandle actionsChdir = plain("posix_spawn_file_actions_addchdir_np", ADDRESS, ADDRESS);
  final MethodHandle actionsCloseFrom =
      plain("posix_spawn_file_actions_addclosefrom_np", ADDRESS, JAVA_INT);
  final MethodHandle attributesInit = plain("posix_spawnattr_init", ADDRESS);
  final MethodHandle attributesDestroy = plain("posix_spawnattr_destroy", ADDRESS);
  final MethodHandle attributesSetFlags = plain("posix_spawnattr_setflags", ADDRESS, JAVA_SHORT);
  final MethodHandle attributesSetMask = plain("posix_spawnattr_setsigmask", ADDRESS, ADDRESS);
  final MethodHandle attributesSetDefaults =
      plain("posix_spawnattr_setsigdefault", ADDRESS, ADDRESS);
  final MethodHandle emptySignalSet = plain("sigemptyset", ADDRESS);
  final MethodHandle fullSignalSet = plain("sigfillset", ADDRESS);
  private final MethodHandle pipe2 = withErrno("pipe2", ADDRESS, JAVA_INT);
  private final MethodHandle eventfd = withErrno("eventfd", JAVA_INT, JAVA_INT);
  private final MethodHandle fcntl =
      own(
          "fcntl",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT),
          Linker.Option.firstVariadicArg(2),
          WITH_ERRNO);
  private final MethodHandle close = withErrno("close", JAVA_INT);
  private final MethodHandle kill = withErrno("kill", JAVA_INT, JAVA_INT);
  private final MethodHandle waitid = withErrno("waitid", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
  private final MethodHandle poll = withErrno("poll", ADDRESS, JAVA_LONG, JAVA_INT);
  private final MethodHandle read =
      own("read", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG), WITH_ERRNO);
  private final MethodHandle waitpid = withErrno("waitpid", JAVA_INT, ADDRESS, JAVA_INT);
  private final MethodHandle strerror = own("strerror", FunctionDescriptor.of(ADDRESS, JAVA_INT));

  /// @param symbols where the library's functions are found
  /// @throws java.util.NoSuchElementException if it lacks one of them, as older ones do
  LibC(SymbolLookup symbols) {
    this.symbols = symbols; // Before the fields that are found there.
    super();
  }

  /// What a system call returned, and why it failed.
  record Errno(int result, int errno) {}

  Errno pipe2(MemorySegment pair, int flags) {
    return call(state -> (int) pipe2.invokeExact(state, pair, flags));
  }

  /// A new event descriptor, which does not block and no child inherits.
  Errno eventfd() {
    return call(state -> (int) eventfd.invokeExact(state, 0, O_CLOEXEC | O_NONBLOCK));
  }

  /// What `fcntl` does with an argument that is a number.
  Errno fcntl(int descriptor, int command, int argument) {
    return call(state -> (int) fcntl.invokeExact(state, descriptor, command, argument));
  }

  Errno close(int descriptor) {
    return call(state -> (int) close.invokeExact(state, descriptor));
  }

  Errno kill(int pid, int signal) {
    return call(state -> (int) kill.invokeExact(state, pid, signal));
  }

  /// Reads what is there, as much as `into` holds.
  Errno read(int descriptor, MemorySegment into) {
    return call(state -> (int) (long) read.invokeExact(state, descriptor, into, into.byteSize()));
  }

  /// Waits until a descriptor can be read or has come to its end; false if that takes longer.
  boolean awaitReadable(Arena arena, int descriptor, int millis) {
    return await(arena, descriptor, POLLIN, millis);
  }

  /// The same for any of the events that `poll` knows.
  boolean await(Arena arena, int descriptor, short events, int millis) {
    MemorySegment entry = arena.allocate(Long.BYTES, Long.BYTES); // struct pollfd
    entry.set(JAVA_INT, 0, descriptor);
    entry.set(JAVA_SHORT, Integer.BYTES, events);
    return call(state -> (int) poll.invokeExact(state, entry, 1L, millis)).result() > 0;
  }

  /// Blocks until the child has ended, and leaves it to be reaped.
  Errno awaitEnd(int pid) {
    return call(state -> {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment info = arena.allocate(SIGINFO_BYTES, Long.BYTES);
        return (int) waitid.invokeExact(state, P_PID, pid, info, WEXITED | WNOWAIT);
      }
    });
  }

  /// Reaps an ended child: its wait status is stored in `status`.
  Errno reap(int pid, MemorySegment status) {
    return call(state -> (int) waitpid.invokeExact(state, pid, status, 0));
  }

  /// The system's words for an error number.
  String describe(int errno) {
    try {
      MemorySegment text = (MemorySegment) strerror.invokeExact(errno);
      return text.reinterpret(Integer.MAX_VALUE).getString(0);
    } catch (Throwable e) {
      throw new AssertionError("strerror cannot fail", e);
    }
  }

  /// A call that leaves its error number in `state`.
  @FunctionalInterface
  interface SystemCall {
    int invoke(MemorySegment state) throws Throwable;
  }

  static Errno call(SystemCall call) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(CAPTURE);
      int result = call.invoke(state);
      return new Errno(result, result == -1 ? errno(state) : 0);
    } catch (Throwable e) {
      throw new AssertionError("a downcall throws only if its types are wrong", e);
    }
  }

  /// A function of this process's C library.
  static MethodHandle function(String name, MemoryLayout result, MemoryLayout... arguments) {
    return link(
        Linker.nativeLinker().defaultLookup(), name, FunctionDescriptor.of(result, arguments));
  }

  /// The same, whose first argument is a [#CAPTURE] for its error number.
  static MethodHandle functionWithErrno(
      String name, MemoryLayout result, MemoryLayout... arguments) {
    return link(
        Linker.nativeLinker().defaultLookup(),
        name,
        FunctionDescriptor.of(result, arguments),
        WITH_ERRNO);
  }

  /// What such a function has left there; means something only if it failed.
  static int errno(MemorySegment state) {
    return (int) ERRNO.get(state, 0L);
  }

  private MethodHandle plain(String name, MemoryLayout... arguments) {
    return own(name, FunctionDescriptor.of(JAVA_INT, arguments));
  }

  private MethodHandle withErrno(String name, MemoryLayout... arguments) {
    return own(name, FunctionDescriptor.of(JAVA_INT, arguments), WITH_ERRNO);
  }

  private MethodHandle own(String name, FunctionDescriptor type, Linker.Option... options) {
    return link(symbols, name, type, options);
  }

  private static MethodHandle link(
      SymbolLookup symbols, String name, FunctionDescriptor type, Linker.Option... options) {
    return Linker.nativeLinker().downcallHandle(symbols.findOrThrow(name), type, options);
  }
}
