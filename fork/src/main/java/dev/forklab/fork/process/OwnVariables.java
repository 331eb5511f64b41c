package dev.forklab.fork.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The bytes of this process's environment. Java shows it as text, in the encoding of the locale:
/// under `LC_ALL=C` what is not ASCII is lost there, and what is no UTF-8 anywhere else. What a
/// child inherits is passed on as the bytes that it was; text that the program gives is UTF-8.
final class OwnVariables {

  /// What is not all ASCII, as `NAME=VALUE`, by the name that Java shows.
  private static final Map<String, List<byte[]>> BYTES = read();

  private OwnVariables() {}

  /// `NAME=VALUE` of a child's variable: as this process has it, if it has it with this value. Two
  /// names may look the same to Java.
  static Stream<byte[]> assignments(String name, String value) {
    List<byte[]> own = BYTES.getOrDefault(name, List.of());
    return own.isEmpty() || !value.equals(System.getenv(name))
        ? Stream.of((name + "=" + value).getBytes(UTF_8))
        : own.stream();
  }

  private static Map<String, List<byte[]>> read() {
    try {
      return parse(Files.readAllBytes(Path.of("/proc/self/environ")));
    } catch (IOException | RuntimeException _) {
      return Map.of(); // Not there, or not for us to read: text it is.
    }
  }

  private static Map<String, List<byte[]>> parse(byte[] block) {
    Charset javas = Charset.forName(System.getProperty("sun.jnu.encoding", UTF_8.name()), UTF_8);
    Map<String, List<byte[]>> found = new HashMap<>();
    int begin = 0;
    for (int end = 0; end < block.length; end++) {
      if (block[end] == 0) {
        byte[] assignment = Arrays.copyOfRange(block, begin, end);
        begin = end + 1;
        if (!isAscii(assignment)) {
          String name = new String(assignment, javas).split("=", 2)[0];
          found.computeIfAbsent(name, _ -> new ArrayList<>()).add(assignment);
        }
      }
    }
    return found;
  }

  private static boolean isAscii(byte[] bytes) {
    for (byte each : bytes) {
      if (each < 0) {
        return false;
      }
    }
    return true;
  }
}
