package dev.forklab.bench.instrument;

import dev.forklab.workload.Workload;
import java.lang.management.ManagementFactory;
import java.lang.management.RuntimeMXBean;

/// Work that takes longer at first: as many microseconds as it has iterations, times a factor that
/// depends on the property [#MANNER] of its JVM. Without the property the factor is 1.
///
/// Not for virtual threads, by whose CPU clock nothing can be burnt.
public final class Warming implements Workload {

  /// `STEP`: [#STEP_FACTOR] times as long for [#STEP_TASKS] tasks after the last short one, with
  /// which a pool is warmed up: so slow just when measuring begins, however long that took. `FADE`:
  /// some times as long in a young JVM, and less and less of it for as long as a trial lasts.
  /// `SLOW`: always [#SLOW_FACTOR] times as long.
  public static final String MANNER = "dev.forklab.selftest.warming";

  public static final String STEP = "step";
  public static final String FADE = "fade";
  public static final String SLOW = "slow";

  static final double STEP_FACTOR = 1.5;
  static final int STEP_TASKS = 800;
  static final double SLOW_FACTOR = 4;
  private static final double FADE_FACTOR = 8;
  private static final double FADE_SECONDS = 8;

  private final RuntimeMXBean jvm = ManagementFactory.getRuntimeMXBean();
  private final Burn burn = new Burn();
  private final String manner;
  private int longest;
  private int sinceShort;

  /// For a [dev.forklab.workload.WorkloadSpec].
  public Warming() {
    this(System.getProperty(MANNER, ""));
  }

  Warming(String manner) {
    this.manner = manner;
  }

  @Override
  public byte[] apply(byte[] message, int iterations) {
    return burn.apply(message, (int) Math.round(iterations * factor(iterations)));
  }

  /// How much longer the next task takes.
  synchronized double factor(int iterations) {
    longest = Math.max(longest, iterations);
    sinceShort = iterations < longest / 2 ? 0 : sinceShort + 1;
    return switch (manner) {
      case STEP -> sinceShort <= STEP_TASKS ? STEP_FACTOR : 1;
      case FADE -> 1 + FADE_FACTOR * Math.exp(-jvm.getUptime() / 1000.0 / FADE_SECONDS);
      case SLOW -> SLOW_FACTOR;
      default -> 1;
    };
  }
}
