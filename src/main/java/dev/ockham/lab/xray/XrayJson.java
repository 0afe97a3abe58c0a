package dev.ockham.lab.xray;

import dev.ockham.lab.xray.XrayReport.Line;
import java.math.BigDecimal;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A report as one JSON object; dollars are decimal strings, exact. */
public final class XrayJson {
  private static final JsonMapper JSON = new JsonMapper();

  private final int most;

  private XrayJson(int most) {
    this.most = most;
  }

  /**
   * @param most lines of every list; totals are of all
   */
  public static String of(XrayReport report, int most) {
    return JSON.writerWithDefaultPrettyPrinter()
        .writeValueAsString(new XrayJson(most).node(report));
  }

  private ObjectNode node(XrayReport report) {
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    report.from().ifPresent(at -> out.put("from", at.toString()));
    report.to().ifPresent(at -> out.put("to", at.toString()));
    line(out.putObject("total"), report.total());
    out.put("stated_usd", dollars(report.stated()));
    list(out.putArray("files"), report.files(), XrayJson::file);
    var by = report.by();
    list(out.putArray("by_source"), by.sources(), XrayJson::line);
    list(out.putArray("by_model"), by.models(), XrayJson::line);
    list(out.putArray("by_person"), by.people(), XrayJson::line);
    list(out.putArray("by_workload"), by.workloads(), XrayJson::line);
    list(out.putArray("by_run"), by.runs(), XrayJson::line);
    out.put("runs", by.runs().size());
    by.days().forEach(day -> line(out.withArray("by_day").addObject(), day));
    findings(report, out);
    return out;
  }

  private void findings(XrayReport report, ObjectNode out) {
    ObjectNode loops = out.putObject("loops");
    loops.put("count", report.loops().size()).put("usd", dollars(report.loopDollars()));
    list(loops.putArray("dearest"), report.loops(), XrayJson::loop);
    ObjectNode cache = out.putObject("cache_waste");
    cache.put("count", report.wastes().size()).put("usd", dollars(report.wasteDollars()));
    list(cache.putArray("dearest"), report.wastes(), XrayJson::waste);
    ObjectNode smaller = out.putObject("smaller_models");
    smaller.put("evidence", Evidence.SIZES.words());
    smaller.put("usd_at_least", dollars(report.smallerAtLeast()));
    smaller.put("usd_at_most", dollars(report.smallerAtMost()));
    list(smaller.putArray("by_model"), report.smaller(), XrayJson::saving);
    list(
        out.putArray("unpriced"),
        report.unpriced(),
        (node, model) ->
            node.put("model", model.model())
                .put("calls", model.calls())
                .put("input_tokens", model.inputTokens())
                .put("output_tokens", model.outputTokens()));
  }

  private <T> void list(ArrayNode out, List<T> items, Writer<T> write) {
    items.stream().limit(most).forEach(item -> write.write(out.addObject(), item));
  }

  private interface Writer<T> {
    void write(ObjectNode out, T item);
  }

  private static void file(ObjectNode out, LogFile.Found file) {
    out.put("file", String.valueOf(file.path().getFileName()));
    file.format().ifPresent(format -> out.put("format", format));
    out.put("lines", file.lines()).put("lines_not_understood", file.unread());
    file.trouble().ifPresent(trouble -> out.put("trouble", trouble));
  }

  private static void line(ObjectNode out, Line line) {
    out.put("name", line.name())
        .put("calls", line.calls())
        .put("input_tokens", line.inputTokens())
        .put("output_tokens", line.outputTokens())
        .put("usd", dollars(line.dollars()))
        .put("calls_unpriced", line.unpriced());
  }

  private static void loop(ObjectNode out, Loops.Loop loop) {
    out.put("run", loop.run())
        .put("person", loop.who())
        .put("model", loop.model())
        .put("steps", loop.steps())
        .put("repeated_calls", loop.calls())
        .put("usd", dollars(loop.dollars()))
        .put("evidence", Evidence.of(loop).words());
  }

  private static void waste(ObjectNode out, CacheWaste.Waste waste) {
    out.put("run", waste.run())
        .put("person", waste.who())
        .put("model", waste.model())
        .put("calls", waste.calls())
        .put("tokens_sent_again", waste.tokens())
        .put("tokens_written_never_read", waste.unread())
        .put("usd", dollars(waste.dollars()))
        .put("evidence", Evidence.of(waste).words());
  }

  private static void saving(ObjectNode out, SmallerModels.Saving saving) {
    out.put("model", saving.model())
        .put("smaller", saving.smaller())
        .put("tiny_calls", saving.tinyCalls())
        .put("modest_calls", saving.modestCalls())
        .put("usd_at_least", dollars(saving.atLeast()))
        .put("usd_at_most", dollars(saving.atMost()));
  }

  static String dollars(BigDecimal amount) {
    return amount.signum() == 0 ? "0" : amount.stripTrailingZeros().toPlainString();
  }
}
