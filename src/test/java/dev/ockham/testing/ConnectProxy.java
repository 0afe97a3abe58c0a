package dev.ockham.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/**
 * A company's proxy on loopback. It passes every connection that is asked for with CONNECT, and
 * every request that names a whole address, on to one port, whatever host was named, as only it
 * knows the names.
 */
public final class ConnectProxy implements AutoCloseable {
  private final ServerSocket listener;
  private final int target;
  private final String wanted;
  private final List<String> asked = new ArrayList<>();
  private final List<Socket> open = new ArrayList<>();

  private ConnectProxy(ServerSocket listener, int target, String wanted) {
    this.listener = listener;
    this.target = target;
    this.wanted = wanted;
  }

  /**
   * Listens on a free port of loopback.
   *
   * @param target a port of this machine
   * @param authorization what {@code proxy-authorization} must say; empty for nothing
   */
  public static ConnectProxy start(int target, String authorization) {
    try {
      var listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
      var proxy = new ConnectProxy(listener, target, authorization);
      Thread.ofVirtual().name("proxy-accept").start(proxy::accept);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** The first line of every request, in order. */
  public synchronized List<String> asked() {
    return List.copyOf(asked);
  }

  @Override
  public synchronized void close() throws IOException {
    listener.close();
    for (Socket each : open) {
      each.close();
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        remember(client);
        Thread.ofVirtual().name("proxy").start(() -> serve(client));
      }
    } catch (IOException closed) {
      // the test is over
    }
  }

  private synchronized void remember(Socket socket) {
    open.add(socket);
  }

  private void serve(Socket client) {
    try (client) {
      String head = head(client.getInputStream());
      synchronized (this) {
        asked.add(head.lines().findFirst().orElse(""));
      }
      boolean known =
          head.lines().anyMatch(line -> line.equalsIgnoreCase("proxy-authorization: " + wanted));
      if (!wanted.isEmpty() && !known) {
        say(client, "HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n");
        return;
      }
      try (var server = new Socket(InetAddress.getLoopbackAddress(), target)) {
        remember(server);
        if (head.startsWith("CONNECT ")) {
          say(client, "HTTP/1.1 200 Connection established\r\n\r\n");
        } else {
          say(server, head.replaceFirst("(?im)^proxy-authorization:.*\r\n", ""));
        }
        Thread back = Thread.ofVirtual().start(() -> pipe(server, client));
        pipe(client, server);
        back.join();
      }
    } catch (IOException gone) {
      // one of them went away, which some tests want
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void say(Socket to, String text) throws IOException {
    to.getOutputStream().write(text.getBytes(ISO_8859_1));
  }

  private static void pipe(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException gone) {
      // the other direction ends by itself
    }
  }

  private static String head(InputStream in) throws IOException {
    var head = new ByteArrayOutputStream();
    while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
      int b = in.read();
      if (b < 0) {
        break;
      }
      head.write(b);
    }
    return head.toString(ISO_8859_1);
  }
}
