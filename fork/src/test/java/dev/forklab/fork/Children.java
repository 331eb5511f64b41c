package dev.forklab.fork;

import dev.forklab.fork.launch.JavaCommand;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/// The main classes that the tests fork.
final class Children {

  private static final long WORK_MILLIS = 300;

  private Children() {}

  /// Sends back what it gets.
  static final class Echo {
    static void main(String[] args) {
      Parent parent = Parent.get();
      parent.onMessage(message -> parent.send(message));
    }
  }

  /// Sends back what it gets; from the second message on it can open nothing any more.
  static final class EchoWithoutDescriptors {
    private static final List<FileInputStream> HELD = new ArrayList<>();

    static void main(String[] args) {
      Parent parent = Parent.get();
      parent.onMessage(message -> {
        parent.send(message);
        useUp();
      });
    }

    private static void useUp() {
      try {
        while (true) {
          HELD.add(new FileInputStream("/dev/null"));
        }
      } catch (IOException _) {
        // No more.
      }
    }
  }

  /// Takes numbers only.
  static final class TypedEcho {
    static void main(String[] args) {
      Parent parent = Parent.get();
      parent.onMessage(Long.class, parent::send);
    }
  }

  /// Sends what it was started with, then stays until the disconnect.
  static final class Report {
    static void main(String[] args) {
      Parent parent = Parent.get();
      parent.send(
          Map.of(
              "args", List.of(args),
              "cwd", Path.of("").toAbsolutePath().toString(),
              "flag", System.getProperty("flag", ""),
              "pid", ProcessHandle.current().pid(),
              "env", System.getenv()));
      parent.onDisconnect(() -> {});
    }
  }

  /// Ends with the code that it is given.
  static final class ExitWith {
    static void main(String[] args) {
      System.exit(Integer.parseInt(args[0]));
    }
  }

  /// Does nothing.
  static final class Nothing {
    static void main(String[] args) {}
  }

  /// Never ends by itself, and never asks for its parent.
  static final class Spin {
    static void main(String[] args) {
      while (true) {
        Thread.onSpinWait();
      }
    }
  }

  /// Stays, and takes no notice of what is sent to it.
  static final class Deaf {
    static void main(String[] args) throws InterruptedException {
      Parent.get().send("here");
      Thread.sleep(Long.MAX_VALUE);
    }
  }

  /// Sends a message of so many bytes, and exits when it has been written.
  static final class LastWords {
    static void main(String[] args) {
      Parent.get().send("x".repeat(Integer.parseInt(args[0])), _ -> System.exit(0));
    }
  }

  /// Sends so many numbers in a row, then ends.
  static final class Count {
    static void main(String[] args) {
      int last = Integer.parseInt(args[0]);
      for (int i = 0; i < last; i++) {
        Parent.get().send(i);
      }
    }
  }

  /// Waits until a file is there, then listens.
  static final class LateListener {
    static void main(String[] args) throws Exception {
      Parent parent = Parent.get();
      parent.send("here");
      while (!Files.exists(Path.of(args[0]))) {
        Thread.sleep(1);
      }
      parent.onMessage(message -> parent.send(message));
    }
  }

  /// Talks on its standard streams and its channel: `out` to one, `err` to another.
  static final class Talk {
    static void main(String[] args) throws Exception {
      System.out.print(args[0]);
      System.out.flush();
      System.err.print(args[1]);
      byte[] in = System.in.readAllBytes();
      Parent.get().send(new String(in, java.nio.charset.StandardCharsets.UTF_8));
    }
  }

  /// Fills its standard output with so many bytes.
  static final class Print {
    static void main(String[] args) {
      System.out.print("x".repeat(Integer.parseInt(args[0])));
      System.out.flush();
    }
  }

  /// Leaves a grandchild that holds its standard output open, and ends.
  static final class LeaveGrandchild {
    static void main(String[] args) throws Exception {
      Process process = new ProcessBuilder("sleep", "60").inheritIO().start();
      Parent.get().send(process.pid());
    }
  }

  /// Leaves a grandchild that holds its standard output open, says something on its standard error,
  /// and ends.
  static final class LastWordsBesideGrandchild {
    static void main(String[] args) throws Exception {
      Process process =
          new ProcessBuilder("sleep", "60")
              .redirectOutput(ProcessBuilder.Redirect.INHERIT)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      System.err.print("last words");
      Parent.get().send(process.pid());
    }
  }

  /// Forks a child of its own that spins, tells its pid, then waits to be killed.
  static final class Middle {
    static void main(String[] args) throws Exception {
      ChildProcess child = Fork.fork(Spin.class);
      Parent.get().send(child.pid().getAsLong());
      Thread.sleep(Long.MAX_VALUE);
    }
  }

  /// Forks a detached child, tells its pid, and waits to be killed.
  static final class MiddleOfDetached {
    static void main(String[] args) throws Exception {
      ChildProcess child = Fork.fork(Spin.class, ForkOptions.builder().detached(true).build());
      Parent.get().send(child.pid().getAsLong());
      Thread.sleep(Long.MAX_VALUE);
    }
  }

  /// Disconnects by itself, then goes on until it is told to end by a file.
  static final class Leaver {
    static void main(String[] args) throws Exception {
      Parent.get().disconnect();
      while (!Files.exists(Path.of(args[0]))) {
        Thread.sleep(1);
      }
    }
  }

