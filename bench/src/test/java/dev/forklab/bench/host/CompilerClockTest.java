package dev.forklab.bench.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class CompilerClockTest {

  private static final List<Long> PIDS = List.of(7L, 9L);

  @TempDir private Path root;

  @Test
  void onlyCompilerThreadsCountAndOnlyFromTheFirstLook() {
    FakeTree tree = new FakeTree(root);
    thread(tree, 7, 7, "java", 900);
    thread(tree, 7, 8, "C2 CompilerThre", 100);
    thread(tree, 9, 10, "C1 CompilerThre", 50);
    CompilerClock clock = new CompilerClock(tree.files());
    assertThat(clock.nanos(PIDS)).isZero();
    thread(tree, 7, 7, "java", 5000);
    thread(tree, 7, 8, "C2 CompilerThre", 130);
    thread(tree, 9, 10, "C1 CompilerThre", 57);
    assertThat(clock.nanos(PIDS)).isEqualTo(37);
  }

  @Test
  void aThreadThatStartsLaterCountsWholeAndOneThatEndsKeepsItsTime() throws Exception {
    FakeTree tree = new FakeTree(root);
    thread(tree, 7, 8, "C2 CompilerThre", 100);
    CompilerClock clock = new CompilerClock(tree.files());
    assertThat(clock.nanos(List.of(7L))).isZero();
    thread(tree, 7, 9, "C2 CompilerThre", 20);
    thread(tree, 7, 8, "C2 CompilerThre", 110);
    assertThat(clock.nanos(List.of(7L))).isEqualTo(30);
    for (String file : List.of("comm", "schedstat")) {
      java.nio.file.Files.delete(root.resolve("proc/7/task/9/" + file));
    }
    java.nio.file.Files.delete(root.resolve("proc/7/task/9"));
    assertThat(clock.nanos(List.of(7L))).isEqualTo(30);
  }

  @Test
  void withoutProcNothingIsKnown() {
    assertThat(new CompilerClock(new FakeTree(root).files()).nanos(PIDS)).isEqualTo(-1);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void thisJvmHasCompilers() {
    assertThat(CompilerClock.ofThisMachine().nanos(List.of(ProcessHandle.current().pid())))
        .isGreaterThanOrEqualTo(0);
  }

  private static void thread(FakeTree tree, int pid, int tid, String name, long nanos) {
    String path = "proc/%d/task/%d/".formatted(pid, tid);
    tree.file(path + "comm", name + "\n").file(path + "schedstat", nanos + " 12 3\n");
  }
}
