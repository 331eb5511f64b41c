package dev.forklab.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What every built-in workload promises, and golden replies of those without published vectors.
class BuiltInWorkloadsTest {

  private static final HexFormat HEX = HexFormat.of();

  @Test
  void allAreRegistered() {
    assertThat(WorkloadSpec.registered()).contains(Seal.NAME, Documents.NAME, Triad.NAME);
  }

  @ParameterizedTest
  @CsvSource({
    "documents, 40, 000102030405060708090a0b0c0d0e0f1011, 053496e8e3ecb80a271ea81533aea4632387",
    "documents, 300, ffeeddccbbaa99887766554433221100, 7fe1b27a4a39acc7503236202b24c49b",
    "triad, 1, 00, 8c",
    "triad, 37, ffeeddccbbaa9988776655, 8129f7dd6104144e8cb1ed",
    "triad, 1100, 000102030405060708090a0b0c0d0e0f1011, 74a0753b419b1bf313a392b9cecd77815a45",
  })
  void replyIsGolden(String workload, int iterations, String message, String reply)
      throws Exception {
    byte[] found = new WorkloadSpec(workload, iterations).function().apply(HEX.parseHex(message));
    assertThat(HEX.formatHex(found)).isEqualTo(reply);
  }

  @ParameterizedTest
  @ValueSource(strings = {Seal.NAME, Documents.NAME, Triad.NAME})
  void replyIsAsLongAsTheMessageAndTheMessageIsUntouched(String workload) throws Exception {
    TaskFunction function = new WorkloadSpec(workload, 3).function();
    for (int bytes : new int[] {0, 1, 7, 8, 9, 65_536, 1 << 20}) {
      byte[] message = new byte[bytes];
      new SplittableRandom(bytes).nextBytes(message);
      byte[] before = message.clone();
      assertThat(function.apply(message)).as("%d bytes", bytes).hasSize(bytes);
      assertThat(Arrays.equals(message, before)).as("%d bytes", bytes).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {Seal.NAME, Documents.NAME, Triad.NAME})
  void everyMessageAndEveryCountHasAReplyOfItsOwn(String workload) throws Exception {
    byte[] message = HEX.parseHex("00112233445566778899aabbccddeeff");
    byte[] other = HEX.parseHex("00112233445566778899aabbccddeefe");
    byte[] reply = new WorkloadSpec(workload, 5).function().apply(message);
    assertThat(new WorkloadSpec(workload, 6).function().apply(message)).isNotEqualTo(reply);
    assertThat(new WorkloadSpec(workload, 5).function().apply(other)).isNotEqualTo(reply);
  }

  /// Also past the end of the triad's arrays, where it begins again.
  @ParameterizedTest
  @ValueSource(strings = {Seal.NAME, Documents.NAME, Triad.NAME})
  void repliesStayTheSameUnderConcurrentCallersAndOverTime(String workload) throws Exception {
    TaskFunction function = new WorkloadSpec(workload, 90).function();
    byte[] message = HEX.parseHex("0f1e2d3c4b5a69788796a5b4c3d2e1f0");
    byte[] expected = new WorkloadSpec(workload, 90).function().apply(message);
    Callable<byte[]> task = () -> function.apply(message);
    try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
      List<Callable<byte[]>> tasks = java.util.Collections.nCopies(60, task);
      for (Future<byte[]> reply : threads.invokeAll(tasks)) {
        assertThat(reply.get()).isEqualTo(expected);
      }
    }
  }
}
