package dev.ockham.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;

/** A client on a plain socket, which can send any bytes and hang up anywhere. */
public final class RawClient implements AutoCloseable {
  private static final int READ_DEADLINE_MILLIS = 10_000;

  private final Socket socket;

  public RawClient(int port) throws IOException {
    socket = new Socket(java.net.InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(READ_DEADLINE_MILLIS);
  }

  public RawClient send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(UTF_8));
    return this;
  }

  /** Sends a request line and headers, and the empty line after them. */
  public RawClient head(String... lines) throws IOException {
    return send(String.join("\r\n", lines) + "\r\n\r\n");
  }

  /** Sends a POST with a JSON body and a key. */
  public RawClient post(String path, String key, String body) throws IOException {
    int length = body.getBytes(UTF_8).length;
    return send(
        "POST %s HTTP/1.1\r\nhost: test\r\nauthorization: Bearer %s\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n%s"
            .formatted(path, key, length, body));
  }

  /** Reads until this many bytes have come or the server has closed. */
  public String read(int bytes) throws IOException {
    return new String(socket.getInputStream().readNBytes(bytes), ISO_8859_1);
  }

  /** Reads until the text has come or the server has closed; gives everything read. */
  public String readUntil(String text) throws IOException {
    var read = new ByteArrayOutputStream();
    InputStream in = socket.getInputStream();
    for (int b = in.read(); b != -1; b = in.read()) {
      read.write(b);
      if (b == text.charAt(text.length() - 1) && read.toString(ISO_8859_1).endsWith(text)) {
        break;
      }
    }
    return read.toString(ISO_8859_1);
  }

  /** Ends the connection in order. */
  @Override
  public void close() throws IOException {
    socket.close();
  }

  /** Breaks the connection. */
  public void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }
}
