package dev.ockham.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * The load generator: one thread that reads and, in closed loop, sends; in open loop a second one
 * sends at fixed times. A late send counts from the time it was due, so a stall of the target is
 * seen by every request it held up, not by one (no coordinated omission).
 */
final class Load implements AutoCloseable {
  private static final long SPIN_NANOS = 60_000;
  private static final Duration LAST_REPLY = Duration.ofSeconds(20);

  private final Scenario scenario;
  private final RequestTemplate template;
  private final AtomicLong numbers;
  private final Selector selector;
  private final List<Connection> connections = new ArrayList<>();
  private final BlockingQueue<Connection> idle;
  private final Histogram latency = new Histogram(TimeUnit.MINUTES.toNanos(1), 3);
  private final Histogram firstEvent = new Histogram(TimeUnit.MINUTES.toNanos(1), 3);
  private final AtomicLong sent = new AtomicLong();
  private long done;
  private long lost;
  private long failures;
  private long events;

  private Load(Scenario scenario, RequestTemplate template, AtomicLong numbers, int port) {
    this.scenario = scenario;
    this.template = template;
    this.numbers = numbers;
    this.idle = new ArrayBlockingQueue<>(scenario.connections());
    try {
      this.selector = Selector.open();
      for (int i = 0; i < scenario.connections(); i++) {
        var connection = new Connection(port);
        connections.add(connection);
        idle.add(connection);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs one window of load against a port of this machine and waits for the last reply. */
  static LoadResult run(Scenario scenario, int port, String key, AtomicLong numbers) {
    var template = RequestTemplate.chat(port, key, scenario);
    try (var load = new Load(scenario, template, numbers, port)) {
      return load.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private LoadResult run() throws IOException {
    long start = System.nanoTime();
    long end = start + scenario.window().toNanos();
    if (scenario.rate() > 0) {
      runOpen(start, end);
    } else {
      runClosed(start, end);
    }
    var took = Duration.ofNanos(System.nanoTime() - start);
    return new LoadResult(done, failures, events, took, latency, firstEvent);
  }

  private void runClosed(long start, long end) throws IOException {
    idle.clear();
    for (Connection connection : connections) {
      sent.incrementAndGet();
      connection.send(start);
    }
    long deadline = end + LAST_REPLY.toNanos();
    while (done + lost < sent.get() && System.nanoTime() < deadline) {
      selector.select(key -> ready((Connection) key.attachment(), end), 100);
    }
    failures += sent.get() - done;
  }

  private void runOpen(long start, long end) throws IOException {
    var pacer = Thread.ofPlatform().name("pacer").start(() -> pace(start, end));
    long deadline = end + LAST_REPLY.toNanos();
    while ((pacer.isAlive() || done + lost < sent.get()) && System.nanoTime() < deadline) {
      selector.select(key -> ready((Connection) key.attachment(), Long.MIN_VALUE), 10);
    }
    failures += sent.get() - done;
  }

  private void pace(long start, long end) {
    long interval = TimeUnit.SECONDS.toNanos(1) / scenario.rate();
    try {
      for (long due = start + interval; due < end; due += interval) {
        waitUntil(due);
        Connection connection = idle.poll(LAST_REPLY.toSeconds(), TimeUnit.SECONDS);
        if (connection == null) {
          return;
        }
        sent.incrementAndGet();
        connection.send(due);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void waitUntil(long due) {
    long left = due - System.nanoTime();
    while (left > 0) {
      if (left > SPIN_NANOS) {
        LockSupport.parkNanos(left - SPIN_NANOS);
      } else {
        Thread.onSpinWait();
      }
      left = due - System.nanoTime();
    }
  }

  private void ready(Connection connection, long sendUntil) {
    try {
      if (connection.key.isWritable()) {
        connection.flush();
      }
      if (connection.key.isReadable() && connection.receive()) {
        long now = System.nanoTime();
        latency.recordValue(now - connection.startedAt);
        done++;
        events += connection.reader.events();
        if (connection.reader.status() != 200) {
          failures++;
        }
        connection.reader.reset();
        if (scenario.rate() > 0) {
          idle.add(connection);
        } else if (now < sendUntil) {
          sent.incrementAndGet();
          connection.send(now);
        }
      }
    } catch (IOException e) {
      connection.key.cancel();
      lost++;
    }
  }

  @Override
  public void close() throws IOException {
    for (Connection connection : connections) {
      connection.channel.close();
    }
    selector.close();
  }

  private final class Connection {
    private final SocketChannel channel;
    private final SelectionKey key;
    private final ReplyReader reader = new ReplyReader();
    private final ByteBuffer out = ByteBuffer.allocateDirect(template.size());
    private final ByteBuffer in = ByteBuffer.allocateDirect(16 * 1024);
    private volatile long startedAt;
    private boolean sawEvent;

    Connection(int port) throws IOException {
      channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.configureBlocking(false);
      key = channel.register(selector, SelectionKey.OP_READ, this);
    }

    void send(long startedAt) throws IOException {
      this.startedAt = startedAt;
      sawEvent = false;
      template.fill(out, numbers.incrementAndGet());
      flush();
    }

    void flush() throws IOException {
      channel.write(out);
      if (out.hasRemaining()) {
        key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
        selector.wakeup();
      } else if (key.interestOps() != SelectionKey.OP_READ) {
        key.interestOps(SelectionKey.OP_READ);
      }
    }

    /** Reads what is there; true when the reply is complete. */
    boolean receive() throws IOException {
      while (true) {
        in.clear();
        int count = channel.read(in);
        if (count < 0) {
          throw new IOException("connection closed by the target");
        }
        if (count == 0) {
          return false;
        }
        in.flip();
        boolean complete = reader.read(in);
        if (scenario.stream() && !sawEvent && reader.events() > 0) {
          sawEvent = true;
          firstEvent.recordValue(System.nanoTime() - startedAt);
        }
        if (complete) {
          return true;
        }
      }
    }
  }
}
