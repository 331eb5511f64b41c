package dev.forklab.bench.channel;

/// One line to a driver.
///
/// @param mode which of its contestants
/// @param bytes of a message
/// @param millis how long to go on
/// @param count how many children
record Request(Act act, String mode, int bytes, long millis, int count) {

  /// What a driver does.
  enum Act {
    /// Forks a child, and keeps it for traffic.
    OPEN,
    /// Lets the children of a mode go, and waits until they have ended.
    RELEASE,
    /// Forks a child, waits for its first message (that is timed), and lets it go.
    START,
    ROUND_TRIP,
    ONE_WAY,
    ECHO,
    /// Sends one JSON document of about the given number of bytes, and waits for its length.
    LARGE,
    /// Forks children that do nothing after their first message; replies their process ids.
    IDLE
  }
}
