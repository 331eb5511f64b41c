package dev.forklab.fork.cluster;

import java.io.FileDescriptor;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;

/// Java's channels of descriptors that this process has inherited or been passed.
///
/// The JDK has no such API but `System.inheritedChannel()`, which takes standard input away. So
/// these call its internals, by reflection; the primary gives its workers the flags that open them
/// ([#flags]).
final class JdkChannels {

  private static final String CHANNELS = "java.base/sun.nio.ch";
  private static final String DESCRIPTORS = "java.base/java.io";

  private JdkChannels() {}

  /// What the JVM of a worker is started with.
  ///
  /// @param module the module of this library, or of the class path
  static String[] flags(Module module) {
    String who = module.isNamed() ? module.getName() : "ALL-UNNAMED";
    return new String[] {
      "--add-opens=" + CHANNELS + "=" + who,
      "--add-opens=" + DESCRIPTORS + "=" + who,
      "--enable-native-access=" + who
    };
  }

  private interface Internals<T> {
    T use() throws ReflectiveOperationException;
  }

  /// @throws IOException in words, where the JDK is another, or the flags are not there
  private static <T> T internals(Internals<T> call) throws IOException {
    try {
      return call.use();
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw refused(e);
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw refused(e);
    }
  }

  private static IOException refused(Exception why) {
    return new IOException(
        "cannot make a channel of an inherited descriptor: expected Java 25 with --add-opens of %s"
                .formatted(CHANNELS)
            + " and %s, which the primary gives its workers; found Java %s: %s"
                .formatted(DESCRIPTORS, Runtime.version(), why),
        why);
  }

  static FileDescriptor descriptor(int number) throws IOException {
    return internals(() -> {
      Constructor<FileDescriptor> constructor =
          FileDescriptor.class.getDeclaredConstructor(int.class);
      constructor.setAccessible(true);
      return constructor.newInstance(number);
    });
  }

  /// A channel of a socket that is bound and listens.
  static ServerSocketChannel listener(int number, boolean ipv6) throws IOException {
    FileDescriptor descriptor = descriptor(number);
    return internals(() -> {
      Constructor<?> constructor =
          Class.forName("sun.nio.ch.ServerSocketChannelImpl")
              .getDeclaredConstructor(
                  SelectorProvider.class,
                  ProtocolFamily.class,
                  FileDescriptor.class,
                  boolean.class);
      constructor.setAccessible(true);
      return (ServerSocketChannel)
          constructor.newInstance(SelectorProvider.provider(), family(ipv6), descriptor, true);
    });
  }

  /// Makes channels of connected sockets: what that takes of the JDK is looked up once.
  static final class Connections {

    private final ProtocolFamily family;
    private final Method remoteAddress;
    private final Constructor<FileDescriptor> descriptor;
    private final Constructor<?> channel;

    private Connections(boolean ipv6) throws ReflectiveOperationException {
      family = family(ipv6);
      remoteAddress =
          Class.forName("sun.nio.ch.Net").getDeclaredMethod("remoteAddress", FileDescriptor.class);
      remoteAddress.setAccessible(true);
      descriptor = FileDescriptor.class.getDeclaredConstructor(int.class);
      descriptor.setAccessible(true);
      channel =
          Class.forName("sun.nio.ch.SocketChannelImpl")
              .getDeclaredConstructor(
                  SelectorProvider.class,
                  ProtocolFamily.class,
                  FileDescriptor.class,
                  SocketAddress.class);
      channel.setAccessible(true);
    }

    /// @throws IOException where the JDK is another, or the flags are not there
    static Connections of(boolean ipv6) throws IOException {
      return internals(() -> new Connections(ipv6));
    }

    /// @throws IOException if the peer is gone already
    SocketChannel channel(int number) throws IOException {
      return internals(() -> {
        FileDescriptor connected = descriptor.newInstance(number);
        SocketAddress peer = (SocketAddress) remoteAddress.invoke(null, connected);
        return (SocketChannel)
            channel.newInstance(SelectorProvider.provider(), family, connected, peer);
      });
    }
  }

  private static ProtocolFamily family(boolean ipv6) {
    return ipv6 ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET;
  }
}
