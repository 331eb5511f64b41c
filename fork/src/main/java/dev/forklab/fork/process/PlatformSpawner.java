package dev.forklab.fork.process;

import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.util.NoSuchElementException;

/// The choice of a [Spawner], made once.
final class PlatformSpawner {

  static final Spawner INSTANCE = choose(name -> Linker.nativeLinker().defaultLookup().find(name));

  private PlatformSpawner() {}

  /// @param symbols the functions of the C library
  static Spawner choose(SymbolLookup symbols) {
    if (!System.getProperty("os.name").equals("Linux")) {
      return new JdkSpawner("only Linux has the spawner that tells signals from exit codes");
    }
    try {
      return new PosixSpawner(new LibC(symbols));
    } catch (UnsupportedOperationException
        | IllegalCallerException
        | NoSuchElementException
        | LinkageError e) {
      return new JdkSpawner("posix_spawn cannot be called: " + e.getMessage());
    }
  }
}
