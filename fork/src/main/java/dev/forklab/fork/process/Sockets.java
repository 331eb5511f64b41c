package dev.forklab.fork.process;

import static dev.forklab.fork.process.SocketAddresses.AF_INET;
import static dev.forklab.fork.process.SocketAddresses.AF_INET6;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.forklab.fork.process.LibC.Errno;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.net.BindException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;

/// Sockets as descriptors, through the C library, on Linux: those of Java hide theirs, and so can
/// neither be inherited by a child nor be passed to one.
///
/// Each descriptor is closed when an `exec` comes, and is [#LEAST] or above, so that none is in the
/// way of those that a child inherits.
@SuppressWarnings("restricted") // Calling C is what this class is for.
public final class Sockets {

  /// The lowest number of a descriptor made here.
  private static final int LEAST = 16;

  private static final int AF_UNIX = 1;
  private static final int SOCK_STREAM = 1;
  private static final int SOCK_NONBLOCK = 0x800;
  private static final int SOCK_CLOEXEC = 0x80000;
  private static final int SOL_SOCKET = 1;
  private static final int SO_REUSEADDR = 2;
  private static final int SO_REUSEPORT = 15;
  private static final int IPPROTO_IPV6 = 41;
  private static final int IPV6_V6ONLY = 26;
  private static final int POLLFD_BYTES = 8;
  private static final int RETURNED_AT = 6;
  private static final Set<Integer> NONE_LEFT =
      Set.of(12, 23, 24, 105); // ENOMEM, ENFILE, EMFILE, ENOBUFS

  private final Linker linker = Linker.nativeLinker();
  private final SymbolLookup symbols = linker.defaultLookup();
  private final MethodHandle socket = handle("socket", JAVA_INT, JAVA_INT, JAVA_INT);
  private final MethodHandle setOption =
      handle("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
  private final MethodHandle bind = handle("bind", JAVA_INT, ADDRESS, JAVA_INT);
  private final MethodHandle listen = handle("listen", JAVA_INT, JAVA_INT);
  private final MethodHandle getName = handle("getsockname", JAVA_INT, ADDRESS, ADDRESS);
  private final MethodHandle accept = handle("accept4", JAVA_INT, ADDRESS, ADDRESS, JAVA_INT);
  private final MethodHandle pair = handle("socketpair", JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS);
  private final MethodHandle poll = handle("poll", ADDRESS, JAVA_LONG, JAVA_INT);
  private final MethodHandle close = handle("close", JAVA_INT);
  private final MethodHandle duplicate =
      linker.downcallHandle(
          symbols.findOrThrow("fcntl"),
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT),
          Linker.Option.captureCallState("errno"),
          Linker.Option.firstVariadicArg(2));
  private final MethodHandle describe = LibC.function("strerror", ADDRESS, JAVA_INT);

  private Sockets() {}

  private static MethodHandle handle(String name, MemoryLayout... arguments) {
    return LibC.functionWithErrno(name, JAVA_INT, arguments);
  }

  /// The sockets of this system.
  ///
  /// @throws IOException where they cannot be made; the message says why
  public static Sockets ofThisPlatform() throws IOException {
    if (!System.getProperty("os.name").equals("Linux")) {
      throw new IOException("sharing a port needs Linux, this is " + System.getProperty("os.name"));
    }
    try {
      return new Sockets();
    } catch (UnsupportedOperationException
        | IllegalCallerException
        | NoSuchElementException
        | LinkageError e) {
      throw new IOException(
          "sharing a port needs calls of the C library, which this JVM may not make; start it with"
              + " --enable-native-access=ALL-UNNAMED: "
              + e.getMessage(),
          e);
    }
  }

  /// What a socket to listen on is like.
  ///
  /// @param backlog how many connections may wait for an accept; or [#RESERVED]
  /// @param shared whether others may bind the same address as well (`SO_REUSEPORT`)
  /// @param blocking whether an accept waits
  public record Kind(int backlog, boolean shared, boolean blocking) {

    /// As a backlog: it never listens, and only keeps the address for others.
    public static final int RESERVED = -1;
  }

  /// A bound socket.
  ///
  /// @throws BindException if the system refuses the address; the message says why
  /// @throws IOException if it has no more descriptors
  public int listen(InetSocketAddress address, Kind kind) throws IOException {
    if (address.isUnresolved()) {
      throw new BindException("cannot listen on " + address + ": no such host is known");
    }
    int family = address.getAddress() instanceof Inet6Address ? AF_INET6 : AF_INET;
    int flags = SOCK_STREAM | SOCK_CLOEXEC | (kind.blocking() ? 0 : SOCK_NONBLOCK);
    int descriptor = -1;
    if (address.getAddress().isAnyLocalAddress()) { // As Java: of both families, if there are two.
      descriptor = call(socket, AF_INET6, flags, 0).result();
      family = descriptor == -1 ? AF_INET : AF_INET6;
    }
    if (descriptor == -1) {
      int of = family;
      descriptor = require("make a socket", call(socket, of, flags, 0));
    }
    descriptor = away(descriptor);
    try {
      bind(descriptor, family, address, kind);
      return descriptor;
    } catch (IOException e) {
      close(descriptor);
      throw e;
    }
  }

