package dev.forklab.bench.host;

/// Uses one CPU until its standard input ends.
final class Burner {

  private Burner() {}

  public static void main(String[] arguments) throws Exception {
    Thread burning = Thread.ofPlatform().daemon().name("burner").unstarted(Burner::burn);
    burning.start();
    System.out.println("ready");
    System.in.readAllBytes();
  }

  private static void burn() {
    while (!Thread.currentThread().isInterrupted()) {
      Thread.onSpinWait();
    }
  }
}
