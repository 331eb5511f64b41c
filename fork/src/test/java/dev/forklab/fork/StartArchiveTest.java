package dev.forklab.fork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.forklab.fork.data.Serialization;
import dev.forklab.fork.launch.JavaCommand;
import dev.forklab.fork.launch.RunAs;
import dev.forklab.fork.launch.StartArchive;
import dev.forklab.fork.pool.ForkPool;
import dev.forklab.fork.pool.ForkPoolOptions;
import dev.forklab.fork.pool.Task;
import dev.forklab.fork.pool.TaskContext;
import dev.forklab.fork.process.ChannelPipes;
import dev.forklab.fork.process.Spawner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Archives in a directory of the test's own: the user's cache is never touched.
@ExtendWith(NothingLeft.class)
class StartArchiveTest {

  @TempDir private Path directory = Path.of("");

  /// Says hello, and listens.
  static final class Greeter {
    public static void main(String[] args) {
      Parent parent = Parent.get();
      parent.onMessage(_ -> {});
      parent.send("hello");
    }
  }

  @Test
  void aClassPathWithDirectoriesHasNone() throws Exception {
    JavaCommand command =
        JavaCommand.ofThisJvm().withClassPath(directory.toString()).withArchive(archive());

    assertThat(archive().fileFor(command, "Main")).isEmpty();
    assertThat(archive().make(command, "Main", _ -> {})).isFalse();
    assertThat(cache()).doesNotExist();
  }

  @Test
  void whoChoosesAnArchiveOrNoneGetsNoOther() throws IOException {
    JavaCommand command = JavaCommand.ofThisJvm().withClassPath(Files.createFile(jar()).toString());

    assertThat(archive().fileFor(command, "Main")).isPresent();
    assertThat(archive().fileFor(command.withJvmArgs(List.of("-XX:AOTCache=x")), "Main")).isEmpty();
    assertThat(StartArchive.NONE.fileFor(command, "Main")).isEmpty();
  }

  @Test
  void anArchiveBelongsToOneClassOneSetOfFlagsAndOneStateOfItsJars() throws IOException {
    JavaCommand command = JavaCommand.ofThisJvm().withClassPath(Files.createFile(jar()).toString());
    var file = archive().fileFor(command, "Main");

    assertThat(
            archive()
                .fileFor(
                    command.withJvmArgs(
                        List.of(
                            "-Xmx64m", "-Da=b", "-XX:ErrorFile=x", "-XX:+ExitOnOutOfMemoryError")),
                    "Main"))
        .isEqualTo(file);
    assertThat(archive().fileFor(command, "Other")).isNotEqualTo(file);
    assertThat(archive().fileFor(command.withJvmArgs(List.of("-XX:+UseParallelGC")), "Main"))
        .isNotEqualTo(file);
    Files.writeString(jar(), "changed");
    assertThat(archive().fileFor(command, "Main")).isNotEqualTo(file);
  }

  @Test
  void anArchiveIsCodeAndOnlyThatOfTheUserAloneIsUsed() throws IOException {
    JavaCommand command = JavaCommand.ofThisJvm().withClassPath(Files.createFile(jar()).toString());
    Path file = archive().fileFor(command, "Main").orElseThrow();
    Files.createDirectory(cache(), mode("rwx------"));
    Files.createFile(file, mode("rw-------"));
    assertThat(archive().usable(command, "Main")).hasValue(file);

    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw----"));
    assertThat(archive().usable(command, "Main")).as("the group may write").isEmpty();
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(archive().usable(command, "Main")).isPresent();
    for (String others : List.of("rwxrwxr-x", "rwxr-xr-x")) {
      Files.setPosixFilePermissions(cache(), PosixFilePermissions.fromString(others));
      assertThat(archive().usable(command, "Main")).as(others).isEmpty();
      assertThatThrownBy(() -> archive().make(command, "Main", _ -> {}))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("chmod 700");
    }
    Files.setPosixFilePermissions(cache(), PosixFilePermissions.fromString("rwx------"));
    Path target = Files.move(file, directory.resolve("target"));
    Files.createSymbolicLink(file, target);
    assertThat(archive().usable(command, "Main")).as("a link").isEmpty();
  }

