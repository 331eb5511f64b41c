package dev.forklab.workload;

import java.util.List;
import java.util.ServiceLoader;

/// Which workload, and how much of it, as data: what a child process needs to build the same
/// [TaskFunction] as its parent.
///
/// @param name a registered workload's [Workload#name()], or the name of a class that implements
///   [Workload]
/// @param iterations the amount of work of each task, at least 1
public record WorkloadSpec(String name, int iterations) {

  public WorkloadSpec {
    if (name.isBlank()) {
      throw new IllegalArgumentException("expected a workload's name, found a blank one");
    }
    if (iterations < 1) {
      throw new IllegalArgumentException("expected at least 1 iteration, found " + iterations);
    }
  }

  /// The workload bound to its iterations (a tenth of them for a [WarmUpMessage]), loaded through
  /// the current thread's context class loader: a registered workload of this name first, then a
  /// class of this name.
  ///
  /// @throws UnknownWorkloadException if there is neither, or the class cannot be made
  public TaskFunction function() {
    return function(workload());
  }

  /// The given workload, however it was loaded, bound to these iterations.
  TaskFunction function(Workload workload) {
    int count = iterations;
    return message -> workload.apply(message, WarmUpMessage.iterations(message, count));
  }

  /// The same workload with another amount of work.
  public WorkloadSpec withIterations(int count) {
    return new WorkloadSpec(name, count);
  }

  /// The workload itself, a new instance, found as [#function()] says.
  ///
  /// @throws UnknownWorkloadException if there is none, or the class cannot be made
  public Workload workload() {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    return ServiceLoader.load(Workload.class, loader).stream()
        .map(ServiceLoader.Provider::get)
        .filter(workload -> workload.name().equals(name))
        .findFirst()
        .orElseGet(() -> fromClass(loader));
  }

  /// The names of all registered workloads that a context class loader finds, sorted.
  public static List<String> registered() {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    return ServiceLoader.load(Workload.class, loader).stream()
        .map(provider -> provider.get().name())
        .sorted()
        .toList();
  }

  private Workload fromClass(ClassLoader loader) {
    try {
      Class<?> type = Class.forName(name, true, loader);
      return type.asSubclass(Workload.class).getConstructor().newInstance();
    } catch (ReflectiveOperationException | ClassCastException e) {
      throw new UnknownWorkloadException(name, e);
    }
  }
}
