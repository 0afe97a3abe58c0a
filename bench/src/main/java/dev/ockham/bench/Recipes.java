package dev.ockham.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** How each process of a run is started. */
final class Recipes {
  private final Path work;
  private final int upstream;

  Recipes(Path work, int upstream) {
    this.work = work;
    this.upstream = upstream;
  }

  /** The mock itself, called without a proxy. */
  Target.Recipe direct() {
    return recipe(Results.DIRECT, upstream, java("MockUpstream", "" + upstream));
  }

  Target.Recipe bare() {
    int port = Target.freePort();
    return recipe("vertx", port, java("BareProxy", "" + port, "" + upstream));
  }

  /**
   * A worker per core, connections to the upstream kept, no access log: its cheapest honest form.
   */
  Target.Recipe nginx() throws IOException {
    int port = Target.freePort();
    Path home = Files.createDirectories(work.resolve("nginx"));
    Path config = home.resolve("nginx.conf");
    Files.writeString(
        config,
        """
        %s
        worker_processes auto;
        daemon off;
        pid nginx.pid;
        error_log stderr error;
        events { worker_connections 2048; }
        http {
          access_log off;
          keepalive_requests 100000000;
          client_max_body_size 32m;
          client_body_buffer_size 2m;
          client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;
          uwsgi_temp_path uwsgi; scgi_temp_path scgi;
          upstream mock { server 127.0.0.1:%d; keepalive 256; keepalive_requests 100000000; }
          server {
            listen 127.0.0.1:%d;
            location / { proxy_pass http://mock; proxy_http_version 1.1; proxy_set_header Connection ""; }
          }
        }
        """
            .formatted(
                System.getProperty("user.name").equals("root") ? "user root;" : "",
                upstream,
                port));
    return recipe(
        Results.FLOOR,
        port,
        List.of("nginx", "-p", home + "/", "-c", config.toString(), "-e", "stderr"));
  }

  private static Target.Recipe recipe(String name, int port, List<String> command) {
    return new Target.Recipe(name, port, "bench", command, Map.of());
  }

  private static List<String> java(String main, String... arguments) {
    var command =
        new java.util.ArrayList<>(
            List.of(
                System.getProperty("java.home") + "/bin/java",
                "-Xms256m",
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.ockham.bench." + main));
    command.addAll(List.of(arguments));
    return command;
  }
}
