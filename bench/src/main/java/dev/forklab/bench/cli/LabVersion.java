package dev.forklab.bench.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/// The lab's version, from its jar's manifest.
final class LabVersion implements IVersionProvider {

  private static final String UNBUILT = "development";

  /// The version, or `development` outside a jar.
  static String text() {
    return Objects.requireNonNullElse(
        LabVersion.class.getPackage().getImplementationVersion(), UNBUILT);
  }

  @Override
  public String[] getVersion() {
    return new String[] {"lab " + text(), "JVM " + Runtime.version()};
  }
}
