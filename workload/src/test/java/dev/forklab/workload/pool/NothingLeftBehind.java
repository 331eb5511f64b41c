package dev.forklab.workload.pool;

import static org.awaitility.Awaitility.await;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A JUnit extension that fails a test which leaves something behind: a thread (platform or
/// virtual), a child process, an open socket, pipe or file, or an entry in one of the watched
/// directories. Compares with what was there before the test; waits for what is on its way out.
///
/// ```java
/// @ExtendWith(NothingLeftBehind.class)
/// class SomePoolTest { … }
///
/// @RegisterExtension
/// final NothingLeftBehind nothing = NothingLeftBehind.watching(Path.of("/run/sockets"));
/// ```
///
/// Threads that the JDK itself starts when first needed and keeps (carriers, pollers, the reaper of
/// processes) are nobody's leak. Descriptors are looked at where the system has `/proc`. Tests of
/// one JVM that run at the same time would accuse each other: run them one after the other.
public final class NothingLeftBehind implements BeforeEachCallback, AfterEachCallback {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Pattern JDK_OR_TEST_FRAMEWORK =
      Pattern.compile(
          "ForkJoinPool.*|VirtualThread-.*|(Read|Write|Master)-?Poller.*|.*[Pp]oller.*"
              + "|process reaper.*|Common-Cleaner|Cleaner-\\d+|Attach Listener|JFR .*"
              + "|CompletableFutureDelayScheduler|Finalizer|Reference Handler|Signal Dispatcher"
              + "|Notification Thread|awaitility.*|surefire.*|junit.*|C[12] CompilerThread\\d+"
              + "|ping-.*|Timer-\\d+|Java2D .*|SIG.* handler|DestroyJavaVM");

  /// In a thread dump as JSON, each thread's id is followed by its name.
  private static final Pattern THREAD =
      Pattern.compile("\"tid\":\\s*\"?(\\d+)\"?.*?\"name\":\\s*\"([^\"]*)\"", Pattern.DOTALL);

  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  private final List<Path> directories;
  private Set<String> before = Set.of();

  /// Watches threads, processes and descriptors.
  public NothingLeftBehind() {
    this(List.of());
  }

  private NothingLeftBehind(List<Path> directories) {
    this.directories = directories;
  }

  /// Watches these directories as well.
  public static NothingLeftBehind watching(Path... directories) {
    return new NothingLeftBehind(List.of(directories));
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    remember();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    await("nothing left behind")
        .pollDelay(Duration.ZERO)
        .atMost(PATIENCE)
        .until(this::leftBehind, Set::isEmpty);
  }

  void remember() {
    openWhatTheJdkKeeps();
    before = present();
  }

  /// The JDK's first channel opens a socket that it keeps, to mark closed descriptors with.
  private static void openWhatTheJdkKeeps() {
    try {
      SocketChannel.open().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Set<String> leftBehind() {
    Set<String> now = present();
    now.removeAll(before);
    return now;
  }

  private Set<String> present() {
    Set<String> found = new TreeSet<>();
    found.addAll(threads());
    ProcessHandle.current().children().forEach(child -> found.add("process " + child.pid()));
    found.addAll(descriptors());
    directories.forEach(directory -> found.addAll(entries(directory)));
    return found;
  }

  /// Virtual threads are listed nowhere else than in a dump.
  private static Set<String> threads() {
    try {
      Path directory = Files.createTempDirectory("threads");
      Path dump = directory.resolve("dump.json");
      try {
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
            .dumpThreads(dump.toString(), ThreadDumpFormat.JSON);
        return THREAD
            .matcher(Files.readString(dump))
            .results()
            .filter(thread -> !JDK_OR_TEST_FRAMEWORK.matcher(thread.group(2)).matches())
            .map(NothingLeftBehind::named)
            .collect(Collectors.toSet());
      } finally {
        Files.deleteIfExists(dump);
        Files.delete(directory);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String named(MatchResult thread) {
    return "thread " + thread.group(1) + " '" + thread.group(2) + "'";
  }

  /// Sockets, pipes and files, except those that class loading and the JDK open and keep.
  private static Set<String> descriptors() {
    if (!Files.isDirectory(DESCRIPTORS)) {
      return Set.of();
    }
    try (Stream<Path> open = Files.list(DESCRIPTORS)) {
      return open.map(NothingLeftBehind::target)
          .filter(target -> !target.isEmpty())
          .filter(target -> !target.startsWith("anon_inode:") && !target.startsWith("/dev/"))
          .filter(target -> !target.startsWith("/proc/"))
          .filter(target -> !target.endsWith(".jar") && !target.endsWith("/modules"))
          .map(target -> "descriptor of " + target)
          .collect(Collectors.toSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException e) {
      return ""; // closed in the meantime
    }
  }

  private static Set<String> entries(Path directory) {
    if (!Files.isDirectory(directory)) {
      return Set.of();
    }
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.map(entry -> "file " + entry).collect(Collectors.toSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
