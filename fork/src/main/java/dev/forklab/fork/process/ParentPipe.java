package dev.forklab.fork.process;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// A pipe to one of a child's standard streams: the parent's end as a Java stream, the child's end
/// as a descriptor until the child has it.
///
/// @param stream which of the child's streams: 0, 1 or 2
/// @param parentEnd a [FileOutputStream] for 0, a [PipeInput] otherwise
/// @param childDescriptor the end that the child inherits; closed in the parent after the spawn
record ParentPipe(int stream, Closeable parentEnd, int childDescriptor) {

  static ParentPipe open(LibC c, int stream) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment pair = arena.allocate(JAVA_INT, 2);
      LibC.Errno made = c.pipe2(pair, LibC.O_CLOEXEC);
      if (made.result() != 0) {
        throw new IOException("cannot make a pipe for a child: " + c.describe(made.errno()));
      }
      int readEnd = pair.getAtIndex(JAVA_INT, 0);
      int writeEnd = pair.getAtIndex(JAVA_INT, 1);
      boolean parentWrites = stream == 0;
      int ours = parentWrites ? writeEnd : readEnd;
      int theirs = parentWrites ? readEnd : writeEnd;
      if (!parentWrites) {
        return new ParentPipe(stream, new PipeInput(c, ours), theirs);
      }
      // Java opens files, not descriptors: this opens the same pipe again, and the first descriptor
      // is then not needed.
      try {
        return new ParentPipe(stream, new FileOutputStream("/proc/self/fd/" + ours), theirs);
      } catch (IOException e) {
        c.close(theirs);
        throw e;
      } finally {
        c.close(ours);
      }
    }
  }

  static PipedStreams streams(List<ParentPipe> pipes) {
    PipedStreams streams = PipedStreams.NONE;
    for (ParentPipe pipe : pipes) {
      streams = streams.with(pipe.stream, pipe.parentEnd);
    }
    return streams;
  }

  static void closeChildEnds(LibC c, List<ParentPipe> pipes) {
    pipes.forEach(pipe -> c.close(pipe.childDescriptor));
  }

  static void abandon(List<ParentPipe> pipes) throws IOException {
    for (ParentPipe pipe : pipes) {
      pipe.parentEnd.close();
    }
  }
}
