package com.acme.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.pdf.UntrustedFiles.Outcome;
import com.acme.pdf.UntrustedFiles.Way;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Real files, a real parser, real ends.
@Timeout(120)
class UntrustedFilesTest {

  @ParameterizedTest
  @EnumSource(Hostile.class)
  void inWorkerProcessesAHostileFileCostsOnlyItself(Hostile hostile) {
    Outcome seen = UntrustedFiles.tried(Way.PROCESSES, hostile);
    assertThat(seen.good()).as("%s", seen).isEqualTo(Batch.GOOD);
    assertThat(seen.bad()).as("%s", seen).hasSize(Previews.WORKERS).doesNotContain("a picture");
  }

  @Test
  void inThreadsFilesThatNeverEndTakeThePoolWithThem() {
    Outcome seen = UntrustedFiles.tried(Way.THREADS, Hostile.LOOPING_FONT);
    assertThat(seen.good()).as("%s", seen).isLessThan(Batch.GOOD);
    assertThat(seen.end()).isEqualTo("2 threads busy for good");
  }

  @Test
  void inThreadsAFileThatExhaustsTheHeapEndsTheService() {
    Outcome seen = UntrustedFiles.tried(Way.THREADS, Hostile.HUGE_PAGE);
    assertThat(seen.good()).as("%s", seen).isLessThan(Batch.GOOD);
    assertThat(seen.end()).as("%s", seen).startsWith("the service ended: it exited with code 3");
  }

  @Test
  void theWorkloadRepliesTheSameInEveryInstance() throws Exception {
    byte[] message = {1, 2, 3};
    assertThat(new Invoices().apply(message, 3))
        .isEqualTo(new Invoices().apply(message, 3))
        .isNotEqualTo(new Invoices().apply(message, 4))
        .hasSize(Long.BYTES);
  }
}
