package dev.forklab.fork.launch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Where archives lie that let children start faster: the JDK's own ahead-of-time cache (JEP 483)
/// of the classes that a child loads and links on its way to its first message.
///
/// An archive fits one main class, one JDK, one class path and one set of flags; its name is a
/// digest of these and of the jars' sizes and times, so a changed jar is never met by an old
/// archive. It is made when it is asked for only ([JavaCommand#prepare]), which take seconds: a
/// fork never waits for one, and writes none. A child whose archive is missing, damaged or unfit
/// starts without it and says nothing.
///
/// An archive is code: it is used only if it is this user's and no one else can write to it, in a
/// directory of the same kind (mode 0700). A child of another user (`uid`) starts without one.
///
/// The JDK takes no archive of a class path with directories in it: from an unpacked build, nothing
/// is made and nothing used.
public final class StartArchive {

  /// No archive is used or made.
  public static final StartArchive NONE = new StartArchive(Optional.empty());

  private static final String ENDING = ".aot";
  private static final int MOST_KEPT = 16;
  private static final int DIGEST_CHARS = 32;

  /// What a heap's or a stack's size, a property, a log, or what is done when memory is exhausted
  /// or the JVM crashes, does not change.
  private static final List<String> NO_MATTER =
      List.of(
          "-Xmx",
          "-Xms",
          "-Xmn",
          "-Xss",
          "-D",
          "-Xlog",
          "-XX:MaxDirectMemorySize=",
          "-XX:ErrorFile=",
          "-XX:HeapDumpPath=",
          "-XX:+HeapDumpOnOutOfMemoryError",
          "-XX:+ExitOnOutOfMemoryError",
          "-XX:-ExitOnOutOfMemoryError",
          "-XX:+CreateCoredumpOnCrash",
          "-XX:-CreateCoredumpOnCrash");

  private static final List<String> OWN_CHOICE =
      List.of("-XX:AOT", "-XX:SharedArchiveFile", "-Xshare", "-XX:ArchiveClassesAtExit");

  private static final Set<PosixFilePermission> OURS_ALONE =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> OTHERS_WRITE =
      EnumSet.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

  private final Optional<Path> directory;

  private StartArchive(Optional<Path> directory) {
    this.directory = directory;
  }

  /// In the user's cache: `$XDG_CACHE_HOME/forklab`, or `~/.cache/forklab`; [#NONE] for a user
  /// without a home.
  public static StartArchive ofUser() {
    return of(System.getenv("XDG_CACHE_HOME"), System.getProperty("user.home"));
  }

  public static StartArchive of(@Nullable String cache, String home) {
    Path base =
        cache != null && Path.of(cache).isAbsolute() ? Path.of(cache) : Path.of(home, ".cache");
    return base.isAbsolute() ? in(base.resolve("forklab")) : NONE; // Home is "?" where unknown.
  }

  /// In this directory, which is made when the first archive is; one that is there must be the
  /// user's, of mode 0700.
  public static StartArchive in(Path directory) {
    return new StartArchive(Optional.of(directory.toAbsolutePath()));
  }

  /// Where they lie; empty for [#NONE].
  public Optional<Path> directory() {
    return directory;
  }

  /// The archive of this command, whether it is there or not; empty if it can have none.
  public Optional<Path> fileFor(JavaCommand command, String mainClass) {
    boolean chosen =
        command.jvmArgs().stream().anyMatch(flag -> OWN_CHOICE.stream().anyMatch(flag::startsWith));
    if (chosen || directory.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(directory.get().resolve(digest(command, mainClass) + ENDING));
    } catch (NotArchivable _) {
      return Optional.empty();
    }
  }

  /// The archive of this command, if it is there and can be trusted: it is code, which no one but
  /// this user may have written.
  public Optional<Path> usable(JavaCommand command, String mainClass) {
    return fileFor(command, mainClass).filter(file -> isTrusted(file.getParent(), file));
  }

  private static boolean isTrusted(@Nullable Path folder, Path file) {
    try {
      return folder != null
          && isOursAlone(folder)
          && attributes(file).isRegularFile()
          && attributes(file).owner().equals(ourselves())
          && Collections.disjoint(attributes(file).permissions(), OTHERS_WRITE);
    } catch (IOException | UnsupportedOperationException _) {
      return false; // Not there, or on a system that does not say whose it is.
    }
  }

  private static boolean isOursAlone(Path folder) throws IOException {
    PosixFileAttributes found = attributes(folder);
    return found.isDirectory()
        && found.owner().equals(ourselves())
        && found.permissions().equals(OURS_ALONE);
  }

