package dev.forklab.bench.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContextSwitchesTest {

  @TempDir private Path root;

  @Test
  void threadsOfAllProcessesAreSummed() {
    FakeTree tree =
        new FakeTree(root)
            .file("proc/7/task/7/status", status(100, 10))
            .file("proc/7/task/8/status", status(20, 2))
            .file("proc/9/task/9/status", status(3, 1));

    assertThat(ContextSwitches.read(tree.files(), List.of(7L, 9L)))
        .isEqualTo(new ContextSwitches(123, 13));
  }

  @Test
  void withoutProcNothingIsKnown() {
    assertThat(ContextSwitches.read(new FakeTree(root).files(), List.of(7L)))
        .isEqualTo(ContextSwitches.UNKNOWN);
  }

  private static String status(int waits, int preemptions) {
    return "Name:\tjava\nThreads:\t2\nvoluntary_ctxt_switches:\t%d\nnonvoluntary_ctxt_switches:\t%d\n"
        .formatted(waits, preemptions);
  }
}