  @Test
  void anotherUsersArchiveIsNotUsed() throws IOException {
    assumeTrue(RunAs.ownUser() == 0, "only root can give a file away");
    JavaCommand command = JavaCommand.ofThisJvm().withClassPath(Files.createFile(jar()).toString());
    Path file = archive().fileFor(command, "Main").orElseThrow();
    Files.createDirectory(cache(), mode("rwx------"));
    Files.createFile(file, mode("rw-------"));
    Files.setAttribute(file, "unix:uid", 65_534);
    assertThat(archive().usable(command, "Main")).isEmpty();
    Files.setAttribute(file, "unix:uid", 0);
    Files.setAttribute(cache(), "unix:uid", 65_534);
    assertThat(archive().usable(command, "Main")).isEmpty();
  }

  @Test
  void whoHasNoHomeHasNoArchivesRatherThanOnesInTheWorkingDirectory() throws IOException {
    JavaCommand command = JavaCommand.ofThisJvm().withClassPath(Files.createFile(jar()).toString());
    for (String home : List.of("?", "", "relative")) {
      assertThat(StartArchive.of(null, home).fileFor(command, "Main")).isEmpty();
      assertThat(StartArchive.of("cache", home).fileFor(command, "Main")).isEmpty();
    }
    assertThat(StartArchive.of("relative", "/home/x").fileFor(command, "Main").orElseThrow())
        .startsWithRaw(Path.of("/home/x/.cache/forklab"));
  }

