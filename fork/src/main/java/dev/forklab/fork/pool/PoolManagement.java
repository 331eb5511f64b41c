package dev.forklab.fork.pool;

import java.lang.management.ManagementFactory;
import java.util.function.Supplier;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/// A pool in the platform's MBean server, from [#show] to [#hide].
final class PoolManagement implements ForkPoolMXBean {

  private static final double PERCENTILE_99 = 0.99;

  private final String pool;
  private final Supplier<PoolMetrics> metrics;
  private @Nullable ObjectName name; // guarded by this
  private boolean over; // guarded by this

  PoolManagement(String pool, Supplier<PoolMetrics> metrics) {
    this.pool = pool;
    this.metrics = metrics;
  }

  synchronized void show() {
    if (over) {
      throw new IllegalStateException("expected an open pool, found " + pool + " closed");
    }
    try {
      ObjectName wanted =
          new ObjectName("dev.forklab:type=ForkPool,name=" + ObjectName.quote(pool));
      ManagementFactory.getPlatformMBeanServer().registerMBean(this, wanted);
      name = wanted;
    } catch (JMException e) {
      throw new IllegalStateException("the pool " + pool + " cannot be shown in JMX: " + e, e);
    }
  }

  synchronized void hide() {
    over = true;
    ObjectName shown = name;
    name = null;
    if (shown == null) {
      return;
    }
    try {
      MBeanServer server = ManagementFactory.getPlatformMBeanServer();
      server.unregisterMBean(shown);
    } catch (InstanceNotFoundException _) {
      // Somebody else removed it: it is gone, as it should be.
    } catch (JMException e) {
      throw new IllegalStateException("the pool " + pool + " cannot be hidden from JMX: " + e, e);
    }
  }

  @Override
  public PoolMetrics getMetrics() {
    return metrics.get();
  }

  @Override
  public long getWaitNanos99() {
    return metrics.get().waits().percentileNanos(PERCENTILE_99);
  }

  @Override
  public long getRunNanos99() {
    return metrics.get().runs().percentileNanos(PERCENTILE_99);
  }
}
