package dev.forklab.fork;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forklab.fork.data.ChannelBounds;
import dev.forklab.fork.data.Serialization;
import dev.forklab.fork.data.Stdio;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Options that become a builder again.
class ForkOptionsTest {

  @Test
  void aBuilderOfOptionsBeginsWithAllOfThem() throws Exception {
    ForkOptions all =
        ForkOptions.builder()
            .args("a")
            .cwd(Path.of("/"))
            .env(Map.of("A", "b"))
            .execPath(Path.of("/java"))
            .execArgv("-Xss1m")
            .addExecArgv("-Xint")
            .heapLimit("64m")
            .classPath("x.jar")
            .stdio(Stdio.IGNORE, Stdio.PIPE, Stdio.INHERIT)
            .serialization(Serialization.ADVANCED)
            .abort(new Abort())
            .timeout(Duration.ofSeconds(3))
            .killSignal("SIGKILL")
            .detached(true)
            .grace(Duration.ofSeconds(9))
            .uid(1)
            .gid(2)
            .bounds(ChannelBounds.DEFAULT.withMaxFrameBytes(7))
            .noStartArchive()
            .descriptors(List.of(20))
            .build();
    ForkOptions copy = all.toBuilder().build();
    for (Field field : ForkOptions.class.getDeclaredFields()) {
      if (!Modifier.isStatic(field.getModifiers())) {
        assertThat(field.get(copy)).as(field.getName()).isEqualTo(field.get(all));
        assertThat(field.get(copy))
            .as(field.getName())
            .isNotEqualTo(field.get(ForkOptions.DEFAULT));
      }
    }
  }
}