  private static FileAttribute<?> mode(String permissions) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
  }

  @Test
  void aPreparedChildStartsFromItsArchiveAndOneThatIsDamagedIsIgnored() throws Exception {
    ForkOptions options =
        ForkOptions.builder()
            .execArgv()
            .classPath(Jars.path(directory))
            .startArchive(cache())
            .silent(true)
            .build();

    assertThat(Fork.prepare(Greeter.class, options)).isTrue();
    Path made;
    try (Stream<Path> files = Files.list(cache())) {
      made = files.collect(Collectors.toList()).getFirst();
    }
    assertThat(greet(options)).isEqualTo("hello");
    Files.writeString(made, "no archive at all");
    assertThat(greet(options)).isEqualTo("hello");
  }

  /// Its first message is of all that plain values are made of.
  static final class Reporter {
    public static void main(String[] args) {
      Parent parent = Parent.get();
      parent.onMessage(_ -> {});
      parent.send(Map.of("numbers", List.of(1, 2L, 3.5), "name", "a child", "ready", true));
    }
  }

  /// What an archive does not hold is read from the JDK's modules or spun at run time, which takes
  /// longer than the rest of a child's way to its first message.
  @ParameterizedTest
  @EnumSource
  void whatAChildLoadsBeforeItsFirstMessageIsInItsArchive(Serialization serialization)
      throws Exception {
    assumeTrue(hasPipes(), "a socket loads more");
    Path log = directory.resolve("loaded.txt");
    ForkOptions.Builder options =
        ForkOptions.builder()
            .classPath(Jars.path(directory))
            .startArchive(cache())
            .serialization(serialization);
    assertThat(Fork.prepare(Reporter.class, options.execArgv().build())).isTrue();
    ForkOptions logged = options.execArgv("-Xlog:class+load:file=" + log).build();
    ChildProcess child = Fork.fork(Reporter.class, logged);
    CompletableFuture<List<String>> loaded = new CompletableFuture<>();
    child.onMessage(_ -> loaded.complete(linesOf(log)));
    List<String> lines = loaded.get(30, TimeUnit.SECONDS);
    child.disconnect();
    assertThat(child.closed().get(30, TimeUnit.SECONDS).code()).hasValue(0);
    assertThat(lines).hasSizeGreaterThan(400).anyMatch(line -> line.contains("FrameChannel"));
    assertThat(lines).filteredOn(line -> !line.contains("source: shared objects file")).isEmpty();
  }

  private static boolean hasPipes() throws IOException {
    Optional<ChannelPipes> pipes = Spawner.ofThisPlatform().openPipes();
    pipes.ifPresent(ChannelPipes::close);
    return pipes.isPresent();
  }

  private static List<String> linesOf(Path file) {
    try {
      String text = Files.readString(file);
      return text.substring(0, text.lastIndexOf('\n')).lines().toList(); // The last may be half.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aPreparationThatIsInterruptedLeavesNoChild() throws Exception {
    ForkOptions options =
        ForkOptions.builder()
            .execArgv()
            .classPath(Jars.path(directory))
            .startArchive(cache())
            .build();
    CompletableFuture<Throwable> thrown = new CompletableFuture<>();
    Thread preparer =
        Thread.ofPlatform()
            .start(() ->
                thrown.complete(catchThrowable(() -> Fork.prepare(Children.Spin.class, options))));
    await().until(() -> ProcessHandle.current().children().findAny().isPresent());
    preparer.interrupt();
    assertThat(thrown.get(30, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
  }

  @Test
  void workersOfAPreparedPoolStartFromTheArchiveOfTheirTaskCodecAndName() throws Exception {
    byte[] message = {1, 2, 3};
    ForkPoolOptions<byte[], byte[]> options =
        ForkPool.with(Reversed.class)
            .workers(1)
            .classPath(Jars.path(directory))
            .startArchive(cache());

    assertThat(ForkPool.prepare(options, message)).isTrue();
    assertThat(ForkPool.prepare(options, message)).as("it is there already").isTrue();
    try (Stream<Path> files = Files.list(cache())) {
      assertThat(files).hasSize(1);
    }
    assertThat(commandOfAWorker(options, message)).contains("-XX:AOTCache=");
    assertThat(commandOfAWorker(options.args("others"), message)).contains("-XX:AOTCache=");
    assertThat(commandOfAWorker(options.startArchiveName("other"), message))
        .doesNotContain("-XX:AOTCache=");
    assertThat(commandOfAWorker(options.serialization(Serialization.ADVANCED), message))
        .doesNotContain("-XX:AOTCache=");
  }

  /// A task.
  public static final class Reversed implements Task<byte[], byte[]> {
    @Override
    public byte[] run(byte[] message, TaskContext context) {
      byte[] reply = new byte[message.length];
      for (int i = 0; i < message.length; i++) {
        reply[i] = message[message.length - 1 - i];
      }
      return reply;
    }
  }

  /// How a worker was started that then did a task right.
  private static String commandOfAWorker(ForkPoolOptions<byte[], byte[]> options, byte[] message)
      throws Exception {
    try (ForkPool<byte[], byte[]> pool = options.open()) {
      assertThat(pool.submit(message).get(30, TimeUnit.SECONDS)).isEqualTo(new byte[] {3, 2, 1});
      return ProcessHandle.of(pool.pids().getFirst())
          .orElseThrow()
          .info()
          .commandLine()
          .orElseThrow();
    }
  }

  /// The child's first message, after it has been seen to print nothing.
  private static @Nullable Object greet(ForkOptions options) throws Exception {
    ChildProcess child = Fork.fork(Greeter.class, options);
    CompletableFuture<@Nullable Object> hello = new CompletableFuture<>();
    child.onMessage(hello::complete);
    Object said = hello.get(30, TimeUnit.SECONDS);
    child.disconnect();
    assertThat(child.closed().get(30, TimeUnit.SECONDS).code()).hasValue(0);
    assertThat(child.stdout().orElseThrow().readAllBytes()).isEmpty();
    assertThat(child.stderr().orElseThrow().readAllBytes()).isEmpty();
    return said;
  }

  private StartArchive archive() {
    return StartArchive.in(cache());
  }

  private Path cache() {
    return directory.resolve("cache");
  }

  private Path jar() {
    return directory.resolve("some.jar");
  }
}
