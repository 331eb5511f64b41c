package dev.forklab.workload.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forklab.fork.pool.WhenFull;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class PoolOptionsTest {

  private static final PoolOptions DEFAULTS = PoolOptions.ofWorkers("pool", 3);

  @Test
  void defaultsBlockAndLetSixteenTasksWaitPerWorker() {
    assertThat(DEFAULTS.queueCapacity()).isEqualTo(48);
    assertThat(DEFAULTS.whenFull()).isEqualTo(WhenFull.BLOCK);
    assertThat(DEFAULTS.taskTimeout()).isEmpty();
    assertThat(PoolOptions.ofWorkers("pool", PoolOptions.MAX_WORKERS).queueCapacity()).isPositive();
  }

  @Test
  void eachSettingChangesAlone() {
    PoolOptions all =
        DEFAULTS
            .withQueueCapacity(5)
            .withWhenFull(WhenFull.REJECT)
            .withTaskTimeout(Duration.ofSeconds(1))
            .withDrain(Duration.ZERO);
    assertThat(all.name()).isEqualTo("pool");
    assertThat(all.workers()).isEqualTo(3);
    assertThat(all.queueCapacity()).isEqualTo(5);
    assertThat(all.whenFull()).isEqualTo(WhenFull.REJECT);
    assertThat(all.taskTimeout()).contains(Duration.ofSeconds(1));
    assertThat(all.drain()).isZero();
  }

  @Test
  void impossibleSettingsAreRefusedInWords() {
    refused(() -> PoolOptions.ofWorkers(" ", 1), "blank");
    refused(() -> PoolOptions.ofWorkers("pool", 0), "found 0");
    refused(() -> PoolOptions.ofWorkers("pool", 100_000), "1 to 4096 workers, found 100000");
    refused(() -> DEFAULTS.withQueueCapacity(0), "found 0");
    refused(() -> DEFAULTS.withQueueCapacity(Integer.MAX_VALUE), "1 to 1048576");
    refused(() -> DEFAULTS.withTaskTimeout(Duration.ZERO), "PT0S");
    refused(() -> DEFAULTS.withDrain(Duration.ofSeconds(-1)), "PT-1S");
  }

  private static void refused(ThrowingCallable call, String words) {
    assertThatThrownBy(call)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(words);
  }
}
