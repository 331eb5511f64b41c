package dev.forklab.fork.data;

/// How messages travel.
public enum Serialization {
  /// UTF-8 JSON, as Node does by default: readable, and limited to what JSON can say.
  JSON,
  /// Binary: bytes as they are, and values that JSON cannot say.
  ADVANCED
}
