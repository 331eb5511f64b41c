package dev.forklab.fork.codec;

/// The message's bytes as they are.
record BinaryTaskCodec() implements TaskCodec {

  @Override
  public byte[] encode(byte[] message) {
    return message;
  }

  @Override
  public byte[] decode(byte[] body) {
    return body;
  }

  @Override
  public long encodedBytes(long messageBytes) {
    return messageBytes;
  }
}
