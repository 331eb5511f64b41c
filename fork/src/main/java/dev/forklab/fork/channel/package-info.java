/// The channel between a parent and its child: framing and transport.
///
/// A *wire*, two pipes or a Unix domain socket, carries *frames* in both directions
/// ([dev.forklab.fork.channel.FrameLayout] owns their bytes). A second one of the same child, the
/// *lifeline*, carries nothing but the parent's life: the child blocks on it, and ends when it
/// ends.
///
/// **Threads.** Each end has one *loop thread*: it alone reads, and finishes what senders could not
/// write at once. Any thread may send: it writes on its own thread while the wire takes bytes, so a
/// small message needs no hand-over between threads (waking an idle core costs more than the
/// message).
///
/// **The peer is hostile.** A length is checked before anything is allocated for it; any bytes end
/// in a frame or in a [dev.forklab.fork.channel.FrameException].
@NullMarked
package dev.forklab.fork.channel;

import org.jspecify.annotations.NullMarked;
