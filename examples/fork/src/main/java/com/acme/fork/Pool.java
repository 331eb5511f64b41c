package com.acme.fork;

import dev.forklab.fork.pool.ForkPool;
import dev.forklab.fork.pool.Task;
import dev.forklab.fork.pool.TaskContext;
import java.math.BigInteger;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/// Work on a pool of two child JVMs: requests in, replies out, in the order asked for.
public final class Pool {

  private Pool() {}

  public static void main(String[] args) throws Exception {
    try (ForkPool<BigInteger, BigInteger> pool = ForkPool.of(NextPrime.class, 2)) {
      List<BigInteger> powers =
          IntStream.rangeClosed(1, 6).mapToObj(i -> BigInteger.TWO.pow(10 * i)).toList();
      for (CompletableFuture<BigInteger> reply : pool.submitAll(powers)) {
        System.out.println("next prime: " + reply.get());
      }
      System.out.println("tasks done: " + pool.metrics().succeeded());
    }
  }

  /// What each child runs. A public class with a public constructor: the child makes it by name.
  public static final class NextPrime implements Task<BigInteger, BigInteger> {
    @Override
    public BigInteger run(BigInteger number, TaskContext context) {
      return number.nextProbablePrime();
    }
  }
}
