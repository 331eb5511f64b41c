package dev.forklab.fork;

import dev.forklab.fork.ChildContext.Meeting;
import dev.forklab.fork.data.Stdio;
import dev.forklab.fork.launch.JavaCommand;
import dev.forklab.fork.launch.RunAs;
import dev.forklab.fork.launch.StartArchive;
import dev.forklab.fork.process.ProcessSpec;
import dev.forklab.fork.process.Session;
import dev.forklab.fork.process.WorkingDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// From an [Entry] and [ForkOptions] to the process to start.
final class EntryCommand {

  private static final List<Stdio> SILENT = List.of(Stdio.IGNORE, Stdio.IGNORE, Stdio.IGNORE);

  private final Entry entry;
  private final ForkOptions options;
  private final Optional<JavaCommand> recording;

  /// The child's, before its channel is named in it.
  private final Map<String, String> environment;

  /// What runs the child as another user; empty if it is this one.
  private final List<String> prefix;

  /// Who loaded the class to run, if that is known.
  private final @Nullable ClassLoader loader;

  EntryCommand(Entry entry, ForkOptions options) {
    this(entry, options, null, Optional.empty());
  }

  /// @param recording the JVM to use in place of the options' own
  EntryCommand(
      Entry entry,
      ForkOptions options,
      @Nullable ClassLoader loader,
      Optional<JavaCommand> recording) {
    this.entry = entry;
    this.options = options;
    this.loader = loader;
    this.recording = recording;
    this.prefix = RunAs.prefix(options.uid, options.gid);
    this.environment = options.env.orElseGet(JavaCommand::inheritedEnvironment);
  }

  /// The process that will talk on pipes of so many bytes each; empty if it must connect to a
  /// socket: any executable, another user (whom the system lets open no pipe of ours), a command
  /// that needs a file beside the socket.
  Optional<IntFunction<ProcessSpec>> onPipes() {
    boolean can =
        !(entry instanceof Entry.Executable)
            && prefix.isEmpty()
            && !recording.orElseGet(this::java).needsFile();
    return can
        ? Optional.of(capacityBytes -> spec(new Meeting.OnPipes(capacityBytes)))
        : Optional.empty();
  }

  /// The process that will connect to this socket.
  ProcessSpec spec(Path socket) {
    return spec(new Meeting.AtSocket(socket));
  }

  private ProcessSpec spec(Meeting meeting) {
    Map<String, String> withChannel = new HashMap<>(environment);
    withChannel.remove(Fork.CHANNEL_VARIABLE);
    if (entry instanceof Entry.Executable) {
      withChannel.put(Fork.CHANNEL_VARIABLE, ChildContext.of(meeting, options).encode());
    }
    List<String> command = new ArrayList<>(prefix);
    try {
      command.addAll(command(meeting));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<Stdio> stdio = recording.isPresent() ? SILENT : options.stdio;
    Session session = options.detached ? Session.OWN : Session.PARENTS;
    return new ProcessSpec(command, options.cwd, withChannel, stdio, session, options.descriptors);
  }

  private List<String> command(Meeting meeting) throws IOException {
    return switch (entry) {
      case Entry.MainClass(var name) -> command(meeting, java().opening(name), name);
      case Entry.Jar(var path) -> command(meeting, java().behind(path), mainClassOf(path));
      case Entry.Executable(var command) ->
          Stream.concat(Stream.of(command), options.args.stream()).toList();
    };
  }

  private List<String> command(Meeting meeting, JavaCommand java, String mainClass)
      throws IOException {
    if (options.cwd.isEmpty() && WorkingDirectory.isGone()) {
      throw new IOException(
          "this process's working directory has been removed, and no JVM starts there: give"
              + " ForkOptions.cwd");
    }
    List<String> arguments =
        Stream.concat(
                Stream.of(ChildContext.of(meeting, options).encode(), mainClass),
                options.args.stream())
            .toList();
    JavaCommand command =
        recording.orElseGet(() -> java.leanArchived(ForkedMain.class, part(mainClass)));
    return switch (meeting) {
      case Meeting.OnPipes _ -> command.command(ForkedMain.class.getName(), arguments);
      case Meeting.AtSocket(var socket) ->
          command.command(ForkedMain.class.getName(), arguments, socket);
    };
  }

  /// The two codecs load different classes.
  private String part(String mainClass) {
    return mainClass + ' ' + options.serialization;
  }

  /// Makes the archive for a class.
  boolean prepare(String mainClass, StartArchive.Rehearsal rehearsal)
      throws IOException, InterruptedException {
    return java().prepare(ForkedMain.class, part(mainClass), rehearsal);
  }

  private JavaCommand java() {
    return options
        .classPath
        .map(JavaCommand::ofClassPath)
        .orElseGet(() -> JavaCommand.ofThisJvm(loader))
        .withLauncher(options.execPath.orElseGet(JavaCommand::ownJava))
        .withJvmArgs(options.execArgv.orElseGet(JavaCommand::inheritedFlags))
        .and(options.addedFlags)
        .withArchive(options.startArchive)
        .withEnvironment(environment);
  }

  private static String mainClassOf(Path jar) {
    try (JarFile file = new JarFile(jar.toFile())) {
      var manifest = file.getManifest();
      String name = manifest == null ? null : manifest.getMainAttributes().getValue("Main-Class");
      if (name == null) {
        throw new IOException("expected a Main-Class in the manifest of " + jar + ", found none");
      }
      return name;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
