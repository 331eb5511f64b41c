package dev.forklab.fork;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// An event that happens at most once. A listener that comes late hears of it all the same.
final class OneTimeEvent<T> {

  private final EventTurn turn;
  private final EventTurn.Rank rank;
  private final Object lock = new Object();
  private final List<Listener<T>> listeners = new ArrayList<>();
  private @Nullable T happened;

  OneTimeEvent(EventTurn turn, EventTurn.Rank rank) {
    this.turn = turn;
    this.rank = rank;
  }

  /// @param given what the user gave, by which the listener can be taken off
  private record Listener<T>(Object given, Consumer<T> call) {}

  void listen(Consumer<T> listener) {
    listen(listener, listener);
  }

  void listen(Runnable listener) {
    listen(listener, _ -> listener.run());
  }

  private void listen(Object given, Consumer<T> listener) {
    synchronized (lock) {
      T value = happened;
      if (value == null) {
        listeners.add(new Listener<>(given, listener));
      } else {
        turn.post(rank, () -> listener.accept(value));
      }
    }
  }

  /// Takes a listener off that has not been told.
  void forget(Object given) {
    synchronized (lock) {
      listeners.removeIf(listener -> listener.given.equals(given));
    }
  }

  /// Whether there are listeners to be told.
  boolean isHeard() {
    synchronized (lock) {
      return !listeners.isEmpty();
    }
  }

  /// Tells the listeners, the first time.
  void happen(T value) {
    synchronized (lock) {
      if (happened != null) {
        return;
      }
      happened = value;
      for (Listener<T> listener : listeners) {
        turn.post(rank, () -> listener.call.accept(value));
      }
      listeners.clear();
    }
  }
}
