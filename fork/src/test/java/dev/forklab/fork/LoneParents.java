package dev.forklab.fork;

import dev.forklab.fork.launch.JavaCommand;
import java.io.FileInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Main classes of parents that run in a JVM of their own, which nobody forked.
@SuppressWarnings("SystemOut") // What they print is what the tests read.
final class LoneParents {

  private static final String NO_SUCH_THING = "/no/such/thing";

  private LoneParents() {}

  /// Its listener hears of the failure, and says so when nothing but itself keeps the JVM.
  static final class FailsToStart {
    static void main(String[] args) {
      Thread main = Thread.currentThread();
      Fork.forkExecutable(NO_SUCH_THING, ForkOptions.DEFAULT)
          .onError(error -> {
            awaitEnd(main);
            System.out.println("heard " + error.kind());
          });
    }

    private static void awaitEnd(Thread main) {
      try {
        main.join();
        Thread.sleep(100); // On the JVM: it ends by now, if nothing keeps it.
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  /// Nobody listens.
  static final class Unheard {
    static void main(String[] args) {
      Fork.forkExecutable(NO_SUCH_THING, ForkOptions.DEFAULT);
    }
  }

  /// The same where there is a handler for what nobody catches.
  static final class UnheardByHandler {
    static void main(String[] args) {
      Thread.setDefaultUncaughtExceptionHandler(
          (_, thrown) -> System.out.println("handled " + ((ForkError) thrown).kind()));
      Unheard.main(args);
    }
  }

  /// Uses up all descriptors before its child connects.
  static final class OutOfDescriptors {
    static void main(String[] args) throws Exception {
      hear(Fork.forkExecutable(NO_SUCH_THING, ForkOptions.DEFAULT))
          .closed()
          .join(); // Loads classes.
      hear(Fork.forkExecutable("true", ForkOptions.DEFAULT)).closed().join();
      talk(start("inherits"), "loads classes");
      ChildProcess child = start(args[0]);
      List<FileInputStream> all = useUp();
      talk(child, "a message");
      for (FileInputStream one : all) {
        one.close();
      }
    }

    private static void talk(ChildProcess child, String message) {
      hear(child)
          .onMessage(heard -> {
            System.out.println("heard " + heard);
            child.disconnect();
          })
          .send(message);
      child.closed().join();
    }

    /// One that connects to a socket, or one that inherits pipes.
    private static ChildProcess start(String how) {
      if (how.equals("inherits")) {
        return Fork.fork(Children.Echo.class);
      }
      JavaCommand java = JavaCommand.ofThisJvm();
      List<String> command = java.command(Children.Echo.class.getName(), List.of());
      String[] args = command.subList(1, command.size()).toArray(String[]::new);
      return Fork.forkExecutable(command.getFirst(), ForkOptions.builder().args(args).build());
    }

    private static ChildProcess hear(ChildProcess child) {
      return child.onError(error -> System.out.println("heard " + error.kind() + " " + error));
    }

    @SuppressWarnings("resource") // Closed by who asked for them.
    private static List<FileInputStream> useUp() {
      List<FileInputStream> all = new ArrayList<>();
      try {
        while (true) {
          all.add(new FileInputStream("/dev/null"));
        }
      } catch (IOException _) {
        return all;
      }
    }
  }
}
