package dev.forklab.fork;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The main classes that the tests fork.
final class Children {

  private Children() {}

  /// Sends back what it gets.
  static final class Echo {
    static void main(String[] args) {
      Parent parent = Parent.get();
      parent.onMessage(message -> parent.send(message));
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
}
