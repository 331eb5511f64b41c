/// A program that uses this library as any other does: packed in the ways that programs are.
@org.jspecify.annotations.NullMarked
package dev.forklab.fork.program;