  private void bind(int descriptor, int family, InetSocketAddress address, Kind kind)
      throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      set(arena, descriptor, SOL_SOCKET, SO_REUSEADDR, 1);
      if (kind.shared()) {
        set(arena, descriptor, SOL_SOCKET, SO_REUSEPORT, 1);
      }
      if (family == AF_INET6) {
        set(arena, descriptor, IPPROTO_IPV6, IPV6_V6ONLY, 0);
      }
      MemorySegment name = SocketAddresses.encode(arena, family, address);
      Errno done = call(bind, descriptor, name, (int) name.byteSize());
      if (done.result() == 0 && kind.backlog() != Kind.RESERVED) {
        done = call(listen, descriptor, kind.backlog());
      }
      if (done.result() != 0) {
        throw new BindException(
            "cannot listen on %s:%d: %s"
                .formatted(
                    address.getAddress().getHostAddress(),
                    address.getPort(),
                    describe(done.errno())));
      }
    }
  }

  private void set(Arena arena, int descriptor, int level, int option, int value)
      throws IOException {
    MemorySegment at = arena.allocateFrom(JAVA_INT, value);
    require("set up a socket", call(setOption, descriptor, level, option, at, Integer.BYTES));
  }

  /// What a socket is bound to.
  public InetSocketAddress localAddress(int descriptor) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      return SocketAddresses.decode(name(arena, descriptor));
    }
  }

  /// Whether a socket is of IPv6, which takes connections of IPv4 as well.
  public boolean isIpv6(int descriptor) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      return name(arena, descriptor).get(JAVA_SHORT, 0) == AF_INET6;
    }
  }

  private MemorySegment name(Arena arena, int descriptor) throws IOException {
    MemorySegment name = arena.allocate(SocketAddresses.MOST_BYTES, Integer.BYTES);
    MemorySegment length = arena.allocateFrom(JAVA_INT, SocketAddresses.MOST_BYTES);
    require("ask a socket's address", call(getName, descriptor, name, length));
    return name;
  }

  /// Two sockets that are connected with each other.
  ///
  /// @param theirs for a child, or for other threads
  public record Pair(int ours, int theirs) {}

  public Pair pair() throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment both = arena.allocate(JAVA_INT, 2);
      require("make a pair of sockets", call(pair, AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, both));
      int theirs = both.getAtIndex(JAVA_INT, 1);
      try {
        return new Pair(away(both.getAtIndex(JAVA_INT, 0)), away(theirs));
      } catch (IOException e) {
        close(theirs);
        throw e;
      }
    }
  }

  /// The same, where it is in nobody's way. The one given is closed if it is not the same.
  private int away(int descriptor) throws IOException {
    if (descriptor >= LEAST) {
      return descriptor;
    }
    Errno moved = call(duplicate, descriptor, LibC.F_DUPFD_CLOEXEC, LEAST);
    close(descriptor);
    return require("move a descriptor", moved);
  }

  /// A connection that was accepted.
  public record Accepted(int descriptor, InetSocketAddress from) {}

  /// The system has no descriptor, or no memory, for another connection: it waits in the backlog.
  public static final class OutOfDescriptorsException extends IOException {
    private static final long serialVersionUID = 1L;

    OutOfDescriptorsException(String message) {
      super(message);
    }
  }

  /// Accepts what waits at a socket that does not block; empty if nothing does.
  public Optional<Accepted> accept(int listener) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocate(SocketAddresses.MOST_BYTES, Integer.BYTES);
      MemorySegment length = arena.allocateFrom(JAVA_INT, SocketAddresses.MOST_BYTES);
      Errno done =
          LibC.call(state -> (int) accept.invokeExact(state, listener, name, length, SOCK_CLOEXEC));
      if (NONE_LEFT.contains(done.errno())) {
        throw new OutOfDescriptorsException(describe(done.errno()));
      }
      return done.result() == -1 // Nothing there, or its client has gone meanwhile.
          ? Optional.empty()
          : Optional.of(new Accepted(done.result(), SocketAddresses.decode(name)));
    }
  }

  /// Waits until one of these can be read, or has come to its end.
  ///
  /// @param millis how long at most; -1 is without a limit
  /// @return those that can
  public List<Integer> awaitReadable(List<Integer> descriptors, int millis) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment entries =
          arena.allocate((long) POLLFD_BYTES * descriptors.size(), Integer.BYTES);
      for (int i = 0; i < descriptors.size(); i++) {
        entries.set(JAVA_INT, (long) POLLFD_BYTES * i, descriptors.get(i));
        entries.set(JAVA_SHORT, (long) POLLFD_BYTES * i + Integer.BYTES, LibC.POLLIN);
      }
      List<Integer> ready = new ArrayList<>();
      long count = descriptors.size();
      Errno done = LibC.call(state -> (int) poll.invokeExact(state, entries, count, millis));
      if (done.result() > 0) {
        for (int i = 0; i < descriptors.size(); i++) {
          if (entries.get(JAVA_SHORT, (long) POLLFD_BYTES * i + RETURNED_AT) != 0) {
            ready.add(descriptors.get(i));
          }
        }
      }
      return ready;
    }
  }

  /// Gives a descriptor back.
  public void close(int descriptor) {
    LibC.call(state -> (int) close.invokeExact(state, descriptor));
  }

  private int require(String what, Errno done) throws IOException {
    if (done.result() == -1) {
      throw new IOException("cannot " + what + ": " + describe(done.errno()));
    }
    return done.result();
  }

  private String describe(int errno) {
    try {
      MemorySegment text = (MemorySegment) describe.invokeExact(errno);
      return text.reinterpret(Integer.MAX_VALUE).getString(0);
    } catch (Throwable e) {
      throw new AssertionError("strerror cannot fail", e);
    }
  }

  private static Errno call(MethodHandle handle, Object... arguments) {
    Object[] all = new Object[arguments.length + 1];
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return LibC.call(state -> {
      all[0] = state;
      return (int) handle.invokeWithArguments(all);
    });
  }
}
