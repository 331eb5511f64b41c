package dev.forklab.fork;

import dev.forklab.fork.data.Exit;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// All that one child's listeners were told, in order.
final class Events {

  private final Queue<String> names = new ConcurrentLinkedQueue<>();
  private final Queue<@Nullable Object> messages = new java.util.concurrent.LinkedBlockingQueue<>();
  private final Queue<ForkError> errors = new ConcurrentLinkedQueue<>();
  private final ChildProcess child;

  private Events(ChildProcess child) {
    this.child = child;
  }

  static Events of(ChildProcess child) {
    Events events = new Events(child);
    child
        .onSpawn(() -> events.names.add("spawn"))
        .onError(error -> {
          events.errors.add(error);
          events.names.add("error " + error.kind());
        })
        .onExit(_ -> events.names.add("exit"))
        .onDisconnect(() -> events.names.add("disconnect"))
        .onClose(_ -> events.names.add("close"))
        .onMessage(message -> {
          events.names.add("message");
          events.messages.add(message == null ? "null" : message);
        });
    return events;
  }

  /// Waits for the child's close.
  Exit untilClosed() throws Exception {
    return child.closed().get(30, TimeUnit.SECONDS);
  }

  List<String> names() {
    return List.copyOf(names);
  }

  List<ForkError> errors() {
    return List.copyOf(errors);
  }

  List<Object> messages() {
    return List.copyOf(messages);
  }

  /// The next message; waits for it.
  Object next() {
    org.awaitility.Awaitility.await().until(() -> !messages.isEmpty());
    Object message = messages.poll();
    return message == null ? "none" : message;
  }
}
