package dev.forklab.bench.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.forklab.fork.ForkOptions;
import dev.forklab.fork.cluster.Cluster;
import dev.forklab.fork.cluster.ClusterPolicy;
import dev.forklab.fork.data.Stdio;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/// The primary of this library's contestants: what `cluster.cjs` is for Node.
///
/// Does what each line of its standard input says (`port`, `reload`), and answers with a line,
/// until that ends.
final class ClusterPrimary {

  private ClusterPrimary() {}

  /// Started by [Primaries] only.
  ///
  /// @param args the policy and how many workers
  public static void main(String[] args) throws Exception {
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    try (OutputStream out = new FileOutputStream(FileDescriptor.out);
        Cluster cluster =
            Cluster.of(ClusterBenchWorker.class, Integer.parseInt(args[1]))
                .policy(ClusterPolicy.valueOf(args[0]))
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .fork(
                    ForkOptions.builder().stdio(Stdio.IGNORE, Stdio.INHERIT, Stdio.INHERIT).build())
                .start()) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        out.write((answer(cluster, line) + '\n').getBytes(UTF_8));
        out.flush();
      }
    }
  }

  private static String answer(Cluster cluster, String line) {
    try {
      cluster.listening().get();
      if (line.equals("reload")) {
        cluster.reload().get();
      }
      return "port " + cluster.address().getPort();
    } catch (Exception e) {
      return "error " + e.getMessage();
    }
  }
}
