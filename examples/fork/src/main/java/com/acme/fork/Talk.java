package com.acme.fork;

import dev.forklab.fork.ChildProcess;
import dev.forklab.fork.Fork;
import dev.forklab.fork.Parent;

/// A parent asks, a child answers: records travel as JSON.
public final class Talk {

  record Question(int left, int right) {}

  record Answer(int product) {}

  private Talk() {}

  public static void main(String[] args) {
    ChildProcess child = Fork.fork(Child.class);
    child.onMessage(
        Answer.class,
        answer -> {
          System.out.println("6 times 7 is " + answer.product());
          child.disconnect(); // A child that listens stays until then.
        });
    child.onExit(exit -> System.out.println("the child ended with " + exit.code().orElse(-1)));
    child.onClose(_ -> System.out.println("closed"));
    child.send(new Question(6, 7));
  }

  /// Runs in a JVM of its own.
  static final class Child {
    static void main(String[] args) {
      Parent parent = Parent.get();
      parent.onMessage(
          Question.class, question -> parent.send(new Answer(question.left() * question.right())));
    }
  }
}
