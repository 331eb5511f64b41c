package dev.forklab.bench.faults;

import java.io.IOException;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// What a service says of itself.
///
/// @param workers the processes of its workers, if they have processes of their own
/// @param taken tasks that it has read from this connection
/// @param answered tasks that it has written an answer to, with a reply or without
/// @param workerDeaths how many processes of workers have ended
/// @param opens whether it could open a file just now
record ServiceStats(
    long pid, List<Long> workers, long taken, long answered, long workerDeaths, boolean opens) {

  private static final JsonMapper JSON = JsonMapper.shared();

  ServiceStats {
    workers = List.copyOf(workers);
  }

  byte[] encoded() {
    return JSON.writeValueAsBytes(this);
  }

  /// @throws IOException if it is none
  static ServiceStats decoded(byte[] bytes) throws IOException {
    try {
      return JSON.readValue(bytes, ServiceStats.class);
    } catch (JacksonException e) {
      throw new IOException("expected what a service says of itself, found other bytes", e);
    }
  }
}
