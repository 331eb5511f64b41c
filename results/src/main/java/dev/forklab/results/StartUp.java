package dev.forklab.results;

/// One start of a pool: from asking for it until a reply from every one of its workers could have
/// been had (the first reply), in a JVM whose own start is not counted.
///
/// @param repetition the how-manieth start in its JVM, from 0; the first pays for loading classes
/// @param firstReplyNanos from asking for the pool until its first reply
/// @param allRepliesNanos from asking for the pool until as many concurrent tasks as it has workers
///   have been answered
public record StartUp(int repetition, long firstReplyNanos, long allRepliesNanos) {}
