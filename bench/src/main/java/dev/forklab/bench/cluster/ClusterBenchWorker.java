package dev.forklab.bench.cluster;

import dev.forklab.fork.cluster.ClusterWorker;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A worker of this library's contestants: answers each request with one write, on a thread for
/// each connection.
final class ClusterBenchWorker {

  private static final int BUFFER_BYTES = 1024;

  private final ClusterWorker worker;
  private final byte[] answer;
  private final byte[] lastAnswer;

  private ClusterBenchWorker(ClusterWorker worker) {
    this.worker = worker;
    answer = FixedAnswer.of(worker.id(), true);
    lastAnswer = FixedAnswer.of(worker.id(), false);
  }

  /// Started by [ClusterPrimary] only.
  public static void main(String[] args) throws IOException {
    new ClusterBenchWorker(ClusterWorker.get()).serve();
  }

  private void serve() throws IOException {
    ServerSocketChannel listener = worker.listener();
    try (ExecutorService connections = Executors.newCachedThreadPool()) {
      while (true) {
        SocketChannel client = listener.accept();
        connections.execute(() -> serve(client));
      }
    } catch (ClosedChannelException _) {
      // Drained.
    }
  }

  private void serve(SocketChannel client) {
    try (client) {
      client.setOption(StandardSocketOptions.TCP_NODELAY, true);
      ByteBuffer in = ByteBuffer.allocateDirect(BUFFER_BYTES);
      boolean open = true;
      int matched = 0;
      while (open && client.read(in.clear()) >= 0) {
        in.flip();
        while (open && in.hasRemaining()) {
          byte next = in.get();
          matched =
              next == FixedAnswer.REQUEST_END[matched]
                  ? matched + 1
                  : next == FixedAnswer.REQUEST_END[0] ? 1 : 0;
          if (matched == FixedAnswer.REQUEST_END.length) {
            matched = 0;
            open = !worker.isDraining();
            client.write(ByteBuffer.wrap(open ? answer : lastAnswer));
          }
        }
      }
    } catch (IOException _) {
      // The client is gone.
    }
  }
}
