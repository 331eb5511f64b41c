package dev.forklab.workload;

/// A workload's name that leads to no usable [Workload].
public final class UnknownWorkloadException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  UnknownWorkloadException(String name, Throwable cause) {
    super(
        "expected a registered workload or a public class that implements "
            + Workload.class.getName()
            + " and has a public no-argument constructor, found none named '"
            + name
            + "'; check the name and the class path",
        cause);
  }
}