  private static PosixFileAttributes attributes(Path file) throws IOException {
    return Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  private static UserPrincipal ourselves() throws IOException {
    Path self = Path.of("/proc/self");
    return Files.exists(self)
        ? Files.getOwner(self)
        : self.getFileSystem()
            .getUserPrincipalLookupService()
            .lookupPrincipalByName(System.getProperty("user.name"));
  }

  /// Makes the directory, if it is not there.
  private static void open(Path folder) throws IOException {
    if (folder.getParent() != null) {
      Files.createDirectories(folder.getParent());
    }
    try {
      Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(OURS_ALONE));
    } catch (FileAlreadyExistsException _) {
      if (!isOursAlone(folder)) {
        throw new IOException(
            "expected a directory of mode 0700 that is this user's, for archives are code; found "
                + folder
                + " of mode "
                + PosixFilePermissions.toString(attributes(folder).permissions())
                + " and user "
                + attributes(folder).owner()
                + ": chmod 700 it, or name another");
      }
    }
  }

  /// The class path has an entry of which no archive can be made.
  private static final class NotArchivable extends Exception {
    private static final long serialVersionUID = 1L;
  }

  private static String digest(JavaCommand command, String mainClass) throws NotArchivable {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      Path home = command.java().toAbsolutePath().resolve("../..").normalize();
      digest.update((mainClass + '\n' + stamp(home.resolve("lib/modules"))).getBytes(UTF_8));
      for (String flag : command.jvmArgs()) {
        if (NO_MATTER.stream().noneMatch(flag::startsWith)) {
          digest.update((flag + '\n').getBytes(UTF_8));
        }
      }
      for (String entry : command.classPath().split(File.pathSeparator, -1)) {
        digest.update(stamp(Path.of(entry)).getBytes(UTF_8));
      }
      return HexFormat.of().formatHex(digest.digest()).substring(0, DIGEST_CHARS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static String stamp(Path file) throws NotArchivable {
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      if (!now.isRegularFile()) {
        throw new NotArchivable();
      }
      return file + " " + now.size() + " " + now.lastModifiedTime().to(NANOSECONDS) + '\n';
    } catch (IOException _) {
      throw new NotArchivable();
    }
  }

  /// Runs a child once, from its start to its end.
  @FunctionalInterface
  public interface Rehearsal {
    /// Runs it with this command, whose JVM writes the archive when it ends.
    void run(JavaCommand recording) throws IOException, InterruptedException;
  }

  /// Makes the archive of a command and a main class, unless it is there. Blocks for some seconds.
  ///
  /// @return whether it is there now
  /// @throws IOException if the directory cannot be written, or the rehearsal fails
  public boolean make(JavaCommand command, String mainClass, Rehearsal rehearsal)
      throws IOException, InterruptedException {
    Optional<Path> file = fileFor(command, mainClass);
    if (file.isEmpty() || usable(command, mainClass).isPresent()) {
      return file.isPresent();
    }
    Path folder = directory.orElseThrow();
    open(folder);
    Path work =
        Files.createTempDirectory(
            folder, "making-", PosixFilePermissions.asFileAttribute(OURS_ALONE));
    try {
      Path made = work.resolve("a" + ENDING);
      List<String> flags = new ArrayList<>(command.jvmArgs());
      flags.addAll(List.of("-XX:AOTCacheOutput=" + made, "-Xlog:disable"));
      rehearsal.run(command.withJvmArgs(flags));
      if (!Files.exists(made)) {
        return false; // This JVM cannot make one.
      }
      Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rw-------"));
      Files.move(made, file.get(), StandardCopyOption.ATOMIC_MOVE);
      forgetOldest(folder);
      return true;
    } finally {
      removeAll(work);
    }
  }

  /// Archives of old class paths are never asked for again: the least recently made go.
  private static void forgetOldest(Path folder) throws IOException {
    List<Path> archives;
    try (Stream<Path> files = Files.list(folder)) {
      archives =
          files
              .filter(file -> file.toString().endsWith(ENDING))
              .sorted(Comparator.comparingLong(StartArchive::made).reversed())
              .toList();
    }
    for (Path old : archives.subList(Math.min(MOST_KEPT, archives.size()), archives.size())) {
      Files.deleteIfExists(old); // A child that has it mapped keeps it.
    }
  }

  private static long made(Path file) {
    try {
      return Files.getLastModifiedTime(file).toMillis();
    } catch (IOException _) {
      return 0; // Gone meanwhile.
    }
  }

  private static void removeAll(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
