package dev.forklab.bench.jmh;

import dev.forklab.results.Plan.WorkloadJar;
import java.util.List;

/// The class path of trials' JVMs: the lab's own, and the jars of the user's workload behind it.
///
/// JMH gives a fork the class path that it reads from the property `java.class.path`, and takes no
/// other; so the property says more while a trial is launched and runs, and what it said before
/// afterwards. The children of the fork model get their parent's class path, and so the same. For
/// one thread at a time, which the lab's lock provides.
public final class TrialClassPath implements AutoCloseable {

  private static final String PROPERTY = "java.class.path";

  private final String before = System.getProperty(PROPERTY, "");

  public TrialClassPath(List<WorkloadJar> jars) {
    System.setProperty(PROPERTY, WorkloadJar.behind(before, jars));
  }

  @Override
  public void close() {
    System.setProperty(PROPERTY, before);
  }
}
