package dev.ockham.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Something that answers chat requests on a port of this machine, started by the bench and ended
 * with it.
 *
 * @param key the client key it wants
 * @param ready from the start of the process to its first good answer
 */
record Target(String name, int port, String key, Process process, Duration ready) {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  /** How a target is started. */
  record Recipe(
      String name, int port, String key, List<String> command, Map<String, String> environment) {

    /** Starts the process and waits until a chat request is answered with 200. */
    Target start(Path logs) {
      try {
        Path log = logs.resolve(name + ".log");
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        long start = System.nanoTime();
        Process process = builder.start();
        while (!answers(port, key)) {
          boolean late = System.nanoTime() - start > START_LIMIT.toNanos();
          if (late || !process.isAlive()) {
            end(process);
            throw new IllegalStateException(
                name + " did not get ready; its output:\n" + tail(Files.readString(log)));
          }
          Thread.sleep(5);
        }
        return new Target(name, port, key, process, Duration.ofNanos(System.nanoTime() - start));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while starting " + name, e);
      }
    }

    private static String tail(String text) {
      return text.substring(Math.max(0, text.length() - 2000));
    }
  }

  ProcessTree tree() {
    return new ProcessTree(process);
  }

  /** Ends this process and its children, nothing else. */
  void stop() {
    end(process);
  }

  static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void end(Process process) {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    children.forEach(ProcessHandle::destroy);
  }

  private static boolean answers(int port, String key) {
    var request = RequestTemplate.chat(port, key, 1024, false);
    ByteBuffer bytes = ByteBuffer.allocate(request.size());
    request.fill(bytes, 0);
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", port), 1000);
      socket.setSoTimeout(5000);
      socket.getOutputStream().write(bytes.array());
      var reader = new ReplyReader();
      byte[] in = new byte[4096];
      int count = socket.getInputStream().read(in);
      while (count > 0) {
        if (reader.read(ByteBuffer.wrap(in, 0, count))) {
          return reader.status() == 200;
        }
        count = socket.getInputStream().read(in);
      }
      return false;
    } catch (IOException e) {
      return false;
    }
  }
}
