package dev.forklab.bench.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// A program for another runtime that the lab brings with it, as a resource beside a class.
public final class BundledScript {

  private BundledScript() {}

  /// Puts it into a directory, in place of an older one.
  ///
  /// @return the file
  public static Path unpack(String name, Class<?> beside, Path directory) throws IOException {
    Path script = directory.resolve(name);
    try (InputStream source = beside.getResourceAsStream(name)) {
      if (source == null) {
        throw new IllegalStateException(
            "expected " + name + " beside " + beside + "; the build is incomplete");
      }
      Files.copy(source, script, StandardCopyOption.REPLACE_EXISTING);
    }
    return script;
  }
}
