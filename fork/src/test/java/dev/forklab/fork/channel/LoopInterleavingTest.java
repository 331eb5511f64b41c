package dev.forklab.fork.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forklab.fork.data.ChannelBounds;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a channel's loop thread is told while it waits, at every moment at which it can be told, in
/// every order: nothing may be forgotten.
///
/// The loop is the real one; its selector is a model ([ModelSocket]) that lets each event happen
/// before any of the loop's calls, and knows when the loop would sleep for ever.
class LoopInterleavingTest {

  /// Beyond so many of its calls, the loop has seen all there is in each schedule.
  private static final int MOMENTS = 12;

  /// When what happens: before which of the loop's calls of its selector and its socket. A wake-up
  /// comes some time after that which it tells of.
  private record Schedule(int bytes, int moreBytes, int asked, int askedWakeup, int gone) {
    private static final int NEVER = MOMENTS + 1;

    static List<Schedule> all() {
      List<Schedule> all = new ArrayList<>();
      for (int bytes = 0; bytes <= MOMENTS; bytes++) {
        for (int more = bytes; more <= MOMENTS; more++) {
          for (int asked = 0; asked <= MOMENTS; asked++) {
            for (int wakeup = asked; wakeup <= MOMENTS; wakeup++) {
              all.add(new Schedule(bytes, more, asked, wakeup, NEVER));
            }
            // A peer writes nothing any more once it is gone.
            for (int gone = more; gone <= MOMENTS; gone++) {
              all.add(new Schedule(bytes, more, asked, asked, gone));
            }
          }
        }
      }
      return all;
    }
  }

  @Test
  void nothingThatTheLoopIsToldIsForgottenWheneverItIsTold() throws Exception {
    List<Schedule> all = Schedule.all();
    assertThat(all).hasSizeGreaterThan(10_000);
    for (boolean spins : new boolean[] {false, true}) {
      for (Schedule schedule : all) {
        check(schedule, spins);
      }
    }
  }

  private static void check(Schedule schedule, boolean spins) throws IOException {
    List<String> seen = new ArrayList<>();
    try (ModelSocket socket = new ModelSocket();
        FrameChannel channel = new FrameChannel(ChannelBounds.DEFAULT, spins, _ -> {})) {
      channel.attach(socket);
      socket.at(schedule.bytes, () -> socket.arrive(3));
      socket.at(schedule.moreBytes, () -> socket.arrive(1));
      socket.at(
          schedule.asked,
          () -> {
            socket.holdWakeups(schedule.askedWakeup > schedule.asked);
            channel.whenRead(() -> seen.add("idle after " + seen.size()));
            socket.holdWakeups(false);
          });
      if (schedule.askedWakeup > schedule.asked) {
        socket.at(schedule.askedWakeup, socket::wake);
      }
      if (schedule.gone != Schedule.NEVER) {
        socket.at(schedule.gone, channel::peerIsGone);
      }
      boolean ended = false;
      try {
        channel.readToEnd(_ -> seen.add("frame"));
        ended = true;
      } catch (ModelSocket.SleepsForEverException _) {
        // As it should, if there is nothing more to come.
      }
      assertThat(seen).as("%s", schedule).filteredOn("frame"::equals).hasSize(4);
      assertThat(ended).as("%s ends", schedule).isEqualTo(schedule.gone != Schedule.NEVER);
      if (!ended) {
        assertThat(seen).as("%s", schedule).anyMatch(what -> what.startsWith("idle"));
      }
    }
  }
}
