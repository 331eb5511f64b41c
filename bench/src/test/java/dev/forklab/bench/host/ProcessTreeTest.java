package dev.forklab.bench.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;

class ProcessTreeTest {

  @Test
  void grandchildrenBelongToTheTree() throws Exception {
    try (ChildJvm parent = ChildJvm.start(Holder.class, "1", "with a child")) {
      ProcessTree tree = ProcessTree.of(parent.pid());
      try {
        assertThat(tree.pids()).hasSize(2).startsWith(parent.pid());
        assertThat(ProcessTree.of(ProcessHandle.current().pid()).pids())
            .startsWith(ProcessHandle.current().pid())
            .containsAll(tree.pids());
        assertThat(ProcessMemory.of(tree).processes()).isEqualTo(2);
      } finally {
        tree.pids().reversed().stream()
            .flatMap(pid -> ProcessHandle.of(pid).stream())
            .forEach(ProcessHandle::destroyForcibly);
      }
      await().until(() -> ProcessTree.of(parent.pid()).pids().isEmpty() || !parent.alive());
    }
  }

  @Test
  void treeOfAProcessThatHasGoneIsEmpty() throws Exception {
    try (ChildJvm child = ChildJvm.start(Holder.class, "1")) {
      child.kill();

      assertThat(ProcessTree.of(child.pid()).pids()).isEmpty();
    }
  }
}
