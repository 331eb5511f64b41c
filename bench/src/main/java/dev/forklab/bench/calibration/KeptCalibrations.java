package dev.forklab.bench.calibration;

import dev.forklab.fork.launch.StartArchive;
import dev.forklab.results.Calibration;
import dev.forklab.results.Host;
import dev.forklab.results.Peer;
import dev.forklab.results.Plan.WorkloadJar;
import dev.forklab.results.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// What calibrations have found on this machine, so that two runs do the same work: a file in the
/// user's cache, by processor, runtime, workload, message size and task time.
///
/// A file that cannot be read counts as none; one that cannot be written costs the next run a new
/// calibration, no more.
public final class KeptCalibrations {

  /// What is less sure than that is not worth keeping.
  private static final double SURE = 0.03;

  /// Its number grows with each change to what an iteration of a built-in workload costs.
  private static final String FILE = "calibrations-2.json";

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final Optional<Path> directory;

  private KeptCalibrations(Optional<Path> directory) {
    this.directory = directory;
  }

  /// In the user's cache, beside the start archives; nothing is kept for a user without a home.
  public static KeptCalibrations ofUser() {
    return new KeptCalibrations(StartArchive.ofUser().directory());
  }

  static KeptCalibrations in(Path directory) {
    return new KeptCalibrations(Optional.of(directory.toAbsolutePath()));
  }

  /// What tells one calibration from another.
  ///
  /// @param peer the runtime, or null for the JVM
  public record Key(Host host, List<WorkloadJar> jars, String workload, @Nullable Peer peer) {
    public Key {
      jars = List.copyOf(jars);
    }

    private String of(Wanted wanted) {
      String runtime = peer == null ? host.java() : peer.model().id() + " " + peer.version();
      String code = jars.stream().map(WorkloadJar::sha256).collect(Collectors.joining(" "));
      return String.join(
          " | ",
          host.cpu(),
          runtime,
          (workload + " " + code).strip(),
          wanted.messageBytes() + " B",
          wanted.taskNanos() + " ns");
    }
  }

  /// What was found earlier.
  public Optional<Calibration> find(Key key, Wanted wanted) {
    return Optional.ofNullable(read().get(key.of(wanted)));
  }

  /// Keeps what was found, unless it is too unsure.
  ///
  /// @throws IOException if the file cannot be written
  public void keep(Key key, Wanted wanted, Calibration found) throws IOException {
    if (found.spread() > SURE || directory.isEmpty()) {
      return;
    }
    Path folder = directory.get();
    Map<String, Calibration> all = new TreeMap<>(read());
    all.put(key.of(wanted), found);
    makeFolder(folder);
    WholeFile.write(folder.resolve(FILE), JSON.writeValueAsString(all));
  }

  /// For its owner alone: start archives, which are code, lie there too.
  private static void makeFolder(Path folder) throws IOException {
    if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } else {
      Files.createDirectories(folder);
    }
  }

  private Map<String, Calibration> read() {
    if (directory.isEmpty()) {
      return Map.of();
    }
    try {
      return JSON.readValue(
          Files.readString(directory.get().resolve(FILE)), new TypeReference<>() {});
    } catch (IOException | JacksonException _) {
      return Map.of();
    }
  }
}
