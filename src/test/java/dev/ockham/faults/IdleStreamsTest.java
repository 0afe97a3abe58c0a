package dev.ockham.faults;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.testing.ClassPath;
import dev.ockham.testing.OpenAiReplies;
import dev.ockham.testing.Received;
import dev.ockham.testing.Reply;
import dev.ockham.testing.ScriptedUpstream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a stream that waits costs in memory, in a gateway that does nothing else. */
final class IdleStreamsTest {
  private static final String CHAT = "/v1/chat/completions";
  private static final long IDLE_STREAM = 64 << 10;
  private static final int SMALL_BUFFER = 4096;

  @TempDir Path folder;
  private final CountDownLatch gate = new CountDownLatch(1);
  private final ScriptedUpstream upstream = ScriptedUpstream.start(this::reply);
  private final List<Socket> clients = new ArrayList<>();
  private Process gateway;
  private BufferedReader out;
  private int port;
  private String key;

  private Reply reply(Received request) {
    return Reply.streamHead()
        .chunks(OpenAiReplies.textEvents("One two", 11, 7).subList(0, 2))
        .await(gate);
  }

  @BeforeEach
  void start() throws IOException {
    gateway =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx1g",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                ClassPath.text(),
                MeasuredGatewayProcess.class.getName(),
                folder.toString(),
                upstream.url())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    out = new BufferedReader(new InputStreamReader(gateway.getInputStream(), ISO_8859_1));
    String[] said = out.readLine().split(" ", -1);
    port = Integer.parseInt(said[0]);
    key = said[1];
  }

  @AfterEach
  void stop() throws Exception {
    gate.countDown();
    for (Socket client : clients) {
      client.close();
    }
    gateway.destroyForcibly().waitFor();
    upstream.close();
  }

  @Test
  void three_hundred_idle_streams_stay_within_64_KiB_each() throws IOException {
    idle(300);
  }

  @Test
  @Tag("long")
  void nine_thousand_idle_streams_stay_within_64_KiB_each() throws IOException {
    idle(9_000);
  }

  private void idle(int count) throws IOException {
    open(100);
    long before = held();

    open(count);

    assertThat((held() - before) / count).as("bytes a stream").isLessThan(IDLE_STREAM);
  }

  private long held() throws IOException {
    gateway.getOutputStream().write('\n');
    gateway.getOutputStream().flush();
    return Long.parseLong(out.readLine());
  }

  /** Streams whose clients read the head and the first bytes, and then nothing. */
  private void open(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      var client = new Socket();
      clients.add(client);
      client.setReceiveBufferSize(SMALL_BUFFER);
      client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      post(client);
      InputStream in = client.getInputStream();
      assertThat(new String(in.readNBytes(12), ISO_8859_1)).isEqualTo("HTTP/1.1 200");
    }
  }

  private void post(Socket client) throws IOException {
    String body =
        "{\"model\":\"gpt\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
    String head =
        "POST %s HTTP/1.1\r\nhost: test\r\nauthorization: Bearer %s\r\ncontent-length: %d\r\n\r\n"
            .formatted(CHAT, key, body.length());
    client.getOutputStream().write((head + body).getBytes(UTF_8));
  }
}
