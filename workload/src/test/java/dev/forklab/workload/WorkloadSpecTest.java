package dev.forklab.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class WorkloadSpecTest {

  /// A user's workload: found by its class name.
  public static final class Repeat implements Workload {
    @Override
    public byte[] apply(byte[] message, int iterations) {
      return new byte[message.length * iterations];
    }
  }

  @Test
  void registeredWorkloadIsFoundByItsName() throws Exception {
    assertThat(new WorkloadSpec(Seal.NAME, 3).function().apply(new byte[5])).hasSize(5);
  }

  @Test
  void classThatIsNotRegisteredIsFoundByItsClassName() throws Exception {
    WorkloadSpec spec = new WorkloadSpec(Repeat.class.getName(), 3);
    assertThat(spec.function().apply(new byte[5])).hasSize(15);
    assertThat(spec.withIterations(2).function().apply(new byte[5])).hasSize(10);
    assertThat(new Repeat().name()).isEqualTo(Repeat.class.getName());
  }

  @Test
  void nameThatLeadsNowhereIsRefusedInWords() {
    for (String name : new String[] {"no.such.Class", "java.lang.String", "java.util.List"}) {
      assertThatThrownBy(() -> new WorkloadSpec(name, 1).function())
          .isInstanceOf(UnknownWorkloadException.class)
          .hasMessageContaining("found none named '" + name + "'")
          .hasMessageContaining("class path");
    }
  }

  @Test
  void impossibleSpecIsRefused() {
    assertThatThrownBy(() -> new WorkloadSpec(" ", 1)).hasMessageContaining("blank");
    assertThatThrownBy(() -> new WorkloadSpec(Seal.NAME, 0)).hasMessageContaining("found 0");
  }
}
