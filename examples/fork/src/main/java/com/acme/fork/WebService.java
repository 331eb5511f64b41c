package com.acme.fork;

import dev.forklab.fork.cluster.Cluster;
import dev.forklab.fork.cluster.ClusterWorker;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// An HTTP service whose workers share one port. With a port as its argument it serves until it is
/// told to end (SIGTERM, Ctrl-C); without one it shows itself a reload under way.
public final class WebService {

  private static final int WORKERS = 2;
  private static final int REQUESTS = 200;

  private WebService() {}

  public static void main(String[] args) throws Exception {
    int port = args.length > 0 ? Integer.parseInt(args[0]) : 0;
    Cluster cluster =
        Cluster.of(Worker.class, WORKERS)
            .listen(new InetSocketAddress(port))
            .onExit((worker, exit) -> {
              if (exit.code().orElse(1) != 0) {
                System.err.println(worker + ": " + exit.describe());
              }
            })
            .start();
    cluster.listening().get();
    if (args.length > 0) {
      System.out.println("serving on port " + cluster.address().getPort());
      Runtime.getRuntime().addShutdownHook(new Thread(cluster::close));
    } else {
      try (cluster) {
        demonstrate(cluster);
      }
    }
  }

  private static void demonstrate(Cluster cluster) throws Exception {
    URI here = URI.create("http://localhost:" + cluster.address().getPort() + "/hello");
    try (HttpClient client = HttpClient.newHttpClient()) {
      var reloaded = cluster.reload();
      int answered = 0;
      while (answered < REQUESTS || !reloaded.isDone()) {
        var reply = client.send(HttpRequest.newBuilder(here).build(), BodyHandlers.ofString());
        if (!reply.body().startsWith("hello from worker ")) {
          throw new IllegalStateException(reply.statusCode() + ": " + reply.body());
        }
        answered++;
      }
      reloaded.get();
      System.out.println("all requests answered while every worker was replaced: true");
      System.out.println(
          "workers now: " + cluster.members().stream().map(worker -> worker.id()).toList());
    }
  }

  /// What each worker runs: a virtual thread for each connection.
  public static final class Worker {

    private Worker() {}

    public static void main(String[] args) throws IOException {
      ClusterWorker worker = ClusterWorker.get();
      ServerSocketChannel listener = worker.listener();
      try (ExecutorService connections = Executors.newVirtualThreadPerTaskExecutor()) {
        while (true) {
          SocketChannel client = listener.accept();
          connections.execute(() -> serve(client, worker));
        }
      } catch (ClosedChannelException drained) {
        // No more connections, and those that there were have ended.
      }
    }

    private static void serve(SocketChannel client, ClusterWorker worker) {
      try (HttpConnection connection = new HttpConnection(client)) {
        boolean more = true;
        while (more && connection.readRequest()) {
          more = !worker.isDraining();
          connection.answer("hello from worker " + worker.id() + "\n", more);
        }
      } catch (IOException gone) {
        // The client is; this is its connection's end, and nobody else's.
      }
    }
  }
}
