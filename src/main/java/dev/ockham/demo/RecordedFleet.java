package dev.ockham.demo;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Ten models on ten ports of loopback. Each has a credential of its own, as providers have, and
 * answers only to it.
 */
final class RecordedFleet {
  private final List<Member> members;

  /**
   * A model with where it is to be found.
   *
   * @param baseUrl what a client is configured with
   */
  record Member(FleetModel model, String baseUrl, String credential, FleetServer server) {}

  private RecordedFleet(List<Member> members) {
    this.members = List.copyOf(members);
  }

  /** Starts a server for every model; they stop with {@code vertx}. */
  static Future<RecordedFleet> start(
      Vertx vertx,
      List<FleetModel> models,
      List<Question> questions,
      Pace pace,
      RandomGenerator random) {
    Map<String, Question> byPrompt = new HashMap<>();
    for (Question question : questions) {
      byPrompt.putIfAbsent(question.prompt(), question);
    }
    List<Future<Member>> starting = new ArrayList<>();
    for (FleetModel model : models) {
      starting.add(start(vertx, model, byPrompt, pace, credential(random)));
    }
    return Future.all(starting)
        .map(all -> new RecordedFleet(starting.stream().map(Future::result).toList()));
  }

  List<Member> members() {
    return members;
  }

  /** Answers the whole fleet has given. */
  long served() {
    return members.stream().mapToLong(member -> member.server().served()).sum();
  }

  private static Future<Member> start(
      Vertx vertx, FleetModel model, Map<String, Question> byPrompt, Pace pace, String credential) {
    var server = new FleetServer(vertx, model, credential, byPrompt, pace);
    return server.listen().map(http -> member(model, credential, server, http));
  }

  private static Member member(
      FleetModel model, String credential, FleetServer server, HttpServer http) {
    String base = Voice.of(model.dialect()).basePath();
    return new Member(model, "http://127.0.0.1:" + http.actualPort() + base, credential, server);
  }

  private static String credential(RandomGenerator random) {
    byte[] secret = new byte[16];
    random.nextBytes(secret);
    return "demo-" + HexFormat.of().formatHex(secret);
  }
}
