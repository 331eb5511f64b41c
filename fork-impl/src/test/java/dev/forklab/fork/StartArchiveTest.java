package dev.forklab.fork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.forklab.fork.codec.Serialization;
import dev.forklab.fork.pool.ForkPool;
import dev.forklab.fork.pool.ForkPoolOptions;
import dev.forklab.workload.WorkloadSpec;
import dev.forklab.workload.pool.PoolOptions;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

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

    assertThat(archive().fileFor(command.withJvmArgs(List.of("-Xmx64m", "-Da=b")), "Main"))
        .isEqualTo(file);
    assertThat(archive().fileFor(command, "Other")).isNotEqualTo(file);
    assertThat(archive().fileFor(command.withJvmArgs(List.of("-XX:+UseParallelGC")), "Main"))
        .isNotEqualTo(file);
    Files.writeString(jar(), "changed");
    assertThat(archive().fileFor(command, "Main")).isNotEqualTo(file);
  }

  @Test
  void aPreparedChildStartsFromItsArchiveAndOneThatIsDamagedIsIgnored() throws Exception {
    ForkOptions options =
        ForkOptions.builder()
            .execArgv()
            .classPath(jars())
            .startArchive(archive())
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

  @Test
  void aPreparationThatIsInterruptedLeavesNoChild() throws Exception {
    ForkOptions options =
        ForkOptions.builder().execArgv().classPath(jars()).startArchive(archive()).build();
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
  void workersOfAPreparedPoolStartFromTheArchiveOfTheirWorkloadAndCodec() throws Exception {
    byte[] message = new byte[64];
    ForkPoolOptions options =
        ForkPoolOptions.of(PoolOptions.ofWorkers("test", 1), new WorkloadSpec("seal", 10))
            .withJava(JavaCommand.ofThisJvm().withClassPath(jars()).withArchive(archive()));

    assertThat(ForkPool.prepare(options, message)).isTrue();
    assertThat(ForkPool.prepare(options, message)).as("it is there already").isTrue();
    try (Stream<Path> files = Files.list(cache())) {
      assertThat(files).hasSize(1);
    }
    assertThat(commandOfAWorker(options, message)).contains("-XX:AOTCache=");
    assertThat(commandOfAWorker(options.withSerialization(Serialization.ADVANCED), message))
        .doesNotContain("-XX:AOTCache=");
  }

  /// How a worker was started that then did a task right.
  private static String commandOfAWorker(ForkPoolOptions options, byte[] message) throws Exception {
    try (ForkPool pool = new ForkPool(options)) {
      assertThat(pool.submit(message).get(30, TimeUnit.SECONDS))
          .isEqualTo(options.workload().kernel().apply(message));
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

  /// This class path with each directory as a jar.
  private String jars() throws IOException {
    StringBuilder path = new StringBuilder();
    for (String entry : JavaCommand.inheritedClassPath().split(File.pathSeparator, -1)) {
      Path from = Path.of(entry);
      Path used = from;
      if (Files.isDirectory(from)) {
        used = directory.resolve(path.length() + ".jar");
        pack(from, used);
      }
      if (Files.exists(used)) {
        path.append(path.isEmpty() ? "" : File.pathSeparator).append(used);
      }
    }
    return path.toString();
  }

  private static void pack(Path from, Path jar) throws IOException {
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file);
        Stream<Path> files = Files.walk(from)) {
      for (Path each : files.filter(Files::isRegularFile).toList()) {
        String name =
            Arrays.stream(from.relativize(each).toString().split(File.separator, -1))
                .collect(Collectors.joining("/"));
        out.putNextEntry(new JarEntry(name));
        Files.copy(each, out);
        out.closeEntry();
      }
    }
  }
}
