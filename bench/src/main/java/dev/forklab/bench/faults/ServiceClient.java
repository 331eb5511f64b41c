package dev.forklab.bench.faults;

import dev.forklab.bench.faults.ServiceFrame.Kind;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The lab's end of the connections of a service: it listens, and each start of the service
/// connects. Outlives any of them.
///
/// Safe for use by many threads. Tasks with negative numbers carry a fault, and their answers are
/// kept in words; others go to the [TaskAnswers] that are set.
final class ServiceClient implements ServiceLink.Listener, AutoCloseable {

  private final ServerSocketChannel server;
  private final Thread acceptor;

  // Guarded by this.
  private final List<ServiceLink> links = new ArrayList<>();
  private @Nullable ServiceLink current;
  private final List<String> ofFaults = new ArrayList<>();

  /// Set by the trial, read by the threads of links.
  private volatile TaskAnswers answers;

  private ServiceClient(ServerSocketChannel server, TaskAnswers answers) {
    this.server = server;
    this.answers = answers;
    this.acceptor = Thread.ofPlatform().name("faults-accepts").daemon().start(this::accept);
  }

  /// Listens.
  static ServiceClient at(Path socket, TaskAnswers answers) throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      server.bind(UnixDomainSocketAddress.of(socket));
      return new ServiceClient(server, answers);
    } catch (IOException e) {
      server.close();
      throw e;
    }
  }

  void hears(TaskAnswers others) {
    answers = others;
  }

  private void accept() {
    try {
      while (true) {
        SocketChannel socket = server.accept();
        ServiceLink link = new ServiceLink(socket, this);
        synchronized (this) {
          links.add(link);
        }
        link.begin();
      }
    } catch (IOException e) {
      // Closed: nobody is waited for any more.
    }
  }

  /// The connection that takes tasks; null if there is none.
  synchronized @Nullable ServiceLink current() {
    ServiceLink link = current;
    return link == null || link.isOver() ? null : link;
  }

  /// Submits a task, or hears at once that it is lost.
  void submit(int task, byte[] message) {
    ServiceLink link = current();
    if (link == null || !link.submit(task, message)) {
      lost(task);
    }
  }

  @Override
  public synchronized void ready(ServiceLink link) {
    current = link;
  }

  @Override
  public void answered(ServiceFrame frame) {
    long now = System.nanoTime();
    if (frame.task() < 0) {
      keep(
          frame.kind() == Kind.FAILED
              ? ServiceLink.words(frame)
              : "a reply of " + frame.body().length + " B");
    } else if (frame.kind() == Kind.FAILED) {
      answers.failed(frame.task(), ServiceLink.words(frame), now);
    } else {
      answers.replied(frame.task(), frame.body(), now);
    }
  }

  @Override
  public void lost(int task) {
    if (task < 0) {
      keep("lost");
    } else {
      answers.lost(task, System.nanoTime());
    }
  }

  private synchronized void keep(String words) {
    ofFaults.add(words);
  }

  /// What came of the tasks that carry a fault, so far.
  synchronized List<String> answersOfFaults() {
    return List.copyOf(ofFaults);
  }

  /// What any service's account differs in from the lab's, or an empty text.
  synchronized String complaint() {
    return links.stream()
        .map(ServiceLink::complaint)
        .filter(words -> !words.isEmpty())
        .findFirst()
        .orElse("");
  }

  /// Asks the service how it is.
  ///
  /// @return null if there is none, or it does not say in time
  @Nullable ServiceStats ask(Duration patience) {
    ServiceLink link = current();
    if (link == null) {
      return null;
    }
    long before = link.statsCount();
    link.ask();
    return Conditions.await(() -> link.statsCount() > before || link.isOver(), patience)
            && !link.isOver()
        ? link.stats()
        : null;
  }

  @Override
  public void close() throws IOException {
    server.close();
    boolean interrupted = false;
    while (acceptor.isAlive()) {
      try {
        acceptor.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    List<ServiceLink> left;
    synchronized (this) {
      left = List.copyOf(links);
    }
    for (ServiceLink link : left) {
      link.close();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
