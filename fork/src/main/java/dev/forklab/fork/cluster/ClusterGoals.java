package dev.forklab.fork.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Those who wait for a cluster to get somewhere. On the loop's thread only.
final class ClusterGoals {

  /// @param isReload whether a worker that cannot be replaced ends the wait
  private record Goal(
      boolean isReload, BooleanSupplier isReached, CompletableFuture<@Nullable Void> future) {}

  private final List<Goal> goals = new ArrayList<>();

  void add(
      boolean isReload, BooleanSupplier isReached, CompletableFuture<@Nullable Void> future) {
    goals.add(new Goal(isReload, isReached, future));
  }

  /// Completes those that are reached.
  void settle() {
    List<Goal> reached = goals.stream().filter(goal -> goal.isReached.getAsBoolean()).toList();
    goals.removeAll(reached);
    reached.forEach(goal -> goal.future.complete(null));
  }

  void failReloads(String why) {
    fail(goals.stream().filter(Goal::isReload).toList(), why);
  }

  void failAll(String why) {
    fail(List.copyOf(goals), why);
  }

  private void fail(List<Goal> failed, String why) {
    goals.removeAll(failed);
    failed.forEach(goal -> goal.future.completeExceptionally(new IllegalStateException(why)));
  }
}