  /// Says whether a child of its own would think that it was forked.
  static final class Grandparent {
    static void main(String[] args) throws Exception {
      Parent.get().send(System.getenv().containsKey(Fork.CHANNEL_VARIABLE));
    }
  }

  /// A listener takes a while, as if it saved something, and then leaves a file.
  private static void save(String file) {
    try {
      Thread.sleep(WORK_MILLIS);
      Files.createFile(Path.of(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Listens when the connection has ended and what came before it has been read; saves on a
  /// message.
  static final class ListenerAfterTheEnd {
    static void main(String[] args) throws Exception {
      Parent parent = Parent.get();
      while (parent.connected()) {
        Thread.sleep(1);
      }
      parent.onMessage(_ -> save(args[0]));
    }
  }

  /// The same, when it has heard of the disconnect before.
  static final class ListenerAfterTheDisconnect {
    static void main(String[] args) throws Exception {
      CountDownLatch ended = new CountDownLatch(1);
      Parent.get().onDisconnect(ended::countDown);
      ended.await();
      Parent.get().onMessage(_ -> save(args[0]));
    }
  }

  /// Answers, disconnects, and only then saves.
  static final class Saver {
    static void main(String[] args) {
      Parent parent = Parent.get();
      parent.onMessage(message -> {
        parent.send(message);
        parent.disconnect();
        save(args[0]);
      });
    }
  }

  /// Saves when the connection has ended.
  static final class SaverAtTheEnd {
    static void main(String[] args) {
      Parent.get().onDisconnect(() -> save(args[0]));
    }
  }

  /// Says that it is there once it may, then ends the JVM when a message has been written, with
  /// another one behind it. Leaves a file when both are sent.
  static final class ExitBeforeTheSecond {
    static void main(String[] args) throws Exception {
      String text = "x".repeat(Integer.parseInt(args[0]));
      Path directory = Path.of(args[1]);
      Parent parent = Parent.get();
      while (!Files.exists(directory.resolve("go"))) {
        Thread.sleep(1);
      }
      parent.send("here");
      parent.send(text, _ -> System.exit(0));
      parent.send(text);
      Files.createFile(directory.resolve("sent"));
    }
  }

  /// Sends more than the socket takes once a file is there, and leaves a file when that was
  /// refused.
  static final class RefusedSender {
    static void main(String[] args) throws Exception {
      Path directory = Path.of(args[0]);
      Parent parent = Parent.get();
      parent.sendAsync(ProcessHandle.current().pid()).join();
      while (!Files.exists(directory.resolve("go"))) {
        Thread.sleep(1);
      }
      CompletableFuture<?> sent = parent.sendAsync("x".repeat(16 << 20));
      Files.createFile(directory.resolve("sent"));
      sent.handle((_, refused) -> refused).thenAccept(_ -> save(directory + "/refused")).join();
    }
  }

  /// Connects by itself, says so, and spins.
  static final class ConnectedSpin {
    static void main(String[] args) {
      Parent.get().send(ProcessHandle.current().pid());
      Spin.main(args);
    }
  }

  /// Forks a JVM as if it were any executable, passes on its pid, and waits to be killed.
  static final class MiddleOfExecutable {
    static void main(String[] args) throws Exception {
      JavaCommand java = JavaCommand.ofThisJvm();
      Fork.forkExecutable(
              java.java().toString(),
              ForkOptions.builder()
                  .args("-cp", java.classPath(), ConnectedSpin.class.getName())
                  .build())
          .onMessage(Parent.get()::send);
      Thread.sleep(Long.MAX_VALUE);
    }
  }

  /// Leaves a file when it hears of the disconnect, and one in a shutdown hook.
  static final class Mourner {
    static void main(String[] args) {
      mourn(args[0], () -> {});
    }
  }

  /// The same, but neither its listener nor its hook returns.
  static final class Remainer {
    static void main(String[] args) {
      mourn(args[0], () -> Spin.main(args));
    }
  }

  private static void mourn(String directory, Runnable then) {
    Parent parent = Parent.get();
    parent.onDisconnect(() -> {
      leave(directory, "disconnect");
      then.run();
    });
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> {
              leave(directory, "hook");
              then.run();
            }));
    parent.send(ProcessHandle.current().pid());
  }

  private static void leave(String directory, String file) {
    try {
      Files.createFile(Path.of(directory, file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Forks the class that it is given, with a directory and a grace, passes on what that says, and
  /// exits when it is told to.
  static final class MiddleOf {
    static void main(String[] args) {
      Parent parent = Parent.get();
      Fork.fork(
              new Entry.MainClass(args[0]),
              ForkOptions.builder()
                  .args(args[1])
                  .grace(Duration.ofMillis(Long.parseLong(args[2])))
                  .build())
          .onMessage(parent::send);
      parent.onMessage(_ -> System.exit(0));
    }
  }

  /// What `java` starts without a word about `public`, `static` or arguments.
  static class InstanceMain {
    void main() {
      Parent.get().send("instance");
    }
  }

  /// The one with the arguments comes first.
  static final class TwoMains {
    static void main() {
      Parent.get().send("without");
    }

    void main(String[] args) {
      Parent.get().send("with");
    }
  }

  /// Its main is its parent's.
  static final class InheritedMain extends InstanceMain {}
}
