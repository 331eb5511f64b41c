package dev.forklab.fork.process;

/// The choice of a [Spawner], made once.
final class PlatformSpawner {

  static final Spawner INSTANCE = choose();

  private PlatformSpawner() {}

  private static Spawner choose() {
    if (!System.getProperty("os.name").equals("Linux")) {
      return new JdkSpawner("only Linux has the spawner that tells signals from exit codes");
    }
    try {
      return new PosixSpawner(new LibC());
    } catch (UnsupportedOperationException | IllegalCallerException | LinkageError e) {
      return new JdkSpawner("posix_spawn cannot be called: " + e.getMessage());
    }
  }
}
