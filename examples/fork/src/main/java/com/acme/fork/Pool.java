package com.acme.fork;

import dev.forklab.fork.pool.ForkPool;
import dev.forklab.fork.pool.ForkPoolOptions;
import dev.forklab.workload.Workload;
import dev.forklab.workload.WorkloadSpec;
import dev.forklab.workload.pool.PoolOptions;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Work on a pool of two child JVMs: messages in, replies out, in the order asked for.
public final class Pool {

  private Pool() {}

  public static void main(String[] args) throws Exception {
    PoolOptions two = PoolOptions.ofWorkers("primes", 2);
    WorkloadSpec workload = new WorkloadSpec(NextPrime.class.getName(), 1);
    try (ForkPool pool = new ForkPool(ForkPoolOptions.of(two, workload))) {
      List<CompletableFuture<byte[]>> replies = new ArrayList<>();
      for (int exponent = 10; exponent <= 60; exponent += 10) {
        replies.add(pool.submit(BigInteger.TWO.pow(exponent).toByteArray()));
      }
      for (CompletableFuture<byte[]> reply : replies) {
        System.out.println("next prime: " + new BigInteger(reply.get()));
      }
      System.out.println("tasks done: " + pool.metrics().succeeded());
    }
  }

  /// What each child runs. A public class with a public constructor: the child makes it by name.
  public static final class NextPrime implements Workload {
    @Override
    public byte[] apply(byte[] message, int iterations) {
      return new BigInteger(message).nextProbablePrime().toByteArray();
    }
  }
}
