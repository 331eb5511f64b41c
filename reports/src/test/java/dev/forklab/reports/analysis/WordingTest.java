package dev.forklab.reports.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class WordingTest {

  @Test
  void percentagesKeepTheDigitsThatMatter() {
    assertThat(Wording.percent(0.03)).isEqualTo("3%");
    assertThat(Wording.percent(-0.0142)).isEqualTo("1.4%");
    assertThat(Wording.percent(0.0025)).isEqualTo("0.25%");
    assertThat(Wording.percent(0.2)).isEqualTo("20%");
    assertThat(Wording.percent(1)).isEqualTo("100%");
  }

  @Test
  void factorsHaveTwoDigits() {
    assertThat(Wording.times(1.25)).isEqualTo("1.3 times");
    assertThat(Wording.times(7)).isEqualTo("7 times");
    assertThat(Wording.times(42.4)).isEqualTo("42 times");
    assertThat(Wording.times(1234)).isEqualTo("1200 times");
  }

  @Test
  void listsReadAsSpoken() {
    assertThat(Wording.list(List.of())).isEmpty();
    assertThat(Wording.list(List.of("a"))).isEqualTo("a");
    assertThat(Wording.list(List.of("a", "b", "c"))).isEqualTo("a, b and c");
  }
}
