package dev.forklab.workload;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Node's `crypto` seals a document into the same bytes.
class NodeParityTest {

  /// Reads the message from standard input to its end, then writes the reply to standard output.
  private static final String PROGRAM =
      """
      const crypto = require('node:crypto');
      const [password, salt, iterations] = process.argv.slice(1);
      const chunks = [];
      process.stdin.on('data', (chunk) => chunks.push(chunk));
      process.stdin.on('end', () => {
        const derived = crypto.pbkdf2Sync(
          password, Buffer.from(salt, 'hex'), Number(iterations), 48, 'sha256');
        const cipher = crypto.createCipheriv(
          'aes-256-ctr', derived.subarray(0, 32), derived.subarray(32));
        process.stdout.write(Buffer.concat([cipher.update(Buffer.concat(chunks)), cipher.final()]));
      });
      """;

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 1", "16, 2", "17, 210", "4096, 1000", "65536, 3", "1000003, 20000"})
  void nodeGivesTheSameBytes(int bytes, int iterations) throws Exception {
    Optional<Path> node = executable("node");
    assumeTrue(node.isPresent(), "skipped: no 'node' on the PATH to compare with");
    byte[] message = new byte[bytes];
    new SplittableRandom(bytes).nextBytes(message);
    byte[] expected = sealWithNode(node.orElseThrow(), message, iterations);
    assertThat(Arrays.equals(new Seal().apply(message, iterations), expected)).isTrue();
  }

  private static byte[] sealWithNode(Path node, byte[] message, int iterations) throws Exception {
    Process process =
        new ProcessBuilder(
                node.toString(),
                "-e",
                PROGRAM,
                Seal.PASSWORD,
                Seal.SALT_HEX,
                Integer.toString(iterations))
            .start();
    try (InputStream output = process.getInputStream();
        InputStream errors = process.getErrorStream()) {
      try (OutputStream input = process.getOutputStream()) {
        input.write(message); // Node reads to its end before it writes: neither side can block
      }
      byte[] reply = output.readAllBytes();
      String complaint = new String(errors.readAllBytes(), UTF_8);
      assertThat(process.waitFor()).as(complaint).isZero();
      return reply;
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private static Optional<Path> executable(String name) throws IOException {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.of(path.split(File.pathSeparator))
        .filter(directory -> !directory.isEmpty())
        .map(directory -> Path.of(directory, name))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
