package com.acme;

import dev.forklab.workload.Workload;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;

/// A workload of your own: the price of a call option by Monte Carlo, one path per iteration.
///
/// The message stands for the order that is priced, and seeds the paths: same message and
/// iterations, same price, in every process. The reply is the price as 8 bytes.
public final class Pricing implements Workload {

  private static final double SPOT = 100;
  private static final double STRIKE = 105;
  private static final double RATE = 0.03;
  private static final double VOLATILITY = 0.2;

  @Override
  public byte[] apply(byte[] message, int iterations) {
    SplittableRandom random = new SplittableRandom(Arrays.hashCode(message));
    double payoffs = 0;
    for (int path = 0; path < iterations; path++) {
      double growth = RATE - VOLATILITY * VOLATILITY / 2 + VOLATILITY * random.nextGaussian();
      payoffs += Math.max(0, SPOT * StrictMath.exp(growth) - STRIKE);
    }
    double price = StrictMath.exp(-RATE) * payoffs / iterations;
    return ByteBuffer.allocate(Double.BYTES).putDouble(price).array();
  }
}
