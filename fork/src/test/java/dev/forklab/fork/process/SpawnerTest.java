package dev.forklab.fork.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.forklab.fork.NothingLeft;
import dev.forklab.fork.channel.Frame;
import dev.forklab.fork.channel.FrameChannel;
import dev.forklab.fork.data.ChannelBounds;
import dev.forklab.fork.data.Exit;
import dev.forklab.fork.data.Stdio;
import dev.forklab.fork.launch.ForkedProcess;
import java.io.IOException;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NothingLeft.class)
class SpawnerTest {

  @Test
  void whereTheLibraryLacksAFunctionTheJdkStartsProcesses() throws Exception {
    assumeTrue(System.getProperty("os.name").equals("Linux"), "elsewhere the JDK always does");
    SymbolLookup library = Linker.nativeLinker().defaultLookup();
    SymbolLookup old =
        name -> name.endsWith("closefrom_np") ? Optional.empty() : library.find(name);
    Spawner spawner = PlatformSpawner.choose(old);
    assertThat(spawner.describe()).startsWith("ProcessBuilder").contains("closefrom_np");
    ChildHandle child =
        spawner.spawn(
            new ProcessSpec(
                List.of("sh", "-c", "exit 7"),
                Optional.empty(),
                Map.of(),
                List.of(Stdio.IGNORE, Stdio.IGNORE, Stdio.IGNORE),
                Session.PARENTS));
    assertThat(child.awaitExit()).isEqualTo(Exit.withCode(7));
  }

  /// Never called.
  private static final class NoEvents implements ForkedProcess.Listener {
    @Override
    public void frame(Frame frame) {}

    @Override
    public void channelEnded(@Nullable IOException failure) {}

    @Override
    public void exited(Exit status) {}

    @Override
    public void closed() {}
  }

  @Test
  void aStartThatFailsWithAnErrorLeavesNothing() {
    ForkedProcess.Plan broken =
        new ForkedProcess.Plan(
            "broken",
            _ -> {
              throw new LinkageError("broken");
            },
            false,
            false,
            OptionalInt.empty());
    FrameChannel channel = new FrameChannel(ChannelBounds.DEFAULT);
    assertThatThrownBy(() -> ForkedProcess.start(broken, channel, new NoEvents()))
        .isInstanceOf(LinkageError.class);
  }
}
