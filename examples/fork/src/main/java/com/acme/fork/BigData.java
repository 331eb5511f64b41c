package com.acme.fork;

import dev.forklab.fork.ChildProcess;
import dev.forklab.fork.Fork;
import dev.forklab.fork.ForkOptions;
import dev.forklab.fork.Parent;
import dev.forklab.fork.stream.StreamOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPOutputStream;

/// A child compresses more than its heap holds: bytes stream there and back, and neither end keeps
/// more than a window of them.
public final class BigData {

  private static final int BLOCK_BYTES = 1 << 16;
  private static final int BLOCKS = 1024;

  private BigData() {}

  public static void main(String[] args) throws Exception {
    ChildProcess child =
        Fork.fork(Compressor.class, ForkOptions.builder().execArgv("-Xmx16m").build());
    CompletableFuture<Long> compressed = new CompletableFuture<>();
    child.onStream((_, in) -> compressed.complete(in.transferTo(OutputStream.nullOutputStream())));
    try (StreamOutput out = child.openStream("zeros")) {
      for (int block = 0; block < BLOCKS; block++) {
        out.write(new byte[BLOCK_BYTES]); // Blocks while the child is behind.
      }
    }
    System.out.println(
        "64 MiB became less than 1 MiB: " + (compressed.get() > 0 && compressed.get() < 1 << 20));
    child.disconnect();
  }

  /// Compresses each stream into one of the same name.
  static final class Compressor {
    static void main(String[] args) {
      Parent parent = Parent.get();
      parent.onStream((name, in) -> {
        StreamOutput back = parent.openStream(name);
        try (in;
            back;
            OutputStream zip = new GZIPOutputStream(back)) {
          in.transferTo(zip);
        } catch (IOException e) {
          back.abort("not all could be compressed: " + e.getMessage());
          throw e;
        }
      });
    }
  }
}
