package dev.forklab.bench.jmh;

import dev.forklab.bench.jmh.TrialState.SliceEnd;
import dev.forklab.bench.peer.PeerDriver.Ran;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// Latency in a closed loop: as many clients as workers, each of which submits a task, waits for
/// its reply, and submits the next. For `inline` each client computes by itself.
///
/// A closed loop waits for a slow task before it asks for another, so it sees fewer of the slow
/// moments than clients who come on a schedule would.
@State(Scope.Benchmark)
public class LatencyBenchmark {

  /// The file that describes the trial.
  @Param("")
  public String trial = "";

  /// Every client; added by its own thread, read by whichever thread tears a slice down. The
  /// harness's barrier before any tear-down makes what the clients counted visible to that thread.
  private final Queue<Client> clients = new ConcurrentLinkedQueue<>();

  private TrialState state;
  private OpenModel pool;

  /// The slice of a peer, whose clients run in its own process; null while another model runs.
  private @Nullable PeerSlice peerSlice;

  @Setup(Level.Trial)
  public void open() throws Exception {
    state = TrialState.open(trial);
    state.warmUp(this::warmUpSlice);
  }

  /// As a slice of the harness is, with clients of its own.
  private void warmUpSlice() throws Exception {
    startSlice();
    long end = System.nanoTime() + state.upcomingNanos();
    int count = peerSlice == null ? state.spec().planned().cell().workers() : 1;
    List<Client> warming = Stream.generate(() -> new Client(this)).limit(count).toList();
    try (ExecutorService threads = Executors.newFixedThreadPool(count)) {
      List<Future<?>> done = new ArrayList<>();
      for (Client client : warming) {
        done.add(threads.submit(() -> client.callUntil(end)));
      }
      for (Future<?> client : done) {
        client.get();
      }
    }
    clients.addAll(warming);
    stopSlice();
    clients.removeAll(warming);
  }

  @Setup(Level.Iteration)
  public void startSlice() {
    pool = state.pool(state.upcoming());
    peerSlice = pool instanceof OpenPeer peer ? clients(peer) : null;
    state.sliceNears();
    state.sliceStarts();
  }

  private PeerSlice clients(OpenPeer peer) {
    int count = state.spec().planned().cell().workers();
    long nanos = state.upcomingNanos();
    return new PeerSlice(() -> peer.driver().clients(count, nanos));
  }

  @TearDown(Level.Iteration)
  public void stopSlice() throws Exception {
    SliceEnd end = state.sliceStops();
    PeerSlice slice = peerSlice;
    if (slice != null && pool instanceof OpenPeer peer) {
      Ran ran = slice.ran();
      String latency = LatencyHistogram.of(ran.latencyNanos());
      state.observe(slice.end(end), ran.tasks(), ran.tasks(), peer.countWrong(), latency);
      return;
    }
    long operations = clients.stream().mapToLong(client -> client.called).sum();
    int wrong = clients.stream().mapToInt(client -> client.check.countWrong()).sum();
    state.observe(end, operations, wrong);
  }

  @TearDown(Level.Trial)
  public void close() throws Exception {
    state.close();
  }

  @Benchmark
  @BenchmarkMode(Mode.SampleTime)
  @OutputTimeUnit(TimeUnit.NANOSECONDS)
  public byte[] roundTrip(Client client) throws Exception {
    return client.call();
  }

  /// One client: what it sent, and what it still has to check.
  @State(Scope.Thread)
  public static class Client {

    private OpenModel pool;
    private Messages messages;
    private ReplyCheck check;
    private long task;
    private long called;
    private @Nullable PeerSlice peerSlice;

    /// For the harness.
    public Client() {}

    private Client(LatencyBenchmark shared) {
      messages = shared.state.messages();
      check = new ReplyCheck(messages);
      start(shared);
    }

    @Setup(Level.Trial)
    public void prepare(LatencyBenchmark shared) {
      messages = shared.state.messages();
      check = new ReplyCheck(messages);
      shared.clients.add(this);
    }

    @Setup(Level.Iteration)
    public void start(LatencyBenchmark shared) {
      pool = shared.pool;
      peerSlice = shared.peerSlice;
      called = 0;
    }

    private byte @Nullable [] callUntil(long endNanos) throws Exception {
      byte[] reply;
      do {
        reply = call();
      } while (System.nanoTime() < endNanos);
      return reply;
    }

    byte[] call() throws Exception {
      PeerSlice slice = peerSlice;
      if (slice != null) {
        return slice.await();
      }
      called++;
      byte[] reply = pool.submit(messages.message(task)).get();
      check.keep(task++, reply);
      return reply;
    }
  }
}
