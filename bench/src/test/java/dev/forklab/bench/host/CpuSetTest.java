package dev.forklab.bench.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CpuSetTest {

  @ParameterizedTest
  @ValueSource(strings = {"0", "0-3", "0-1,4,6-7", "5,7,9"})
  void listsReadAndWriteAlike(String list) {
    assertThat(CpuSet.parse(list)).hasToString("Optional[" + list + "]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a", "3-1", "-1", "0-", "0,,1", "0-99999999", "99999999999"})
  void garbageIsNoSet(String garbage) {
    assertThat(CpuSet.parse(garbage)).isEmpty();
  }

  @Test
  void cpusAreSortedAndStandOnce() {
    assertThat(new CpuSet(List.of(3, 1, 2, 1)).cpus()).containsExactly(1, 2, 3);
  }
}
