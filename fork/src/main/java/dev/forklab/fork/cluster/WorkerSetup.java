package dev.forklab.fork.cluster;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.forklab.fork.process.ProcessSpec;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/// What a worker is told before it begins: a line of `id policy ipv6 backlog port host`.
///
/// @param id which worker it is
/// @param ipv6 whether the listening socket is of IPv6, which takes IPv4 as well
/// @param backlog of a socket of its own
/// @param address what the cluster listens on
record WorkerSetup(
    int id, ClusterPolicy policy, boolean ipv6, int backlog, InetSocketAddress address) {

  /// Marks the JVM of a worker; set by the primary, and never inherited.
  static final String PROPERTY = "forklab.cluster";

  /// Where a worker inherits the socket of its control words.
  static final int CONTROL_DESCRIPTOR = ProcessSpec.FIRST_GIVEN;

  /// Where a worker inherits the listening socket, if all share it.
  static final int LISTENER_DESCRIPTOR = CONTROL_DESCRIPTOR + 1;

  private static final int FIELDS = 6;
  private static final int LONGEST_LINE = 200;

  WorkerSetup withId(int number) {
    return new WorkerSetup(number, policy, ipv6, backlog, address);
  }

  byte[] encode() {
    String line =
        "%d %s %s %d %d %s\n"
            .formatted(
                id,
                policy,
                ipv6,
                backlog,
                address.getPort(),
                address.getAddress().getHostAddress());
    return line.getBytes(US_ASCII);
  }

  /// Reads the line, and nothing behind it.
  static WorkerSetup read(InputStream from) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = from.read(); next != '\n'; next = from.read()) {
      if (next < 0 || line.size() > LONGEST_LINE) {
        throw new EOFException("expected a line from the cluster's primary, found " + line);
      }
      line.write(next);
    }
    String[] fields = line.toString(US_ASCII).split(" ", -1);
    if (fields.length != FIELDS) {
      throw new IOException("expected " + FIELDS + " fields from the primary, found " + line);
    }
    return new WorkerSetup(
        Integer.parseInt(fields[0]),
        ClusterPolicy.valueOf(fields[1]),
        Boolean.parseBoolean(fields[2]),
        Integer.parseInt(fields[3]),
        new InetSocketAddress(InetAddress.getByName(fields[5]), Integer.parseInt(fields[4])));
  }
}
