package dev.forklab.fork;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.forklab.fork.data.Stdio;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/// The main classes that [ComplaintsTest] forks.
final class ComplaintChildren {

  private ComplaintChildren() {}

  /// Adopts the orphans below it, kills its own child, and tells what becomes of its grandchild.
  @SuppressWarnings("restricted") // prctl(2) is a call of C.
  static final class Subreaper {
    private static final int PR_SET_CHILD_SUBREAPER = 36;

    static void main(String[] args) throws Throwable {
      Linker linker = Linker.nativeLinker();
      var prctl =
          linker.downcallHandle(
              linker.defaultLookup().findOrThrow("prctl"),
              FunctionDescriptor.of(
                  JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG));
      int failed = (int) prctl.invokeExact(PR_SET_CHILD_SUBREAPER, 1L, 0L, 0L, 0L);
      ChildProcess middle = Fork.fork(Children.Middle.class);
      CompletableFuture<Long> grandchild = new CompletableFuture<>();
      middle.onMessage(pid -> grandchild.complete(((Number) pid).longValue()));
      long pid = grandchild.get();
      middle.kill("SIGKILL");
      middle.closed().get();
      ProcFile stat = ProcFile.of(pid);
      while (stat.isAlive()) {
        Thread.sleep(1);
        stat = ProcFile.of(pid);
      }
      // Adopted by this process, which does not reap it: so it is still there, as a zombie.
      boolean adopted = stat.parent() == ProcessHandle.current().pid();
      Parent.get().send(Map.of("failed", failed, "adopted", adopted));
    }
  }

  /// Signals a child of another user, which it may not, and tells what came of it.
  static final class Powerless {
    static void main(String[] args) throws Exception {
      ForkOptions asNobody =
          ForkOptions.builder()
              .stdio(Stdio.PIPE, Stdio.PIPE, Stdio.INHERIT)
              .uid(Integer.parseInt(args[0]))
              .build();
      ChildProcess child = Fork.forkExecutable("cat", asNobody);
      CompletableFuture<ForkError> error = new CompletableFuture<>();
      child.onError(error::complete);
      child.stdin().orElseThrow().write('x');
      child.stdin().orElseThrow().flush();
      child.stdout().orElseThrow().read(); // Now it is the other user's: before, it is still ours.
      boolean delivered = child.kill("SIGTERM");
      Parent.get()
          .send(
              Map.of(
                  "delivered", delivered,
                  "killed", child.killed(),
                  "kind", error.get().kind().name(),
                  "words", String.valueOf(error.get().getMessage())));
      child.stdin().orElseThrow().close();
      child.closed().get();
    }
  }

  /// Forks a child as it is, and passes on what flags that was given.
  static final class Flags {
    static void main(String[] args) throws Exception {
      if (args.length == 0) {
        ChildProcess child = Fork.fork(Flags.class, "inner");
        child.onMessage(Parent.get()::send);
        child.closed().get();
      } else {
        Parent.get()
            .send(
                Map.of(
                    "flags", ManagementFactory.getRuntimeMXBean().getInputArguments(),
                    "agents", Integer.getInteger("agents", 0)));
      }
    }
  }

  /// An agent that counts how often it is loaded.
  public static final class Agent {
    public static void premain(String options) {
      System.setProperty("agents", Integer.toString(Integer.getInteger("agents", 0) + 1));
    }
  }

  /// Reads what a quiet child says on a virtual thread, and meanwhile has another one run.
  static final class VirtualReader {
    static void main(String[] args) throws Exception {
      Parent parent = Parent.get();
      ChildProcess cat = Fork.forkExecutable("cat", ForkOptions.builder().silent(true).build());
      CountDownLatch begun = new CountDownLatch(1);
      Thread reader =
          Thread.ofVirtual()
              .start(() -> {
                begun.countDown();
                try {
                  byte[] said = cat.stdout().orElseThrow().readNBytes(5);
                  parent.send(new String(said, UTF_8));
                } catch (IOException e) {
                  parent.send(e.toString());
                }
              });
      begun.await();
      Thread.ofVirtual().start(() -> parent.send("ran")).join();
      try (OutputStream in = cat.stdin().orElseThrow()) {
        in.write("hello".getBytes(UTF_8));
      }
      reader.join();
      cat.closed().get();
    }
  }

  /// Sends so many messages of a kilobyte before it listens; then counts what it gets, and tells
  /// when it has as many.
  static final class Talkative {
    static void main(String[] args) {
      int count = Integer.parseInt(args[0]);
      Parent parent = Parent.get();
      String text = "c".repeat(1024);
      for (int i = 0; i < count; i++) {
        parent.send(text);
      }
      int[] got = {0};
      parent.onMessage(_ -> {
        if (++got[0] == count) {
          parent.send("all " + count);
        }
      });
    }
  }

  /// One thread prints for ever, another sends back what it gets.
  static final class Printer {
    static void main(String[] args) {
      Thread printer =
          new Thread(() -> {
            while (true) {
              System.out.println("x".repeat(1000));
            }
          });
      printer.setDaemon(true);
      printer.start();
      Parent parent = Parent.get();
      parent.onMessage(parent::send);
    }
  }

  /// Forks a child that spins, tells its pid, and ends by itself.
  static final class Leaving {
    static void main(String[] args) throws Exception {
      ChildProcess child =
          Fork.fork(
              Children.Spin.class,
              ForkOptions.builder().stdio(Stdio.IGNORE, Stdio.IGNORE, Stdio.IGNORE).build());
      Parent.get().sendAsync(child.pid().getAsLong()).join();
      System.exit(0);
    }
  }
}
