package dev.forklab.bench.cluster;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Locale;

/// The one request and the answers to it; `cluster.cjs` has the same bytes.
///
/// Every answer is as long as every other, so that a client need not understand it to see its end.
final class FixedAnswer {

  static final byte[] REQUEST =
      "GET /hello HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\n\r\n".getBytes(US_ASCII);

  /// What ends a request, which has no body.
  static final byte[] REQUEST_END = "\r\n\r\n".getBytes(US_ASCII);

  private static final String HEAD =
      "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 12\r\nConnection: ";

  private static final int WORKER_DIGITS = 4;
  private static final int MOST_WORKERS = 10_000;

  static final int LENGTH = of(0, true).length;

  private FixedAnswer() {}

  /// A worker's.
  ///
  /// @param stays whether the connection may have another request
  static byte[] of(int worker, boolean stays) {
    String rest =
        String.format(
            Locale.ROOT,
            "%-10s\r\n\r\nworker %04d\n",
            stays ? "keep-alive" : "close",
            worker % MOST_WORKERS);
    return (HEAD + rest).getBytes(US_ASCII);
  }

  /// Which worker has answered.
  ///
  /// @throws IllegalStateException if these are not the bytes of an answer
  static int worker(byte[] answer) {
    int worker = 0;
    for (int i = LENGTH - 1 - WORKER_DIGITS; i < LENGTH - 1; i++) {
      worker = worker * 10 + answer[i] - '0';
    }
    if (answer[0] != 'H' || answer[9] != '2' || worker < 0) {
      throw new IllegalStateException(
          "expected an answer of a worker, found '" + new String(answer, US_ASCII) + "'");
    }
    return worker;
  }

  /// Whether the worker closes the connection behind it.
  static boolean closes(byte[] answer) {
    return answer[HEAD.length()] == 'c';
  }
}
