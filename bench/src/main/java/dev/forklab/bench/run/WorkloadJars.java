package dev.forklab.bench.run;

import dev.forklab.bench.plan.BadRequestException;
import dev.forklab.results.Plan.WorkloadJar;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/// The jars of a user's workload, opened: until they are closed, the calling thread finds their
/// classes through its context class loader. Trials do not go through this loader: their JVMs, and
/// the children of those, have the jars on their class path.
public final class WorkloadJars implements AutoCloseable {

  private final List<WorkloadJar> recorded;
  private final URLClassLoader loader;
  private final ClassLoader before;
  private final Thread thread;

  private WorkloadJars(List<WorkloadJar> recorded, URLClassLoader loader) {
    this.recorded = List.copyOf(recorded);
    this.loader = loader;
    this.thread = Thread.currentThread();
    this.before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
  }

  /// Opens the jars asked for; an empty list opens nothing.
  ///
  /// @throws BadRequestException if one of them is not a jar
  public static WorkloadJars open(List<Path> jars) throws IOException {
    List<WorkloadJar> recorded = new ArrayList<>();
    for (Path jar : jars) {
      check(jar);
      recorded.add(new WorkloadJar(jar.toAbsolutePath().normalize().toString(), sha256(jar)));
    }
    return new WorkloadJars(recorded, new URLClassLoader("workload", urls(recorded), parent()));
  }

  /// Opens the jars that a run began with. A run directory may be another's, and its jars are code:
  /// whoever goes on with it says that they may run.
  ///
  /// @param trusted the jars that the user has named
  /// @throws BadRequestException if one of them is not named, gone, or has changed
  public static WorkloadJars reopen(List<WorkloadJar> begunWith, Collection<Path> trusted)
      throws IOException {
    Set<Path> named =
        trusted.stream().map(it -> it.toAbsolutePath().normalize()).collect(Collectors.toSet());
    for (WorkloadJar jar : begunWith) {
      Path path = Path.of(jar.path());
      if (!named.contains(path)) {
        throw new BadRequestException(
            "expected --workload-jar "
                + path
                + ", since this run runs code from it, found it not named; name it if you trust it");
      }
      check(path);
      if (!sha256(path).equals(jar.sha256())) {
        throw new BadRequestException(
            "expected the jar that the run began with at "
                + path
                + ", found another one (SHA-256 differs); put it back, or begin a new run");
      }
    }
    return new WorkloadJars(begunWith, new URLClassLoader("workload", urls(begunWith), parent()));
  }

  /// What a plan records of them.
  public List<WorkloadJar> recorded() {
    return recorded;
  }

  @Override
  public void close() throws IOException {
    thread.setContextClassLoader(before);
    loader.close();
  }

  private static ClassLoader parent() {
    return WorkloadJars.class.getClassLoader();
  }

  private static void check(Path jar) throws IOException {
    if (!Files.isRegularFile(jar)) {
      throw new BadRequestException(
          "expected a jar in --workload-jar, found %s at %s"
              .formatted(Files.exists(jar) ? "no file" : "nothing", jar.toAbsolutePath()));
    }
    try (ZipFile _ = new ZipFile(jar.toFile())) {
      // It opens: that is all there is to know here.
    } catch (ZipException e) {
      throw new BadRequestException(
          "expected a jar in --workload-jar, found a file that is none at "
              + jar.toAbsolutePath()
              + " ("
              + e.getMessage()
              + ")");
    }
  }

  private static URL[] urls(List<WorkloadJar> jars) throws MalformedURLException {
    URL[] urls = new URL[jars.size()];
    for (int i = 0; i < urls.length; i++) {
      urls[i] = Path.of(jars.get(i).path()).toUri().toURL();
    }
    return urls;
  }

  private static String sha256(Path file) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(file)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("expected SHA-256 in every JVM", e);
    }
  }
}
