package dev.forklab.bench.instrument;

import dev.forklab.workload.Workload;
import java.lang.management.ManagementFactory;
import java.lang.management.RuntimeMXBean;

/// Work that takes longer in a JVM that is young: as many microseconds as it has iterations, times
/// a factor that depends on the age of the JVM and on the property [#MANNER] of that JVM. Without
/// the property the factor is 1.
///
/// Not for virtual threads, by whose CPU clock nothing can be burnt.
public final class Warming implements Workload {

  /// `STEP`: [#STEP_FACTOR] times as long until the JVM is [#STEP_SECONDS] old. `FADE`: some times
  /// as long at first, and less and less of it for as long as a trial lasts. `SLOW`: always
  /// [#SLOW_FACTOR] times as long.
  public static final String MANNER = "dev.forklab.selftest.warming";

  public static final String STEP = "step";
  public static final String FADE = "fade";
  public static final String SLOW = "slow";

  static final double STEP_FACTOR = 1.5;
  static final double STEP_SECONDS = 16;
  static final double SLOW_FACTOR = 3;
  private static final double FADE_FACTOR = 8;
  private static final double FADE_SECONDS = 8;

  private final RuntimeMXBean jvm = ManagementFactory.getRuntimeMXBean();
  private final Burn burn = new Burn();
  private final String manner = System.getProperty(MANNER, "");

  /// For a [dev.forklab.workload.WorkloadSpec].
  public Warming() {}

  @Override
  public byte[] apply(byte[] message, int iterations) {
    return burn.apply(
        message, (int) Math.round(iterations * factor(manner, jvm.getUptime() / 1000.0)));
  }

  static double factor(String manner, double ageSeconds) {
    return switch (manner) {
      case STEP -> ageSeconds < STEP_SECONDS ? STEP_FACTOR : 1;
      case FADE -> 1 + FADE_FACTOR * Math.exp(-ageSeconds / FADE_SECONDS);
      case SLOW -> SLOW_FACTOR;
      default -> 1;
    };
  }
}
