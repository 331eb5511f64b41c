package dev.forklab.bench.cli;

import dev.forklab.bench.plan.Machine;
import dev.forklab.results.Host;

/// What planning needs to know of the machine that the lab runs on.
final class ThisMachine {

  private ThisMachine() {}

  static Machine of(Host host) {
    return new Machine(Math.max(1, host.cpus()), host.memoryBytes());
  }
}
