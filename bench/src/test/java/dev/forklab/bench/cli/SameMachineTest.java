package dev.forklab.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forklab.results.Host;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SameMachineTest {

  private static final Map<String, String> FACTS =
      Map.of("logical CPUs allowed", "2 (0-1)", "CPU quota", "1.50 CPUs", "load", "0.1 0.2 0.3");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          CPU quota            | 0.50 CPUs | 1.50 CPUs
          CPU quota            |           | 1.50 CPUs
          memory limit         | 2.0 GiB   | none
          logical CPUs allowed | 2 (2-3)   | 2 (0-1)
          """)
  void aLimitThatChangedIsRefusedInWords(String limit, String now, String then) {
    Map<String, String> facts = new HashMap<>(FACTS);
    facts.put(limit, now);
    facts.values().remove(null);
    assertThatThrownBy(() -> SameMachine.check(host(2, FACTS), host(2, facts)))
        .hasMessage(
            "expected the %s of when the run began (%s), found %s; set it as it was, or begin a new run"
                .formatted(limit, then, now == null ? "none" : now))
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.type(UserError.class))
        .satisfies(error -> assertThat(error.exitCode()).isEqualTo(ExitCode.USAGE));
  }

  @Test
  void whatIsNoLimitMayChange() {
    Map<String, String> facts = new HashMap<>(FACTS);
    facts.put("load", "2.0 1.0 0.5");
    facts.put("SMT", "off");
    assertThatCode(() -> SameMachine.check(host(2, FACTS), host(2, facts)))
        .doesNotThrowAnyException();
  }

  @Test
  void limitsThatWereNotLookedForWhenTheRunBeganAreNoDifference() {
    assertThatCode(() -> SameMachine.check(host(2, Map.of()), host(2, FACTS)))
        .doesNotThrowAnyException();
  }

  @Test
  void anotherMachineIsRefused() {
    assertThatThrownBy(() -> SameMachine.check(host(2, FACTS), host(4, FACTS)))
        .hasMessage(
            "expected the machine that the run began on (A CPU, 2 CPUs, 25), found A CPU, 4 CPUs,"
                + " 25; begin a new run here");
  }

  private static Host host(int cpus, Map<String, String> facts) {
    return new Host("Linux", "A CPU", cpus, 8L << 30, "25", facts, List.of());
  }
}
