package dev.forklab.fork;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forklab.fork.data.Exit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/// Virtual threads that keep every CPU busy hold up nothing that the library does.
@Timeout(60)
@ExtendWith(NothingLeft.class)
class BusyCarriersTest {

  private final AtomicBoolean busy = new AtomicBoolean(true);
  private final List<Thread> threads = new ArrayList<>();

  @BeforeEach
  void keepAllCarriersBusy() {
    for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
      threads.add(
          Thread.startVirtualThread(() -> {
            while (busy.get()) {
              Thread.onSpinWait();
            }
          }));
    }
  }

  @AfterEach
  void freeTheCarriers() throws InterruptedException {
    busy.set(false);
    for (Thread thread : threads) {
      thread.join();
    }
  }

  @Test
  void eventsAreHeard() throws Exception {
    ChildProcess child = Fork.forkExecutable("true", ForkOptions.DEFAULT);
    CompletableFuture<Exit> exit = new CompletableFuture<>();
    CompletableFuture<Exit> close = new CompletableFuture<>();
    child.onExit(exit::complete).onClose(close::complete);
    assertThat(exit.get(20, TimeUnit.SECONDS).code()).hasValue(0);
    assertThat(close.get(20, TimeUnit.SECONDS).code()).hasValue(0);
  }

  @Test
  void aTimeoutKills() throws Exception {
    ChildProcess child =
        Fork.forkExecutable(
            "sleep", ForkOptions.builder().args("60").timeout(Duration.ofMillis(100)).build());
    assertThat(child.exited().get(20, TimeUnit.SECONDS).signal()).hasValue("SIGTERM");
  }

  @Test
  void aSentMessagesFutureIsCompleted() throws Exception {
    ChildProcess child = Fork.fork(Children.Echo.class);
    child.sendAsync("x".repeat(4 << 20)).get(20, TimeUnit.SECONDS);
    child.disconnect();
    child.closed().get(20, TimeUnit.SECONDS);
  }
}
