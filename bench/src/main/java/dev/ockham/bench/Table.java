package dev.ockham.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The results as Markdown: ratios first, then what they are made of. Median (least–greatest). */
final class Table {
  private static final List<Integer> RATES = List.of(100, 500, 1000, 2000);

  private final Results results;
  private final List<String> proxies;
  private final StringBuilder out = new StringBuilder();

  private Table(Results results, List<String> proxies) {
    this.results = results;
    this.proxies = proxies;
  }

  static String of(Results results, List<String> proxies) {
    var table = new Table(results, proxies);
    table.ratios();
    table.chat();
    table.latency();
    table.bodies();
    table.streams();
    table.dialects();
    table.processes();
    return table.out.toString();
  }

  private void ratios() {
    rows(
        "CPU, as a multiple of nginx",
        List.of("chat 1 KB", "10 KB", "100 KB", "1 MB", "per streamed event"),
        target ->
            List.of(
                results.ratio(target, "chat-1k", "cpu_us_per_request"),
                results.ratio(target, "chat-10k", "cpu_us_per_request"),
                results.ratio(target, "chat-100k", "cpu_us_per_request"),
                results.ratio(target, "chat-1m", "cpu_us_per_request"),
                results.ratio(target, "stream-5ms", "cpu_us_per_event")));
  }

  private void chat() {
    rows(
        "Chat, 1 KB, 32 connections, closed loop",
        List.of("CPU µs/request", "requests/s", "p50 µs", "p99 µs"),
        target ->
            List.of(
                results.figure(target, "chat-1k", "cpu_us_per_request"),
                results.figure(target, "chat-1k", "requests_per_second"),
                results.figure(target, "chat-1k", "latency_p50_us"),
                results.figure(target, "chat-1k", "latency_p99_us")));
  }

  private void latency() {
    for (String part : List.of("p50", "p99")) {
      rows(
          "Added latency, " + part + " in µs, 1 KB at fixed rates (open loop)",
          RATES.stream().map(rate -> rate + "/s").toList(),
          target ->
              RATES.stream()
                  .map(rate -> results.added(target, "open-" + rate, "latency_" + part + "_us"))
                  .toList());
    }
    rows(
        "CPU µs per request at fixed rates",
        RATES.stream().map(rate -> rate + "/s").toList(),
        target ->
            RATES.stream()
                .map(rate -> results.figure(target, "open-" + rate, "cpu_us_per_request"))
                .toList());
  }

  private void bodies() {
    rows(
        "Larger bodies, CPU µs per request",
        List.of("10 KB", "100 KB", "1 MB"),
        target ->
            List.of(
                results.figure(target, "chat-10k", "cpu_us_per_request"),
                results.figure(target, "chat-100k", "cpu_us_per_request"),
                results.figure(target, "chat-1m", "cpu_us_per_request")));
  }

  private void streams() {
    rows(
        "Streams of 64 events",
        List.of(
            "CPU µs/event, 5 ms apart",
            "CPU µs/event, at once",
            "added first event p50 µs",
            "added first event p99 µs"),
        target ->
            List.of(
                results.figure(target, "stream-5ms", "cpu_us_per_event"),
                results.figure(target, "stream-at-once", "cpu_us_per_event"),
                results.added(target, "stream-5ms", "first_event_p50_us"),
                results.added(target, "stream-5ms", "first_event_p99_us")));
  }

  private void dialects() {
    rows(
        "CPU per streamed event 5 ms apart, as a multiple of the bare Vert.x proxy",
        List.of("same dialect", "translated"),
        target ->
            List.of(
                results.ratio(target, "stream-5ms", "vertx", "stream-5ms", "cpu_us_per_event"),
                results.ratio(target, "translated-5ms", "vertx", "stream-5ms", "cpu_us_per_event")));
  }

  private void processes() {
    rows(
        "Process",
        List.of("ready ms", "resident MiB idle", "resident MiB after load"),
        target ->
            List.of(
                results.process(target, "ready_ms"),
                results.process(target, "resident_idle_mib"),
                results.process(target, "resident_after_mib")));
  }

  private void rows(
      String title, List<String> columns, Function<String, List<Optional<Spread>>> cells) {
    out.append("\n**").append(title).append("**\n\n| | ");
    out.append(String.join(" | ", columns)).append(" |\n|---|");
    out.append("---:|".repeat(columns.size())).append('\n');
    for (String target : proxies) {
      var row = new ArrayList<String>();
      row.add(target);
      cells.apply(target).forEach(cell -> row.add(cell.map(Spread::text).orElse("–")));
      out.append("| ").append(String.join(" | ", row)).append(" |\n");
    }
  }
}
