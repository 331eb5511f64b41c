package dev.forklab.fork.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Those who wait for a cluster to get somewhere. On the loop's thread only; their futures are
/// completed on the thread of its listeners, after those have heard of all that came before.
final class ClusterGoals {

  /// @param isReload whether a worker that cannot be replaced ends the wait
  private record Goal(
      boolean isReload, BooleanSupplier isReached, CompletableFuture<@Nullable Void> future) {}

  private final ClusterEvents events;
  private final List<Goal> goals = new ArrayList<>();

  ClusterGoals(ClusterEvents events) {
    this.events = events;
  }

  void add(boolean isReload, BooleanSupplier isReached, CompletableFuture<@Nullable Void> future) {
    goals.add(new Goal(isReload, isReached, future));
  }

  /// Completes those that are reached.
  void settle() {
    List<Goal> reached = goals.stream().filter(goal -> goal.isReached.getAsBoolean()).toList();
    goals.removeAll(reached);
    reached.forEach(goal -> events.tell(() -> goal.future.complete(null)));
  }

  void failReloads(String why) {
    fail(goals.stream().filter(Goal::isReload).toList(), why);
  }

  void failAll(String why) {
    fail(List.copyOf(goals), why);
  }

  private void fail(List<Goal> failed, String why) {
    goals.removeAll(failed);
    failed.forEach(goal -> refuse(goal.future, why));
  }

  /// For one who asks too late.
  void refuse(CompletableFuture<@Nullable Void> future, String why) {
    events.tell(() -> future.completeExceptionally(new IllegalStateException(why)));
  }
}
