package dev.forklab.bench.host;

import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;

/// The small text files in which Linux says what it knows, read under a root.
///
/// A file that is absent, unreadable or empty reads as nothing: kernels, containers and privileges
/// differ in what they show, and a fact that is not shown is not an error.
///
/// @param root `/` on a real machine, a directory of a test otherwise
record KernelFiles(Path root) {

  private static final int MAX_ENTRIES = 65_536;

  static KernelFiles ofThisMachine() {
    return new KernelFiles(Path.of("/"));
  }

  boolean exists(String path) {
    return Files.exists(root.resolve(path));
  }

  /// The whole file without the white space around it.
  Optional<String> text(String path) {
    try (InputStream file = new FileInputStream(root.resolve(path).toFile())) {
      String text = new String(file.readAllBytes(), StandardCharsets.UTF_8).strip();
      return text.isEmpty() ? Optional.empty() : Optional.of(text);
    } catch (IOException | SecurityException unreadable) {
      return Optional.empty();
    }
  }

  List<String> lines(String path) {
    return text(path).map(text -> text.lines().toList()).orElse(List.of());
  }

  OptionalLong number(String path) {
    return text(path).map(KernelFiles::parse).orElse(OptionalLong.empty());
  }

  /// The number after `key` on the line that starts with it, its unit and colon left out.
  OptionalLong field(String path, String key) {
    return first(path, line -> word(line.split("[:\\s]+", -1), key))
        .map(KernelFiles::parse)
        .orElse(OptionalLong.empty());
  }

  private static Optional<String> word(String[] words, String key) {
    return words.length > 1 && words[0].equals(key) ? Optional.of(words[1]) : Optional.empty();
  }

  /// The text after `key` and a colon or an equals sign, unquoted, on the first line that has it.
  Optional<String> value(String path, String key) {
    return first(path, line -> word(line.split("\\s*[:=]\\s*", 2), key))
        .map(text -> text.replace("\"", "").strip())
        .filter(text -> !text.isEmpty());
  }

  /// Reads no further than the line wanted: `/proc/cpuinfo` of a large machine is long, and the
  /// kernel makes it as it is read.
  private Optional<String> first(String path, Function<String, Optional<String>> pick) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Files.newInputStream(root.resolve(path)), StandardCharsets.UTF_8))) {
      return lines.lines().map(pick).flatMap(Optional::stream).findFirst();
    } catch (IOException | UncheckedIOException | SecurityException unreadable) {
      return Optional.empty();
    }
  }

  /// Names of the threads of a process: all that are numbers. Asked often, and beside code that is
  /// being measured, so without a regular expression and a stream, which compilers would take up.
  List<String> threads(long pid) {
    String[] all = root.resolve("proc/" + pid + "/task").toFile().list();
    List<String> threads = new ArrayList<>();
    if (all != null) {
      for (String name : all) {
        if (!name.isEmpty() && Character.isDigit(name.charAt(0))) {
          threads.add(name);
        }
      }
    }
    return threads;
  }

  /// Names in a directory that match `pattern`, in no particular order.
  List<String> names(String directory, String pattern) {
    try (Stream<Path> entries = Files.list(root.resolve(directory))) {
      return entries
          .limit(MAX_ENTRIES)
          .map(entry -> entry.getFileName().toString())
          .filter(name -> name.matches(pattern))
          .toList();
    } catch (IOException | SecurityException unreadable) {
      return List.of();
    }
  }

  static OptionalLong parse(String digits) {
    try {
      return OptionalLong.of(Long.parseLong(digits));
    } catch (NumberFormatException notANumber) {
      return OptionalLong.empty();
    }
  }
}
