package dev.forklab.fork.cluster;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.forklab.fork.Parent;
import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/// Main classes of workers. They talk in lines: a greeting with the worker's number, then each line
/// comes back with that number in front; `bye` in front of it says that the worker will close.
final class Workers {

  private Workers() {}

  /// A thread for each connection.
  static final class Echo {
    static void main(String[] args) throws IOException {
      serve(ClusterWorker.get());
    }
  }

  private static void serve(ClusterWorker worker) throws IOException {
    ServerSocketChannel listener = worker.listener();
    try (ExecutorService connections = Executors.newVirtualThreadPerTaskExecutor()) {
      while (true) {
        SocketChannel client = listener.accept();
        connections.execute(() -> talk(worker, client));
      }
    } catch (ClosedChannelException _) {
      // Drained.
    }
  }

  private static void talk(ClusterWorker worker, SocketChannel client) {
    try (client;
        OutputStream out = Channels.newOutputStream(client);
        BufferedReader in =
            new BufferedReader(new InputStreamReader(Channels.newInputStream(client), US_ASCII))) {
      write(out, "hello " + worker.id());
      String line = in.readLine();
      boolean last = false;
      while (line != null && !last) {
        last = worker.isDraining();
        write(out, (last ? "bye " : "") + worker.id() + " " + line);
        line = last ? null : in.readLine();
      }
    } catch (IOException _) {
      // The client is gone.
    }
  }

  private static void write(OutputStream out, String line) throws IOException {
    out.write((line + '\n').getBytes(US_ASCII));
  }

  /// Accepts on a virtual thread, through its socket, listens to messages, and says when it drains.
  static final class Virtual {
    static void main(String[] args) throws Exception {
      ClusterWorker worker = ClusterWorker.get();
      Parent parent = Parent.get();
      parent.onMessage(message -> parent.send(worker.id() + " heard " + message));
      worker.onDrain(() -> parent.send("draining: " + worker.isDraining()));
      Thread accepting = Thread.startVirtualThread(() -> accept(worker));
      accepting.join();
      worker.onDrain(() -> parent.send("too late to wait for it"));
    }

    private static void accept(ClusterWorker worker) {
      try {
        var socket = worker.listener().socket();
        while (true) {
          talk(worker, socket.accept().getChannel());
        }
      } catch (IOException _) {
        // Drained.
      }
    }
  }

  /// Returns from `main` the moment it drains, and says so afterwards.
  static final class Hasty {
    static void main(String[] args) throws Exception {
      ClusterWorker worker = ClusterWorker.get();
      Thread main = Thread.currentThread();
      worker.onDrain(() -> {
        try {
          main.join();
          Parent.get().send("main has returned");
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      });
      serve(worker);
    }
  }

  /// Listens and accepts nothing, unless it is a replacement.
  static final class FirstIsIdle {
    static void main(String[] args) throws Exception {
      ClusterWorker worker = ClusterWorker.get();
      if (worker.id() > 1) {
        serve(worker);
      } else {
        worker.listener();
        new CountDownLatch(1).await();
      }
    }
  }

  /// Never listens.
  static final class Deaf {
    static void main(String[] args) throws Exception {
      ClusterWorker.get();
      new CountDownLatch(1).await();
    }
  }

  /// The replacements of the first ones end before they listen.
  static final class OnlyFirst {
    static void main(String[] args) throws IOException {
      ClusterWorker worker = ClusterWorker.get();
      if (worker.id() > Integer.parseInt(args[0])) {
        System.exit(7);
      }
      serve(worker);
    }
  }

  /// Serves, and never ends by itself.
  static final class Stubborn {
    static void main(String[] args) throws Exception {
      serve(ClusterWorker.get());
      new CountDownLatch(1).await();
    }
  }

  /// Uses up its descriptors when told to, and gives them back when told to; then says so.
  static final class Hungry {
    private static final long BITE_NANOS = 1_000_000;
    private static final List<FileInputStream> EATEN = new ArrayList<>();
    private static volatile boolean full;

    static void main(String[] args) throws IOException {
      ClusterWorker worker = ClusterWorker.get();
      Parent parent = Parent.get();
      parent.send("hungry"); // Loads what that takes.
      parent.onMessage(message -> {
        if ("eat".equals(message)) {
          eat();
          Thread.ofPlatform().daemon().name("eater").start(Hungry::eatOn);
        } else {
          giveBack();
        }
        parent.send(message);
      });
      serve(worker);
    }

    /// Connections from before give their descriptors back later.
    private static void eatOn() {
      while (!full) {
        LockSupport.parkNanos(BITE_NANOS);
        eat();
      }
    }

    private static synchronized void eat() {
      try {
        while (!full) {
          EATEN.add(new FileInputStream("/dev/null"));
        }
      } catch (IOException _) {
        // No more.
      }
    }

    private static synchronized void giveBack() {
      full = true;
      try {
        for (FileInputStream one : EATEN) {
          one.close();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      EATEN.clear();
    }
  }

  /// Says what happens to one who uses a selector, or changes the socket.
  static final class Selecting {
    static void main(String[] args) throws IOException {
      ServerSocketChannel listener = ClusterWorker.get().listener();
      Parent parent = Parent.get();
      parent.send(said(() -> listener.configureBlocking(false)));
      parent.send(said(() -> listener.bind(null)));
      parent.send(said(() -> listener.socket().setSoTimeout(5)));
      try (Selector selector = Selector.open()) {
        parent.send(said(() -> listener.register(selector, 0)));
      }
      serve(ClusterWorker.get());
    }

    private interface Attempt {
      void run() throws IOException;
    }

    private static String said(Attempt attempt) {
      try {
        attempt.run();
        return "nothing";
      } catch (IOException | RuntimeException e) {
        return e.getClass().getSimpleName() + ": " + e.getMessage();
      }
    }
  }
}
