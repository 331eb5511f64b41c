/// Streams of bytes beside the messages of a channel, each in one direction, many at once.
///
/// | frame | from | says |
/// |---|---|---|
/// | `STREAM_OPEN` | writer | a stream of this id begins; its body is the name |
/// | `STREAM_DATA` | writer | the next bytes |
/// | `STREAM_END` | writer | no more bytes; a body says why the writer gave up |
/// | `STREAM_CREDIT` | reader | so many more bytes may be sent (4 bytes) |
/// | `STREAM_CLOSED` | reader | it reads no more: it has reached the end, or does not want the rest |
///
/// **Back-pressure.** A writer begins with a credit of one window, 256 KiB, spends it as it sends,
/// and gets back what the reader has read. So a stream whose reader is slow holds at most a window
/// at the reader's end and two chunks of 64 KiB at the writer's; a gigabyte passes in that. A
/// message waits behind those chunks, never behind the stream.
///
/// **The peer is hostile.** Bytes beyond the credit, streams beyond the 128 that may be open and
/// frames of streams that do not exist take no memory.
@NullMarked
package dev.forklab.fork.stream;

import org.jspecify.annotations.NullMarked;
