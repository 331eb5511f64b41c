package dev.forklab.fork.launch;

import java.io.File;
import java.lang.module.ResolvedModule;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Where this JVM found its own classes, said so that a child finds them too: on a class path or a
/// module path, in a Spring Boot jar, or through the class loaders of a build tool.
final class OwnClasses {

  /// Of Spring Boot 3.2 and later, and of earlier ones. Both are in the jar itself.
  private static final List<String> BOOT_LAUNCHERS =
      List.of(
          "org.springframework.boot.loader.launch.PropertiesLauncher",
          "org.springframework.boot.loader.PropertiesLauncher");

  private static final String GIVE_ONE =
      ": give the child's class path (ForkOptions.classPath, or the option of that name of a pool)";

  private OwnClasses() {}

  /// @param user the loader of the class that a child is to run; null where that is not known
  /// @throws IllegalStateException if it cannot be told; the message says what to give
  static ClassSource find(@Nullable ClassLoader user) {
    Module library = OwnClasses.class.getModule();
    if (library.isNamed()) {
      return onModulePath(library);
    }
    Optional<URI> location = location();
    if (location.isPresent() && !location.get().getScheme().equals("file")) {
      return inBootJar(location.get());
    }
    SequencedSet<String> entries = absolute(System.getProperty("java.class.path"));
    addFilesOf(Thread.currentThread().getContextClassLoader(), entries);
    addAllOf(OwnClasses.class.getClassLoader(), entries);
    addAllOf(user, entries);
    location.map(OwnClasses::file).ifPresent(entries::add);
    return new ClassSource.OnClassPath(String.join(File.pathSeparator, entries));
  }

  private static ClassSource onModulePath(Module library) {
    if (!ModuleLayer.boot().equals(library.getLayer())) {
      throw new IllegalStateException(
          "this library is in a module layer of the program's own" + GIVE_ONE);
    }
    String roots =
        ModuleLayer.boot().configuration().modules().stream()
            .filter(module -> !isOfJdk(module))
            .map(ResolvedModule::name)
            .sorted()
            .collect(Collectors.joining(","));
    return new ClassSource.OnModulePath(
        String.join(File.pathSeparator, absolute(System.getProperty("jdk.module.path"))),
        roots,
        library.getName(),
        String.join(File.pathSeparator, absolute(System.getProperty("java.class.path"))));
  }

  private static boolean isOfJdk(ResolvedModule module) {
    return module.reference().location().map(URI::getScheme).orElse("jrt").equals("jrt");
  }

  private static ClassSource inBootJar(URI location) {
    ClassLoader system = ClassLoader.getSystemClassLoader();
    String launcher =
        BOOT_LAUNCHERS.stream()
            .filter(name -> system.getResource(name.replace('.', '/') + ".class") != null)
            .findFirst()
            .orElseThrow(() ->
                new IllegalStateException(
                    "this library is in "
                        + location
                        + ", which no JVM opens by itself"
                        + GIVE_ONE));
    return new ClassSource.InBootJar(
        String.join(File.pathSeparator, absolute(System.getProperty("java.class.path"))), launcher);
  }

  private static Optional<URI> location() {
    CodeSource ours = OwnClasses.class.getProtectionDomain().getCodeSource();
    try {
      return ours == null || ours.getLocation() == null
          ? Optional.empty()
          : Optional.of(ours.getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("expected this library in a file, found " + ours, e);
    }
  }

  /// What these loaders have must all be known: the child needs it.
  private static void addAllOf(@Nullable ClassLoader loader, SequencedSet<String> entries) {
    Optional<ClassLoader> unknown =
        chain(loader).stream().filter(each -> !(each instanceof URLClassLoader)).findFirst();
    if (unknown.isPresent()) {
      throw new IllegalStateException(
          "classes come from a "
              + unknown.get().getClass().getName()
              + " (`java Hello.java` compiles into memory, for one), which does not say where a"
              + " child finds them"
              + GIVE_ONE);
    }
    addFilesOf(loader, entries);
  }

  private static void addFilesOf(@Nullable ClassLoader loader, SequencedSet<String> entries) {
    chain(loader).stream()
        .flatMap(each ->
            each instanceof URLClassLoader urls ? Arrays.stream(urls.getURLs()) : Stream.empty())
        .flatMap(url -> uri(url).stream())
        .map(OwnClasses::file)
        .forEach(entries::add);
  }

  /// The loader and its parents but those of the JDK, the first asked first.
  private static List<ClassLoader> chain(@Nullable ClassLoader loader) {
    List<ClassLoader> chain = new ArrayList<>();
    Set<ClassLoader> jdks =
        Set.of(ClassLoader.getSystemClassLoader(), ClassLoader.getPlatformClassLoader());
    ClassLoader each = loader;
    while (each != null && !jdks.contains(each)) {
      chain.addFirst(each);
      each = each.getParent();
    }
    return chain;
  }

  private static Optional<URI> uri(URL url) {
    try {
      return url.getProtocol().equals("file") ? Optional.of(url.toURI()) : Optional.empty();
    } catch (URISyntaxException _) {
      return Optional.of(
          Path.of(url.getPath()).toUri()); // A space as it is: class loaders take it.
    }
  }

  private static String file(URI location) {
    return Path.of(location).toString();
  }

  private static SequencedSet<String> absolute(@Nullable String path) {
    return Arrays.stream((path == null ? "" : path).split(File.pathSeparator, -1))
        .filter(entry -> !entry.isEmpty())
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }
}
