package dev.forklab.bench.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forklab.results.Warning;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AffinityTest {

  @TempDir Path root;

  @Test
  void coresAreFilledBeforeTheirSecondThreads() throws Exception {
    FakeTree tree = FakeTree.bareMetalWithSmt(root);
    for (int cpu = 0; cpu < 4; cpu++) {
      tree.file(
          FakeTree.CPU + "cpu" + cpu + "/topology/thread_siblings_list", cpu < 2 ? "0-1" : "2-3");
    }
    String path = pathWithTaskset();

    assertThat(Affinity.of(tree.files(), path, 1).command()).endsWith("-c", "0");
    assertThat(Affinity.of(tree.files(), path, 2).command()).endsWith("-c", "0,2");
    assertThat(Affinity.of(tree.files(), path, 3).command()).endsWith("-c", "0-2");
  }

  @Test
  void onlyCpusAllowedAreTaken() throws Exception {
    FakeTree tree = new FakeTree(root).file("proc/self/status", "Cpus_allowed_list:\t3,5-6\n");

    assertThat(Affinity.of(tree.files(), pathWithTaskset(), 2))
        .isInstanceOfSatisfying(
            Affinity.Pinned.class, pinned -> assertThat(pinned.cpus()).isEqualTo("3,5"));
  }

  @Test
  void allCpusNeedNoBinding() throws Exception {
    FakeTree tree = FakeTree.bareMetalWithSmt(root);

    Affinity affinity = Affinity.of(tree.files(), pathWithTaskset(), 4);

    assertThat(affinity).isInstanceOf(Affinity.Whole.class);
    assertThat(affinity.command()).isEmpty();
    assertThat(affinity.warning()).isEmpty();
  }

  @Test
  void withoutTasksetTheReasonIsAWarning() {
    FakeTree tree = FakeTree.bareMetalWithSmt(root);

    Affinity affinity = Affinity.of(tree.files(), root.toString(), 1);

    assertThat(affinity.command()).isEmpty();
    assertThat(affinity.warning())
        .contains(new Warning(Warning.Kind.NOT_PINNED, "taskset is not on the PATH"));
  }

  @Test
  void zeroCpusAreRefused() {
    assertThatThrownBy(() -> Affinity.of(0)).hasMessage("expected at least 1 CPU, found 0");
  }

  @Test
  void aRealChildMayUseTheCpusItWasStartedOnAndNoOthers() throws Exception {
    Affinity affinity = Affinity.of(1);
    Assumptions.assumeTrue(affinity instanceof Affinity.Pinned, affinity::toString);
    String cpus = ((Affinity.Pinned) affinity).cpus();
    try (ChildJvm pinned = ChildJvm.start(affinity.command(), Holder.class, "1");
        ChildJvm free = ChildJvm.start(List.of(), Holder.class, "1")) {

      assertThat(mask(pinned.pid())).contains(cpus);
      assertThat(mask(free.pid()).orElseThrow()).isNotEqualTo(cpus);
    }
  }

  private static Optional<String> mask(long pid) {
    return KernelFiles.ofThisMachine().value("proc/" + pid + "/status", "Cpus_allowed_list");
  }

  private String pathWithTaskset() throws Exception {
    Path bin = Files.createDirectories(root.resolve("bin"));
    Path taskset = Files.writeString(bin.resolve("taskset"), "");
    assertThat(taskset.toFile().setExecutable(true)).isTrue();
    return "/nonexistent:" + bin;
  }
}
