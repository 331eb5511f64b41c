package dev.forklab.fork.process;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteOrder;

/// Internet addresses as C has them, on Linux.
///
/// ```
/// struct sockaddr_in                     struct sockaddr_in6
///   0  2  family (2), native order         0  2  family (10), native order
///   2  2  port, big-endian                 2  2  port, big-endian
///   4  4  address                          4  4  flow
///   8  8  zero                             8 16  address
///                                         24  4  scope, native order
/// ```
final class SocketAddresses {

  static final int AF_INET = 2;
  static final int AF_INET6 = 10;

  /// The longer of the two.
  static final int MOST_BYTES = 28;

  private static final int IPV4_BYTES = 16;
  private static final int PORT_AT = 2;
  private static final int IPV4_AT = 4;
  private static final int IPV6_AT = 8;
  private static final int SCOPE_AT = 24;
  private static final int PORT_MASK = 0xffff;
  private static final ValueLayout.OfShort BIG_ENDIAN = JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN);

  private SocketAddresses() {}

  /// As a structure of this family; the wildcard address of either fits both.
  static MemorySegment encode(Arena arena, int family, InetSocketAddress address) {
    MemorySegment to = arena.allocate(family == AF_INET6 ? MOST_BYTES : IPV4_BYTES, Integer.BYTES);
    to.set(JAVA_SHORT, 0, (short) family);
    to.set(BIG_ENDIAN, PORT_AT, (short) address.getPort());
    InetAddress host = address.getAddress();
    if (!host.isAnyLocalAddress()) {
      MemorySegment.copy(
          host.getAddress(),
          0,
          to,
          JAVA_BYTE,
          family == AF_INET6 ? IPV6_AT : IPV4_AT,
          host.getAddress().length);
    }
    if (family == AF_INET6 && host instanceof Inet6Address scoped) {
      to.set(JAVA_INT, SCOPE_AT, scoped.getScopeId());
    }
    return to;
  }

  static InetSocketAddress decode(MemorySegment from) throws IOException {
    boolean six = from.get(JAVA_SHORT, 0) == AF_INET6;
    byte[] host =
        six
            ? from.asSlice(IPV6_AT, 16).toArray(JAVA_BYTE)
            : from.asSlice(IPV4_AT, 4).toArray(JAVA_BYTE);
    int scope = six ? from.get(JAVA_INT, SCOPE_AT) : 0;
    InetAddress address =
        scope == 0
            ? InetAddress.getByAddress(host) // One of IPv4 in IPv6 becomes IPv4.
            : Inet6Address.getByAddress(null, host, scope);
    return new InetSocketAddress(address, from.get(BIG_ENDIAN, PORT_AT) & PORT_MASK);
  }
}
