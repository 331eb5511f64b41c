/// fork() for the JVM: child processes with a channel, with the semantics of Node.js
/// `child_process.fork`.
///
/// ## Parent and child
///
/// ```java
/// import dev.forklab.fork.*;
///
/// class Hello {
///   public static void main(String[] args) {
///     ChildProcess child = Fork.fork(Greeter.class);
///     child.onMessage(reply -> {
///       System.out.println("child says: " + reply);
///       child.disconnect();
///     });
///     child.send("world");
///   }
/// }
///
/// class Greeter {
///   public static void main(String[] args) {
///     Parent parent = Parent.get();
///     parent.onMessage(name -> parent.send("hello " + name));
///   }
/// }
/// ```
///
/// Start the parent with `--enable-native-access=ALL-UNNAMED`; otherwise Java warns about the calls
/// that start processes.
///
/// `Fork.prepare(Greeter.class, ForkOptions.DEFAULT)`, called once after installation, makes every
/// later child start faster.
///
/// ## Threads
///
/// | thread | of | does |
/// |---|---|---|
/// | the caller's | both | encodes a message and writes as much of it as the channel takes |
/// | `fork-channel NAME` | parent, one per child | reads the child's frames, calls **message** listeners, writes the rest of what was sent |
/// | `fork-events NAME` (while there are any) | both | calls all **other** listeners; keeps the JVM until they have returned |
/// | `fork-unheard NAME` (a second at most) | both | reports errors that nobody listens to; keeps the JVM until then |
/// | `fork-timeout PID` | parent, one per child with a timeout | kills the child when it runs too long |
/// | `fork-receipt` | both, as many as are busy | completes the futures of `sendAsync` |
/// | `fork-exit NAME` | parent, one per child | waits for the process to end; keeps the parent's JVM until then, unless the child is detached |
/// | `fork-channel` | child | as in the parent; a daemon |
/// | `fork-writer` | child on Linux, once its parent has not kept up | writes the rest of what was sent; a daemon |
/// | `fork-socket` | both, on Linux, once the channel has carried much | moves it from pipes to a socket; a daemon that then ends |
/// | `fork-listening` | child, while it listens | only keeps the child alive until its listeners have heard of the disconnect |
/// | `fork-lifeline`, `fork-farewell`, `fork-end` | child | end the child when the parent has ended |
/// | `fork-uncorker` | both, one per JVM | writes what a listener sent during a burst, if the listener then takes long |
/// | `fork-stream NAME` | both, one per stream that is read | calls the **stream** listener, which may block |
///
/// All of these are platform threads with stacks of the usual size: virtual threads that keep the
/// CPUs busy delay neither events nor time limits.
///
/// The listeners of one child are called one at a time. A message listener that takes long delays
/// that child's messages, and what waits to be written to it. A listener that blocks until the same
/// child answers waits forever; one that waits for a stream from it gets an exception. If a
/// listener or a [SendCallback] throws, its thread's handler of uncaught exceptions is told, and
/// the next messages are delivered. Callbacks are called on a thread that writes: a callback that
/// blocks delays other callbacks, but no message. The stages of a [ChildProcess#sendAsync] may
/// block.
///
/// A listener may leave its thread interrupted, renamed, or with another priority or context class
/// loader: that is undone after each call. Thread locals stay.
///
/// As in Node, a parent whose `main` has returned stays alive while one of its children runs, and a
/// child while it listens and until its listeners have returned; `System.exit` ends either at once.
///
/// ## Order
///
/// `spawn` comes first and `close` last; every `message` comes before `close`, perhaps after
/// `exit`; messages arrive whole and in the order sent. `exit` and `disconnect` come in any order.
/// What a child wrote before it ended is delivered, even if it ended at once.
///
/// This holds for the listeners that exist at the time: whenever one is called, all that were added
/// before, in whatever order, have heard the events that come first. A listener that is added later
/// still hears of what has happened, and so perhaps after events that follow it: of messages that
/// were kept until after the `close`, for example.
///
/// ## Messages as JSON
///
/// The rules are the same for maps, lists and scalars and for what Jackson binds:
///
/// - Objects travel as their record components, getters and public fields. An object without any,
///   and one that carries behavior (a lambda, a thread, a stream, a class), is refused, wherever it
///   is in the message.
/// - Numbers that are not finite are null, as in JavaScript; a `double` or `float` component reads
///   null as NaN. A `float` is the shortest decimal that reads back as it (0.1, not
///   0.10000000149011612).
/// - The records or classes of a sealed type have a property `type` beside their own, their simple
///   name, by which [ChildProcess#onMessage(Class, java.util.function.Consumer)] tells them apart;
///   one that has a component `type`, or Jackson's own annotation, is left as it is.
/// - Map keys that are not strings, numbers or booleans are written as Jackson writes them.
/// - Both ends have the same limits: 500 levels of nesting, keys of 50,000 bytes, numbers of 1,000
///   characters, text as long as a frame. `send` throws beyond these limits, and for a key with
///   half of a surrogate pair.
///
/// ## Large data
///
/// Both ends hold a message whole. Larger data is a stream: [ChildProcess#openStream] and
/// [Parent#onStream], and back [Parent#openStream] and [ChildProcess#onStream], are an
/// [java.io.OutputStream] at the writer and an [java.io.InputStream] at the reader. At most 256 KiB
/// of each are in flight, so a gigabyte passes through heaps of a few megabytes. A slow reader
/// blocks its writer, but neither messages nor other streams. The reasons why a stream may end
/// early are a closed list: [dev.forklab.fork.stream.StreamException.Reason].
///
/// ## Failure
///
/// - A child that cannot be started has an `error` event, no pid and no `exit`. A child whose
///   connection cannot be accepted (because no descriptors are left) has an `error` event and ends.
/// - If nobody has listened to an error for a second, it is reported to the handler of uncaught
///   exceptions, by default on standard error; the JVM stays alive until then.
/// - Anything thrown while a message is decoded is an `error` event; the next message is read.
/// - `send` never blocks. Above the high-water mark it returns false and still queues; above the
///   queue's bound, and after the connection has ended, it returns false and the error comes once:
///   to the callback if there is one, or as an `error` event.
/// - A message that the codec cannot write is an [IllegalArgumentException] from `send`; the
///   channel stays usable.
/// - If the reader has no memory for a message, only that message is lost, with an `error` event.
/// - Bytes that are not a valid frame end the channel, with one `error` event.
/// - A child ends when its parent does, however that happens (its lifeline closes), unless
///   detached: its disconnect listeners are called and its shutdown hooks run, and it is halted
///   after [ForkOptions.Builder#grace] at the latest.
///
/// ## Limits
///
/// | of | a child | a pool | by default |
/// |---|---|---|---|
/// | heap | [ForkOptions.Builder#heapLimit(String)] | [dev.forklab.fork.pool.ForkPoolOptions#heapLimit(String)] | a quarter of the machine's memory, each |
/// | what an exhausted heap does | [ForkOptions.Builder#exitOnOutOfMemory] | [dev.forklab.fork.pool.ForkPoolOptions#exitOnOutOfMemory] | an [OutOfMemoryError] where it happens |
/// | time | [ForkOptions.Builder#timeout] | [dev.forklab.fork.pool.ForkPoolOptions#taskTimeout] for each task, [dev.forklab.fork.pool.TaskOptions#withLimit] for one | none |
/// | grace period | [ForkOptions.Builder#grace] | [dev.forklab.fork.pool.ForkPoolOptions#grace], and [dev.forklab.fork.pool.ForkPoolOptions#drain] for what runs | 2 s; 10 s to drain |
/// | a message | [dev.forklab.fork.data.ChannelBounds#maxFrameBytes] | [dev.forklab.fork.pool.ForkPoolOptions#maxMessageBytes] | 128 MiB |
/// | the send queue | [dev.forklab.fork.data.ChannelBounds#maxQueuedBytes] | [dev.forklab.fork.pool.ForkPoolOptions#queue], in tasks | 256 MiB; 16 tasks a worker |
///
/// The heap is only part of a JVM's memory: code, stacks and direct buffers add some 40 MiB for a
/// small child.
///
/// ## Packaging
///
/// A child gets its parent's classes ([ForkOptions.Builder#classPath] changes that), so nothing has
/// to be unpacked or listed twice:
///
/// - a class path of jars or directories, of any length; a fat jar (shaded, one jar of everything);
/// - a Spring Boot jar as it is, `java -jar app.jar`: the child is started through the same loader;
/// - a module path;
/// - the jars that a build tool's class loader names.
///
/// To keep Java from warning about the calls that start processes, put
/// `--enable-native-access=ALL-UNNAMED` on the command line, or this line into the manifest of a
/// jar that is started with `-jar`:
///
/// ```
/// Enable-Native-Access: ALL-UNNAMED
/// ```
///
/// ## From Node
///
/// | Node | Java |
/// |---|---|
/// | `fork(modulePath, args, options)` | [Fork#fork(Class, ForkOptions)], [Fork#forkJar], [Fork#forkExecutable] |
/// | `options.cwd`, `env`, `execPath`, `execArgv`, `silent`, `stdio`, `detached`, `uid`, `gid`, `timeout`, `killSignal`, `serialization` | methods of [ForkOptions.Builder] of the same names |
/// | `options.signal` and `AbortController` | [ForkOptions.Builder#abort] and [Abort] |
/// | `child.send(m[, callback])` | [ChildProcess#send(Object)], [ChildProcess#send(Object, SendCallback)], [ChildProcess#sendAsync] |
/// | `child.on('message' … 'close')` | [ChildProcess#onMessage(java.util.function.Consumer)] … [ChildProcess#onClose] |
/// | `once('message')`, `off(event, listener)` | [ChildProcess#onceMessage(java.util.function.Consumer)], [ChildProcess#off]; all other events but `error` happen once |
/// | `child.pid`, `connected`, `killed`, `exitCode`, `signalCode`, `stdin`, `stdout`, `stderr` | methods of the same names |
/// | `child.kill(signal)`, `child.disconnect()` | [ChildProcess#kill(String)], [ChildProcess#disconnect()] |
/// | streams over `child.stdin`, or extra `stdio` pipes | [ChildProcess#openStream], [Parent#onStream] and back |
/// | `process.send`, `process.on('message')`, `process.disconnect`, `process.connected` | the methods of [Parent#get()] |
/// | `process.channel.ref()`, `unref()` | [Parent#ref], [Parent#unref] |
/// | `child[Symbol.dispose]()`, which kills | `try (ChildProcess child = Fork.fork(...))`: [ChildProcess#close] disconnects, and kills what stays |
///
/// ## What differs, and why
///
/// - **SIGTERM is an exit code.** A JVM catches SIGTERM, SIGINT and SIGHUP, runs its shutdown hooks
///   and exits with 128 plus the signal's number. That is what is reported, because no signal
///   killed it.
/// - **`kill(0)` does not set `killed`.** Node sets it, although its documentation says that signal
///   0 only tests for existence.
/// - **Late listeners hear of what has happened.** Node's listeners are added before the event loop
///   turns; Java has no such moment.
/// - **An unheard error is reported, and ends nothing.** Node ends the process with code 1.
/// - **A child does not outlive its parent.** Node's child hears of the disconnect and may
///   continue; here it has a grace period, then ends with exit code 113.
/// - **JSON has limits**, and keys hold whole characters; `JSON.stringify` has neither.
/// - **The child's standard streams are its own**, as in Node. On Linux the channel is four pipes
///   that the child inherits as descriptors 3 to 6; a launcher ([ForkOptions.Builder#execPath])
///   must leave them open. Executables, children of another user and other systems have a socket in
///   a directory that only the user can open, which is removed as soon as the child has connected.
/// - **Frames, not lines.** Each message is one frame ([dev.forklab.fork.channel]); a real Node at
///   the other end is not supported.
/// - **The queue and the frame are bounded** ([dev.forklab.fork.data.ChannelBounds]); in Node they
///   grow until memory is exhausted.
/// - **Sets and maps with many colliding keys are refused** (advanced), if the keys have one hash
///   code and no natural order, as lists. V8 compares such keys by identity.
/// - **A child is given the parent's classes**: its class path or module path, its Spring Boot jar
///   (`java -jar`, nothing to unpack), or the jars that a build tool's class loaders name. If they
///   cannot be determined (a class that `java Hello.java` compiled into memory), an
///   [IllegalStateException] says what to provide; see [ForkOptions.Builder#classPath].
/// - **Agents are not inherited**, nor other options that two JVMs cannot share; see
///   [ForkOptions.Builder#execArgv]. Name those that a child should have.
/// - **The environment is bytes**: inherited variables arrive unchanged, in any locale and even if
///   they are not valid text; Node converts them to text.
/// - **Who connects to a socket is the child**, or a process below it: on Linux the kernel says so.
/// - **No sockets are passed** with a message (Node's `sendHandle`); workers that share a server's
///   port are in [dev.forklab.fork.cluster]. `stdio` has three streams: for more, use
///   [ChildProcess#openStream] and [Parent#openStream].
/// - **A parent stays alive while its children run**: there is no `child.unref()`, only children
///   that are detached from the start.
/// - **A message waits until somebody listens**, also after the last listener was taken off; Node
///   drops it.
/// - **While nobody listens, at most one mebibyte of a child's messages is kept**; then the channel
///   is not read, and the child's queue fills.
///
/// Windows has neither the signals nor the peer's credentials that this relies on; on macOS,
/// processes are started by [java.lang.ProcessBuilder], with what that can do.
@NullMarked
package dev.forklab.fork;

import org.jspecify.annotations.NullMarked;
