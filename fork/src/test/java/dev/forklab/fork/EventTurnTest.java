package dev.forklab.fork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/// What waits at the same time is heard in the order promised, whoever listened first.
@Timeout(60)
@ExtendWith(NothingLeft.class)
class EventTurnTest {

  private final EventTurn turn = new EventTurn("test");
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final CountDownLatch free = new CountDownLatch(1);

  /// Holds the turn until it is free.
  private void occupy() {
    CountDownLatch occupied = new CountDownLatch(1);
    turn.post(() -> {
      occupied.countDown();
      awaitFree();
    });
    await().until(() -> occupied.getCount() == 0);
  }

  private void awaitFree() {
    try {
      free.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private OneTimeEvent<String> happened(String what, EventTurn.Rank rank) {
    OneTimeEvent<String> occasion = new OneTimeEvent<>(turn, rank);
    occasion.happen(what);
    return occasion;
  }

  @Test
  void spawnIsHeardFirstAndCloseLastThoughTheirListenersCameInAnotherOrder() throws Exception {
    occupy();
    happened("close", EventTurn.Rank.LAST).listen(heard::add);
    happened("exit", EventTurn.Rank.USUAL).listen(heard::add);
    happened("spawn", EventTurn.Rank.FIRST).listen(heard::add);
    happened("disconnect", EventTurn.Rank.USUAL).listen(heard::add);
    free.countDown();
    turn.awaitIdle();
    assertThat(heard).containsExactly("spawn", "exit", "disconnect", "close");
  }

  @Test
  void aMessageThatArrivesWhileSpawnWaitsIsHeardBehindIt() throws Exception {
    occupy();
    Thread channel = Thread.ofPlatform().start(() -> turn.inline(() -> heard.add("message")));
    await().until(() -> channel.getState() == Thread.State.WAITING);
    happened("spawn", EventTurn.Rank.FIRST).listen(heard::add);
    free.countDown();
    channel.join();
    turn.awaitIdle();
    assertThat(heard).containsExactly("spawn", "message");
  }

  @Test
  void anInterruptThatAListenerLeavesDoesNotReachTheNext() throws Exception {
    turn.inline(() -> Thread.currentThread().interrupt());
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    turn.post(() -> Thread.currentThread().interrupt());
    turn.post(() -> heard.add("interrupted: " + Thread.currentThread().isInterrupted()));
    turn.awaitIdle();
    assertThat(heard).containsExactly("interrupted: false");
  }

  @Test
  void errorsThatComeFasterThanTheyAreHeardAreBoundedAndTheLastSaysHowMany() throws Exception {
    int count = 10_000;
    Errors errors = new Errors("test", turn);
    errors.listen(error -> heard.add(error.getMessage()));
    occupy();
    for (int i = 0; i < count; i++) {
      errors.happen(new ForkError(ForkError.Kind.GARBAGE, "error " + i, null));
    }
    free.countDown();
    turn.awaitIdle();
    assertThat(heard).startsWith("error 0", "error 1").hasSizeLessThan(1_000);
    assertThat(heard.getLast())
        .startsWith("error 9999; it is the last of ")
        .contains(Integer.toString(count - heard.size() + 1));
  }
}
