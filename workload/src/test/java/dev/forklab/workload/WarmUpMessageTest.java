package dev.forklab.workload;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

class WarmUpMessageTest {

  private static final byte[] MESSAGE = new byte[64];

  static {
    new Random(7).nextBytes(MESSAGE);
  }

  @Test
  void asksForATenthOfTheWorkAtTheSameSize() {
    byte[] marked = WarmUpMessage.of(MESSAGE);

    assertEquals(MESSAGE.length, marked.length);
    assertEquals(50, WarmUpMessage.iterations(marked, 500));
    assertEquals(1, WarmUpMessage.iterations(marked, 3));
  }

  @Test
  void anyOtherMessageAsksForTheWholeWork() {
    byte[] almost = WarmUpMessage.of(MESSAGE);
    almost[15]++;

    assertEquals(500, WarmUpMessage.iterations(MESSAGE, 500));
    assertEquals(500, WarmUpMessage.iterations(almost, 500));
    assertEquals(500, WarmUpMessage.iterations(new byte[0], 500));
    assertEquals(500, WarmUpMessage.iterations(WarmUpMessage.of(new byte[4]), 500));
  }

  @Test
  void everyModelsFunctionKnowsIt() throws Exception {
    byte[] marked = WarmUpMessage.of(MESSAGE);
    WorkloadSpec spec = new WorkloadSpec("seal", 30);

    assertArrayEquals(
        spec.withIterations(3).workload().apply(marked, 3), spec.function().apply(marked));
  }
}
