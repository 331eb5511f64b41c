package dev.forklab.fork;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// The `error` event, which may happen many times. The first few are kept until somebody listens.
final class Errors {

  private static final int MAX_KEPT = 16;

  private final EventTurn turn;
  private final Object lock = new Object();
  private final List<Consumer<ForkError>> listeners = new ArrayList<>();
  private final ArrayDeque<ForkError> kept = new ArrayDeque<>();

  Errors(EventTurn turn) {
    this.turn = turn;
  }

  void listen(Consumer<ForkError> listener) {
    synchronized (lock) {
      listeners.add(listener);
      for (ForkError error : kept) {
        turn.post(() -> listener.accept(error));
      }
      kept.clear();
    }
  }

  void happen(ForkError error) {
    synchronized (lock) {
      if (listeners.isEmpty()) {
        if (kept.size() < MAX_KEPT) {
          kept.add(error);
        }
        return;
      }
      for (Consumer<ForkError> listener : listeners) {
        turn.post(() -> listener.accept(error));
      }
    }
  }
}
