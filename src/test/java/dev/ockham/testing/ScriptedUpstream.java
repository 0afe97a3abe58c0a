package dev.ockham.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/**
 * A provider on loopback: a plain HTTP/1.1 server on raw sockets that answers by script, can break
 * any byte, stall or cut, and keeps the exact bytes it received. One thread per connection.
 */
public final class ScriptedUpstream implements AutoCloseable {
  private static final int BACKLOG = 1024;

  private final ServerSocket listener;
  private final Script script;
  private final String scheme;
  private final Object lock = new Object();
  private final List<Received> received = new ArrayList<>();
  private final List<Socket> open = new ArrayList<>();
  private int connections;

  private ScriptedUpstream(ServerSocket listener, Script script, String scheme) {
    this.listener = listener;
    this.scheme = scheme;
    this.script = script;
  }

  /** Listens on a free port of loopback. */
  public static ScriptedUpstream start(Script script) {
    try {
      return start(new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress()), script, "http");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Listens with TLS on a free port of loopback, and speaks HTTP/1.1 alone. */
  public static ScriptedUpstream startTls(
      SSLContext context, boolean asksForCertificate, Script script) {
    try {
      var listener =
          (SSLServerSocket)
              context
                  .getServerSocketFactory()
                  .createServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
      listener.setNeedClientAuth(asksForCertificate);
      return start(listener, script, "https");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ScriptedUpstream start(ServerSocket listener, Script script, String scheme) {
    var upstream = new ScriptedUpstream(listener, script, scheme);
    Thread.ofVirtual().name("upstream-accept").start(upstream::accept);
    return upstream;
  }

  /** Scheme, host and port, without a path. */
  public String url() {
    return scheme + "://127.0.0.1:" + listener.getLocalPort();
  }

  /** Every request so far, in the order their bodies were complete. */
  public List<Received> received() {
    synchronized (lock) {
      return List.copyOf(received);
    }
  }

  public Received lastReceived() {
    return received().getLast();
  }

  /** Connections accepted since the start. */
  public int connections() {
    synchronized (lock) {
      return connections;
    }
  }

  /** Connections open now. */
  public int openConnections() {
    synchronized (lock) {
      return open.size();
    }
  }

  /** Waits until {@code count} requests have come; fails the test if they do not. */
  public void awaitRequests(int count, Duration deadline) {
    await(() -> received.size() >= count, deadline, "requests to come: " + count);
  }

  /** Waits until at most {@code count} connections are open; fails the test if they stay. */
  public void awaitOpenConnections(int count, Duration deadline) {
    await(() -> open.size() <= count, deadline, "open connections to fall to " + count);
  }

  @Override
  public void close() {
    synchronized (lock) {
      closeQuietly(listener);
      open.forEach(ScriptedUpstream::closeQuietly);
    }
  }

  private void await(BooleanSupplier condition, Duration deadline, String what) {
    long end = System.nanoTime() + deadline.toNanos();
    synchronized (lock) {
      while (!condition.getAsBoolean()) {
        long left = (end - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          throw new AssertionError("waited " + deadline + " for " + what);
        }
        try {
          lock.wait(left);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new AssertionError("interrupted while waiting for " + what, e);
        }
      }
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket connection = listener.accept();
        synchronized (lock) {
          connections++;
          open.add(connection);
        }
        Thread.ofVirtual().name("upstream").start(() -> serve(connection));
      }
    } catch (IOException closed) {
      // the test is over
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      connection.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(connection.getInputStream());
      boolean more = true;
      while (more) {
        String head = readHead(in);
        if (head.isEmpty()) {
          return;
        }
        more = play(script.reply(remember(head, in)), connection, in);
      }
    } catch (IOException gone) {
      // the peer went away, which some tests want
    } finally {
      synchronized (lock) {
        open.remove(connection);
        lock.notifyAll();
      }
    }
  }

  /** Says whether the connection stays. */
  private static boolean play(Reply reply, Socket connection, InputStream in) throws IOException {
    for (Step step : reply.steps()) {
      switch (step) {
        case Step.Send(String text) ->
            connection.getOutputStream().write(text.getBytes(ISO_8859_1));
        case Step.Await(var gate) -> {
          try {
            gate.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
          }
        }
        case Step.Repeat repeat -> {
          if (!repeat(repeat, connection, in)) {
            return false;
          }
        }
        case Step.UntilHungUp() -> {
          in.transferTo(java.io.OutputStream.nullOutputStream());
          return false;
        }
        case Step.Reset() -> {
          connection.setSoLinger(true, 0);
          return false;
        }
        case Step.Close() -> {
          return false;
        }
      }
    }
    return true;
  }

  /** Says whether the peer is still there. */
  private static boolean repeat(Step.Repeat step, Socket connection, InputStream in)
      throws IOException {
    byte[] bytes = step.latin1().getBytes(ISO_8859_1);
    for (int i = 0; i < step.times(); i++) {
      connection.getOutputStream().write(bytes);
      step.told().run();
      if (step.pause().isPositive() && !isThere(connection, in, step.pause())) {
        return false;
      }
    }
    return true;
  }

  /** Listens for so long, for a peer that goes away. */
  private static boolean isThere(Socket connection, InputStream in, Duration pause)
      throws IOException {
    connection.setSoTimeout((int) pause.toMillis());
    try {
      return in.read() != -1;
    } catch (SocketTimeoutException stillThere) {
      return true;
    } finally {
      connection.setSoTimeout(0);
    }
  }

  private Received remember(String head, InputStream in) throws IOException {
    Map<String, String> headers = new TreeMap<>();
    head.lines()
        .skip(1)
        .filter(line -> !line.isEmpty())
        .forEach(line -> {
          int colon = line.indexOf(':');
          headers.put(
              line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
        });
    byte[] body = readBody(headers, in);
    synchronized (lock) {
      var request = new Received(received.size() + 1, head, headers, body);
      received.add(request);
      lock.notifyAll();
      return request;
    }
  }

  private static byte[] readBody(Map<String, String> headers, InputStream in) throws IOException {
    if (!"chunked".equals(headers.get("transfer-encoding"))) {
      return in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
    }
    var body = new ByteArrayOutputStream();
    while (true) {
      int size = Integer.parseInt(readLine(in), 16);
      body.write(in.readNBytes(size));
      readLine(in);
      if (size == 0) {
        return body.toByteArray();
      }
    }
  }

  private static String readHead(InputStream in) throws IOException {
    var head = new StringBuilder();
    for (String line = readLine(in); !line.isEmpty(); line = readLine(in)) {
      head.append(line).append('\n');
    }
    return head.toString();
  }

  private static String readLine(InputStream in) throws IOException {
    var line = new ByteArrayOutputStream();
    for (int b = in.read(); b != -1 && b != '\n'; b = in.read()) {
      if (b != '\r') {
        line.write(b);
      }
    }
    return line.toString(ISO_8859_1);
  }

  private static void closeQuietly(java.io.Closeable closeable) {
    try {
      closeable.close();
    } catch (IOException e) {
      // nothing is left to close
    }
  }
}
