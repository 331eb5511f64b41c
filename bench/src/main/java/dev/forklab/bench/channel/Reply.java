package dev.forklab.bench.channel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One line from a driver.
///
/// @param count how many messages were timed
/// @param nanos for how long
/// @param pids of the children, if they were asked for
/// @param error what went wrong, if something did
record Reply(long count, long nanos, @Nullable List<Long> pids, @Nullable String error) {

  static final Reply DONE = new Reply(0, 0, null, null);

  static Reply timed(long count, long nanos) {
    return new Reply(count, nanos, null, null);
  }
}
