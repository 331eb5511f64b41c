package dev.forklab.fork;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// An event that happens at most once. A listener that comes late hears of it all the same.
final class Occasion<T> {

  private final EventTurn turn;
  private final EventTurn.Rank rank;
  private final Object lock = new Object();
  private final List<Consumer<T>> listeners = new ArrayList<>();
  private @Nullable T happened;

  Occasion(EventTurn turn, EventTurn.Rank rank) {
    this.turn = turn;
    this.rank = rank;
  }

  void listen(Consumer<T> listener) {
    synchronized (lock) {
      T value = happened;
      if (value == null) {
        listeners.add(listener);
      } else {
        turn.post(rank, () -> listener.accept(value));
      }
    }
  }

  /// Tells the listeners, the first time.
  void happen(T value) {
    synchronized (lock) {
      if (happened != null) {
        return;
      }
      happened = value;
      for (Consumer<T> listener : listeners) {
        turn.post(rank, () -> listener.accept(value));
      }
      listeners.clear();
    }
  }
}
