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
/// Start the parent with `--enable-native-access=ALL-UNNAMED`, or Java warns of the calls that
/// start processes.
///
/// `Fork.prepare(Greeter.class, ForkOptions.DEFAULT)`, once after installation, lets every later
/// child start faster ([StartArchive]).
///
/// ## Threads
///
/// | thread | of | does |
/// |---|---|---|
/// | the caller's | both | encodes a message and writes it, as far as the socket takes it |
/// | `fork-channel NAME` | parent, one per child | reads the child's frames, calls **message** listeners, writes what senders could not |
/// | `fork-events NAME` (while there are any) | both | calls all **other** listeners; keeps the JVM until they have returned |
/// | `fork-unheard NAME` (a second at most) | both | reports errors that nobody listens to; keeps the JVM until then |
/// | `fork-timeout PID` | parent, one per child with a timeout | kills the child when it runs too long |
/// | `fork-receipt` | both, as many as are busy | completes the futures of `sendAsync` |
/// | `fork-exit NAME` | parent, one per child | waits for the process to end; keeps the parent's JVM until then, unless the child is detached |
/// | `fork-channel` | child | as in the parent; a daemon |
/// | `fork-listening` | child, while it listens | keeps the child alive until its listeners have heard of the disconnect; does nothing else |
/// | `fork-lifeline`, `fork-farewell`, `fork-end` | child | end the child when the parent has ended |
/// | `fork-uncorker` | both, one per JVM | writes what a listener sent amid a burst and then kept back by taking long |
/// | `fork-stream NAME` | both, one per stream that is read | calls the **stream** listener, which may block |
///
/// All of these are platform threads with stacks of the usual size: virtual threads that keep the
/// CPUs busy hold up neither events nor time limits.
///
/// Listeners of one child are never called two at once. A message listener that takes long delays
/// that child's messages, and what waits to be written to it; one that blocks until the same child
/// answers waits for ever, and one that waits for a stream of it is told so. A listener that throws
/// is reported to its thread's handler of uncaught exceptions, and the messages behind it are
/// delivered; a [SendCallback] that throws likewise. Callbacks are called on a thread that writes:
/// one that blocks keeps the others from being called, but no message from being written. The
/// stages of a [ChildProcess#sendAsync] may block.
///
/// A listener that leaves its thread interrupted, renamed, or with another priority or context
/// class loader harms no other: that is undone after each. Thread locals stay.
///
/// As in Node, a parent whose `main` has returned stays while a child of it runs, and a child stays
/// while it listens and until its listeners have returned; `System.exit` ends either at once.
///
/// ## Order
///
/// `spawn` first, `close` last; every `message` before `close`, perhaps after `exit`; messages in
/// the order sent, each whole. `exit` and `disconnect` in any order. What a child wrote before it
/// ended is delivered, even if it ended at once.
///
/// That holds among the listeners that are there: whenever one is called, those added by then, in
/// whatever order, have heard all that comes before. One that is added later hears of what has
/// happened all the same, and so perhaps behind what follows it: messages that were kept until
/// after the `close`, for example.
///
/// ## MessageFrames as JSON
///
/// The rules are the same for maps, lists and scalars and for what Jackson binds:
///
/// - Objects travel as their record components, getters and public fields. One that has none, and
///   what carries behavior (a lambda, a thread, a stream, a class), is refused, wherever it lies in
///   the message.
/// - Numbers that are not finite are null, as in JavaScript; a `double` or `float` component reads
///   null as NaN. A `float` is the shortest decimal that reads back as it (0.1, not
///   0.10000000149011612).
/// - The records or classes of a sealed type have a property `type` beside their own, their simple
///   name, by which [ChildProcess#onMessage(Class, java.util.function.Consumer)] tells them apart;
///   one that has a component `type`, or Jackson's own annotation, is left as it is.
/// - What is no string, number or boolean among the keys of a map is written as Jackson writes it.
/// - Both ends have the same limits: 500 levels of nesting, keys of 50,000 bytes, numbers of 1,000
///   characters, text as long as a frame. Beyond them, and for a key with half of a surrogate pair,
///   `send` throws.
///
/// ## Large data
///
/// A message is held whole at both ends. What is larger is a stream: [ChildProcess#openStream] and
/// [Parent#onStream], and back [Parent#openStream] and [ChildProcess#onStream], are an
/// [java.io.OutputStream] at the writer and an [java.io.InputStream] at the reader. Each holds at
/// most 256 KiB of what is under way, so a gigabyte passes through heaps of a few megabytes; a slow
/// reader blocks its writer, and neither the messages nor other streams. How a stream can end
/// before its end is a closed list: [dev.forklab.fork.stream.StreamException.Reason].
///
/// ## Failure
///
/// - A child that cannot be started has an `error` event, no pid and no `exit`. One whose
///   connection cannot be accepted (no descriptors are left) has an `error` event, and ends.
/// - An error that nobody has listened to for a second is reported to the handler of uncaught
///   exceptions, by default on standard error; the JVM stays until then.
/// - Whatever is thrown while a message is decoded is an `error` event; the next one is read.
/// - `send` never blocks. Above the high-water mark it returns false and still queues; above the
///   queue's bound, and after the connection has ended, it returns false and the error comes once:
///   to the callback if there is one, or as an `error` event.
/// - A message that the codec cannot write is an [IllegalArgumentException] from `send`; the
///   channel stays usable.
/// - A message for which the reader has no memory is lost alone, with an `error` event.
/// - Bytes on the channel that are no frame end the reading, with one `error` event.
/// - A child ends when its parent does, however that happens (its lifeline closes), unless
///   detached: its disconnect listeners are called, its shutdown hooks run, and what takes longer
///   than [ForkOptions.Builder#grace] is ended all the same.
///
/// ## Limits
///
/// | of | a child | a pool | by default |
/// |---|---|---|---|
/// | heap | [ForkOptions.Builder#heapLimit(String)] | [dev.forklab.fork.pool.ForkPoolOptions#heapLimit(String)] | a quarter of the machine's memory, each |
/// | what an exhausted heap does | [ForkOptions.Builder#exitOnOutOfMemory] | [dev.forklab.fork.pool.ForkPoolOptions#exitOnOutOfMemory] | an [OutOfMemoryError] where it happens |
/// | time | [ForkOptions.Builder#timeout] | [dev.forklab.fork.pool.ForkPoolOptions#taskTimeout] for each task, [dev.forklab.fork.pool.TaskOptions#withLimit] for one | none |
/// | a graceful end | [ForkOptions.Builder#grace] | [dev.forklab.fork.pool.ForkPoolOptions#grace], and [dev.forklab.fork.pool.ForkPoolOptions#drain] for what runs | 2 s; 10 s to drain |
/// | a message | [dev.forklab.fork.data.ChannelBounds#maxFrameBytes] | [dev.forklab.fork.pool.ForkPoolOptions#maxMessageBytes] | 128 MiB |
/// | what waits to be written | [dev.forklab.fork.data.ChannelBounds#maxQueuedBytes] | [dev.forklab.fork.pool.ForkPoolOptions#queue], in tasks | 256 MiB; 16 tasks a worker |
///
/// The heap is not all of a JVM's memory: code, stacks and direct buffers come on top, some 40 MiB
/// for a small child.
///
/// ## Packaging
///
/// A child is started with the classes that its parent has ([ForkOptions.Builder#classPath] says
/// otherwise), so nothing is unpacked or listed twice:
///
/// - a class path of jars or directories, of any length; a fat jar (shaded, one jar of everything);
/// - a Spring Boot jar as it is, `java -jar app.jar`: the child is started through the same loader;
/// - a module path;
/// - the jars that a build tool's class loader names.
///
/// `--enable-native-access=ALL-UNNAMED` on the command line, or in a jar that is started with
/// `-jar` this line of its manifest, keeps Java from warning of the calls that start processes:
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
///   and exits with 128 and the signal's number. That is what is reported: nothing killed it.
/// - **`kill(0)` does not set `killed`.** Node sets it; its documentation says that it only asks.
/// - **Late listeners hear of what has happened.** Node's listeners are added before the event loop
///   turns; Java has no such moment.
/// - **An unheard error is reported, and ends nothing.** Node ends the process with code 1.
/// - **A child does not outlive its parent while it has work.** Node's child hears of the
///   disconnect and may go on; here that has its grace, and exit code 113.
/// - **JSON has limits**, and keys hold whole characters; `JSON.stringify` has neither.
/// - **The child's standard streams are its own**, as in Node; the channel is a socket in a
///   directory that only the user can open, which is removed as soon as the child has connected.
/// - **Frames, not lines.** Each message is one frame ([dev.forklab.fork.channel]); a real Node at
///   the other end is not spoken to.
/// - **The queue and the frame are bounded** ([dev.forklab.fork.data.ChannelBounds]); in Node they
///   grow until memory ends.
/// - **Sets and maps whose keys cannot be told apart in time are refused** (advanced): many of one
///   hash and without an order among themselves, as lists. V8 compares such keys by identity.
/// - **A child is given the parent's classes**: its class path or module path, its Spring Boot jar
///   (`java -jar`, nothing to unpack), or the jars that a build tool's class loaders name. Where
///   that cannot be told (a class that `java Hello.java` compiled into memory), an
///   [IllegalStateException] says what to give; see [ForkOptions.Builder#classPath].
/// - **Agents are not inherited**, nor what else two JVMs cannot share: see
///   [ForkOptions.Builder#execArgv]. Name those that a child is to have.
/// - **The environment is bytes**: what is inherited arrives as it was, in any locale and even if
///   it is no text; Node makes text of it.
/// - **Who connects is the child**, or a process below it: on Linux the kernel says so.
/// - **No sockets are passed** with a message (Node's `sendHandle`), and `stdio` has its three
///   streams: more of them are [ChildProcess#openStream] and its like.
/// - **A parent stays while its children run**: there is no `child.unref()`, only children that are
///   detached from the beginning.
/// - **A message waits until somebody listens**, also after the last listener was taken off; Node
///   drops it.
/// - **A child's message is kept up to one mebibyte** while nobody listens; then the child feels
///   it.
///
/// Windows has neither the signals nor the peer's credentials that this relies on; macOS works with
/// what [java.lang.ProcessBuilder] can do.
@NullMarked
package dev.forklab.fork;

import org.jspecify.annotations.NullMarked;
