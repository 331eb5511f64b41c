package dev.forklab.fork.cluster;

/// What a primary and its worker tell each other over a pair of sockets beside the channel: a
/// [WorkerSetup], then single bytes. The end of the primary's side is a [#DRAIN] as well.
///
/// A connection is the primary's to pass on until the worker has said [#TAKEN]: its words come in
/// the order in which the connections were passed.
final class ControlWord {

  /// The worker has asked for its [ClusterWorker].
  static final byte ONLINE = 'O';

  /// The worker has asked for its listener.
  static final byte LISTENING = 'L';

  /// The worker's program has accepted the next of the connections passed to it.
  static final byte TAKEN = 'T';

  /// The worker had no descriptor for the next of the connections passed to it.
  static final byte MISSED = 'M';

  /// The worker's listener is closed: the connections that it has not taken are for others.
  static final byte CLOSED = 'E';

  /// With a descriptor: the primary passes a connection.
  static final byte CONNECTION = 'C';

  /// The worker is to accept no more, and to end when its work is done.
  static final byte DRAIN = 'D';

  private ControlWord() {}
}
