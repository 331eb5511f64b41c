package dev.forklab.bench.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class YardstickTest {

  @Test
  void itTakesTimeOnAsManyCpusAsAskedForAndLeavesNoThread() {
    try (Yardstick yardstick = new Yardstick(2)) {
      assertThat(yardstick.nanos(1)).isPositive();
      assertThat(yardstick.nanos(2)).isPositive();
    }
    Awaitility.await()
        .atMost(10, TimeUnit.SECONDS)
        .untilAsserted(() ->
            assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("yardstick-")));
  }
}
