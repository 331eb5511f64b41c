package dev.forklab.bench.jmh;

import dev.forklab.workload.TaskFunction;

/// The baseline: the calling thread computes each reply itself.
final class InlinePipeline implements Pipeline {

  private final TaskFunction function;
  private final Messages messages;
  private final ReplyCheck check;
  private long task;

  InlinePipeline(TaskFunction function, Messages messages) {
    this.function = function;
    this.messages = messages;
    this.check = new ReplyCheck(messages);
  }

  @Override
  public void start() throws Exception {
    next();
  }

  @Override
  public int beforehand() {
    return 1;
  }

  @Override
  public byte[] next() throws Exception {
    byte[] reply = function.apply(messages.message(task));
    check.keep(task++, reply);
    return reply;
  }

  @Override
  public long operations(long calls) {
    return calls;
  }

  @Override
  public int stop() {
    return check.countWrong();
  }
}
