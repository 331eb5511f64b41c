package dev.forklab.bench.channel;

import dev.forklab.bench.channel.Request.Act;
import dev.forklab.bench.experiment.Sample;
import dev.forklab.bench.host.ProcessMemory;
import dev.forklab.bench.runtime.RuntimeFailedException;
import dev.forklab.results.Seeded;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Consumer;

/// What is measured in one block, in two launches of the drivers.
final class ChannelBlock {

  private static final double SECOND_NANOS = 1e9;
  private static final int DOCUMENT_WARM_UPS = 3;

  private final ChannelPlan plan;
  private final int block;
  private final Drivers drivers;
  private final Consumer<Sample<Contestant>> measured;
  private final Random random;

  ChannelBlock(
      ChannelPlan plan, int block, Drivers drivers, Consumer<Sample<Contestant>> measured) {
    this.plan = plan;
    this.block = block;
    this.drivers = drivers;
    this.measured = measured;
    this.random = Seeded.random(block);
  }

  /// Starts, idle children, messages.
  void messages() throws InterruptedException {
    starts();
    idle();
    open(Measure.SMALL_ROUND_TRIP);
    warmUp();
    traffic();
  }

  private void starts() throws InterruptedException {
    List<Contestant> all = drivers.contestants(Measure.START);
    for (Contestant contestant : all) {
      ask(contestant, Act.START, 0, Duration.ZERO); // The driver's own first time.
    }
    for (int round = 0; round < plan.starts(); round++) {
      for (Contestant contestant : Seeded.mirrored(all, random)) {
        Reply reply = ask(contestant, Act.START, 0, Duration.ZERO);
        record(round, Measure.START, contestant, (double) reply.nanos(), 1);
      }
    }
  }

  private void idle() throws InterruptedException {
    for (int round = 0; round < plan.idles(); round++) {
      for (Contestant contestant : drivers.contestants(Measure.IDLE_PSS)) {
        idle(round, contestant);
      }
    }
  }

  private void idle(int round, Contestant contestant) throws InterruptedException {
    int children = ChannelPlan.IDLE_CHILDREN;
    Reply reply = drivers.ask(contestant, new Request(Act.IDLE, contestant.mode(), 0, 0, children));
    ProcessMemory memory = ProcessMemory.of(Objects.requireNonNull(reply.pids()));
    if (memory.processes() != children) {
      throw new RuntimeFailedException(
          "expected %d idle children, found %d".formatted(children, memory.processes()));
    }
    if (memory.proportional()) {
      record(round, Measure.IDLE_PSS, contestant, (double) memory.pssBytes() / children, children);
      record(round, Measure.IDLE_USS, contestant, (double) memory.ussBytes() / children, children);
    }
    ask(contestant, Act.RELEASE, 0, Duration.ZERO);
  }

  private void open(Measure first) throws InterruptedException {
    for (Contestant contestant : drivers.contestants(first)) {
      ask(contestant, Act.OPEN, 0, Duration.ZERO);
    }
  }

  private void warmUp() throws InterruptedException {
    for (Measure measure : Measure.TRAFFIC) {
      for (Contestant contestant : drivers.contestants(measure)) {
        ask(contestant, act(measure), measure.bytes(), plan.warmUp());
      }
    }
  }

  private void traffic() throws InterruptedException {
    long endNanos = System.nanoTime() + plan.traffic().toNanos();
    for (int round = 0; round < 2 || System.nanoTime() < endNanos; round++) {
      for (Measure measure : Measure.TRAFFIC) {
        for (Contestant contestant : Seeded.mirrored(drivers.contestants(measure), random)) {
          Reply reply = ask(contestant, act(measure), measure.bytes(), plan.slice());
          double nanos = (double) reply.nanos() / reply.count();
          double value = measure.kind().isRate() ? SECOND_NANOS / nanos : nanos;
          record(round, measure, contestant, value, reply.count());
        }
      }
    }
  }

  /// Large documents.
  void documents() throws InterruptedException {
    open(Measure.LARGE.getFirst());
    for (int round = 0; round < DOCUMENT_WARM_UPS; round++) {
      for (Measure measure : Measure.LARGE) {
        for (Contestant contestant : drivers.contestants(measure)) {
          ask(contestant, Act.LARGE, measure.bytes(), Duration.ZERO);
        }
      }
    }
    for (int round = 0; round < plan.larges(); round++) {
      for (Measure measure : Measure.LARGE) {
        for (Contestant contestant : Seeded.mirrored(drivers.contestants(measure), random)) {
          Reply reply = ask(contestant, Act.LARGE, measure.bytes(), Duration.ZERO);
          record(round, measure, contestant, (double) reply.nanos(), 1);
        }
      }
    }
  }

  private static Act act(Measure measure) {
    return switch (measure.kind()) {
      case ROUND_TRIP -> Act.ROUND_TRIP;
      case ONE_WAY -> Act.ONE_WAY;
      case ECHO -> Act.ECHO;
      case START, IDLE_PSS, IDLE_USS, LARGE ->
          throw new IllegalArgumentException("expected traffic, found " + measure);
    };
  }

  private Reply ask(Contestant contestant, Act act, int bytes, Duration time)
      throws InterruptedException {
    return drivers.ask(contestant, new Request(act, contestant.mode(), bytes, time.toMillis(), 1));
  }

  private void record(int round, Measure measure, Contestant contestant, double value, long count) {
    measured.accept(new Sample<>(block, round, measure.id(), contestant, value, count));
  }
}
