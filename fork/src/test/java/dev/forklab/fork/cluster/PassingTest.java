package dev.forklab.fork.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Who owns an address, and what a worker is told before it begins.
class PassingTest {

  private static final int SLOTS = 4;

  /// Even of addresses that differ in their last bits only.
  @Test
  void addressesAreSpreadOverTheWorkers() {
    int[] owned = new int[SLOTS];
    for (int address = 0x0a000000; address < 0x0a000000 + 10_000; address++) {
      owned[owner(address, SLOTS)]++;
    }
    for (int share : owned) {
      assertThat(share).isBetween(2_300, 2_700);
    }
  }

  @Test
  void oneWorkerMoreTakesAddressesAndMovesNoOther() {
    for (int address = 0; address < 10_000; address++) {
      assertThat(owner(address, SLOTS + 1)).isIn(owner(address, SLOTS), SLOTS);
    }
  }

  private static int owner(int address, int slots) {
    int best = 0;
    for (int slot = 1; slot < slots; slot++) {
      if (Passing.score(address, slot) > Passing.score(address, best)) {
        best = slot;
      }
    }
    return best;
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "0.0.0.0", "::1"})
  void aWorkerReadsWhatItsPrimaryWrote(String host) throws Exception {
    WorkerSetup setup =
        new WorkerSetup(7, ClusterPolicy.ROUND_ROBIN, true, 511, new InetSocketAddress(host, 8080));
    assertThat(WorkerSetup.read(new ByteArrayInputStream(setup.encode()))).isEqualTo(setup);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "7 SHARED", "7 SHARED\n"})
  void aWorkerRefusesWhatNoPrimaryWrites(String line) {
    ByteArrayInputStream in = new ByteArrayInputStream(line.getBytes(StandardCharsets.US_ASCII));
    assertThatThrownBy(() -> WorkerSetup.read(in))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("expected");
  }
}
