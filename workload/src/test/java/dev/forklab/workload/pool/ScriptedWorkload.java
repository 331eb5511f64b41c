package dev.forklab.workload.pool;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.forklab.workload.Workload;
import dev.forklab.workload.WorkloadSpec;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A workload that does what the message says: see [Script]. Registered as a service, so that a
/// child process which has this module's test-jar on its class path finds it by name.
public final class ScriptedWorkload implements Workload {

  /// The name that a [WorkloadSpec] uses.
  public static final String NAME = "scripted";

  /// The spec that the suite opens pools with.
  public static final WorkloadSpec SPEC = new WorkloadSpec(NAME, 1);

  /// A class that exists only in the worker that throws it.
  public static final String UNKNOWN_CLASS = "dev.forklab.absent.KnownToTheWorkerOnly";

  /// The method that every scripted failure is thrown from: the first frame of its stack.
  public static final String THROWING_METHOD = "throwFromTheTask";

  private static final long POLL_NANOS = 1_000_000;
  private static final int LISTEN_TURNS = 2_000;

  /// An exception that cannot even say what it is about.
  public static final class BrokenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @Override
    public String getMessage() {
      throw new UnsupportedOperationException("no message can be had");
    }
  }

  /// For [java.util.ServiceLoader].
  public ScriptedWorkload() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  @SuppressWarnings("NullAway") // a workload that breaks its contract is one of the scripts
  public byte[] apply(byte[] message, int iterations) throws Exception {
    Script.@Nullable Parsed script = Script.Parsed.of(message).orElse(null);
    if (script == null) {
      return reverse(message);
    }
    return switch (script.command()) {
      case FAIL -> throwFromTheTask(script.arguments().getFirst(), script.arguments().getLast());
      case FAIL_SILENTLY -> throwFromTheTask(script.arguments().getFirst(), null);
      case FAIL_WITH_UNKNOWN_CLASS -> throwUnknown(script.arguments().getFirst());
      case FAIL_WITH_BROKEN_MESSAGE -> throw new BrokenException();
      case OVERFLOW_STACK -> text(recurse(0));
      case RETURN_NOTHING -> null;
      case MARK -> text(Files.createFile(script.path(0)));
      case HOLD -> hold(script.path(0), script.path(1));
      case SPIN -> spin(script.path(0), script.path(1));
      case CENSUS -> census(script.path(0));
      case WHO -> text(ProcessHandle.current().pid() + " " + Thread.currentThread().getName());
      case LISTEN -> listen();
      case LITTER -> litter();
      case STATE -> text(state(Thread.currentThread()));
      case HALT -> halt(Integer.parseInt(script.arguments().getFirst()));
    };
  }

  /// What the workload answers to a message that is no script.
  public static byte[] reverse(byte[] message) {
    byte[] reply = new byte[message.length];
    for (int i = 0; i < message.length; i++) {
      reply[message.length - 1 - i] = message[i];
    }
    return reply;
  }

  private static byte[] throwFromTheTask(String type, @Nullable String message) throws Exception {
    Class<?> thrown = Class.forName(type);
    Object exception =
        message == null ? thrown.getConstructor().newInstance() : constructed(thrown, message);
    if (exception instanceof Throwable throwable) {
      throwable.setStackTrace(new Throwable().getStackTrace()); // without those of reflection
      if (throwable instanceof Error error) {
        throw error;
      }
      if (throwable instanceof Exception checked) {
        throw checked;
      }
    }
    throw new IllegalArgumentException("expected an Exception or an Error, found " + type);
  }

  private static Object constructed(Class<?> type, String message)
      throws ReflectiveOperationException {
    try {
      return type.getConstructor(String.class).newInstance(message);
    } catch (NoSuchMethodException e) {
      return type.getConstructor(Object.class).newInstance(message); // AssertionError
    }
  }

  /// Defines an exception class that no class path holds, and throws it.
  private static byte[] throwUnknown(String message) throws Exception {
    ClassDesc parent = RuntimeException.class.describeConstable().orElseThrow();
    MethodTypeDesc signature = MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_String);
    byte[] code =
        ClassFile.of()
            .build(
                ClassDesc.of(UNKNOWN_CLASS),
                type ->
                    type.withFlags(ClassFile.ACC_PUBLIC)
                        .withSuperclass(parent)
                        .withMethodBody(
                            ConstantDescs.INIT_NAME,
                            signature,
                            ClassFile.ACC_PUBLIC,
                            body ->
                                body.aload(0)
                                    .aload(1)
                                    .invokespecial(parent, ConstantDescs.INIT_NAME, signature)
                                    .return_()));
    ClassLoader loader =
        new ClassLoader(ScriptedWorkload.class.getClassLoader()) {
          @Override
          protected Class<?> findClass(String name) {
            return defineClass(name, code, 0, code.length);
          }
        };
    Class<?> type = loader.loadClass(UNKNOWN_CLASS);
    throw (RuntimeException) type.getConstructor(String.class).newInstance(message);
  }

  @SuppressWarnings("InfiniteRecursion") // until the stack overflows: the script's purpose
  private static int recurse(int depth) {
    return recurse(depth + 1) + 1;
  }

  private static byte[] hold(Path started, Path release) throws Exception {
    Files.createFile(started);
    while (isHeld(started, release)) {
      LockSupport.parkNanos(POLL_NANOS);
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted while it was held");
      }
    }
    return text("released");
  }

  private static byte[] spin(Path started, Path release) throws Exception {
    Files.createFile(started);
    while (isHeld(started, release)) {
      Thread.onSpinWait();
    }
    return text("released");
  }

  /// Until the file is there, or the test's directory is gone: a task outlives no test.
  private static boolean isHeld(Path started, Path release) {
    return Files.notExists(release) && Files.exists(started);
  }

  private static byte[] census(Path directory) throws IOException {
    Path self = Files.createFile(directory.resolve(UUID.randomUUID().toString()));
    try (Stream<Path> running = Files.list(directory)) {
      return text(running.count());
    } finally {
      Files.delete(self);
    }
  }

  private static byte[] listen() {
    boolean interrupted = false;
    for (int i = 0; i < LISTEN_TURNS && !interrupted; i++) {
      interrupted = Thread.currentThread().isInterrupted();
      Thread.onSpinWait();
    }
    return text(interrupted ? "interrupt" : "no interrupt");
  }

  @SuppressWarnings("ThreadPriorityCheck") // to change it is the script's purpose
  private static byte[] litter() {
    Thread thread = Thread.currentThread();
    thread.setName("litter");
    thread.setPriority(Thread.MIN_PRIORITY);
    thread.setContextClassLoader(new ClassLoader("litter", null) {});
    thread.interrupt();
    return text("left");
  }

  private static String state(Thread thread) {
    ClassLoader loader = thread.getContextClassLoader();
    boolean foreign = loader != null && "litter".equals(loader.getName());
    String found =
        (thread.isInterrupted() ? "interrupted " : "")
            + (thread.getName().equals("litter") ? "renamed " : "")
            + (thread.getPriority() == Thread.MIN_PRIORITY ? "demoted " : "")
            + (foreign ? "reloaded " : "");
    return found.isEmpty() ? "clean" : found;
  }

  private static byte[] halt(int exitCode) {
    Runtime.getRuntime().halt(exitCode);
    return new byte[0];
  }

  private static byte[] text(Object value) {
    return value.toString().getBytes(UTF_8);
  }
}
