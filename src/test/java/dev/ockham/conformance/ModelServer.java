package dev.ockham.conformance;

import dev.ockham.testing.Received;
import dev.ockham.testing.Reply;
import dev.ockham.testing.ScriptedUpstream;
import dev.ockham.testing.Step;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/** A provider on loopback that speaks one dialect and answers by script. */
final class ModelServer implements AutoCloseable {
  /** How the bytes of a stream come: TCP knows no events. */
  enum Chunking {
    EVENT_BY_EVENT,
    ODD_CUTS,
    ALL_AT_ONCE
  }

  private static final int ODD = 37;

  private final UpstreamSpeaker speaker;
  private final ScriptedUpstream http;
  private final Deque<Answer> answers = new ArrayDeque<>();
  private final List<Asked> asked = new ArrayList<>();
  private final List<AssertionError> unfit = new ArrayList<>();
  private Chunking chunking = Chunking.EVENT_BY_EVENT;

  ModelServer(UpstreamSpeaker speaker) {
    this.speaker = speaker;
    this.http = ScriptedUpstream.start(this::reply);
  }

  UpstreamSpeaker speaker() {
    return speaker;
  }

  String baseUrl() {
    return http.url() + speaker.basePath();
  }

  /** Forgets what was and answers with these from now on, in order. */
  synchronized void script(Chunking cuts, Answer... next) {
    answers.clear();
    asked.clear();
    unfit.clear();
    chunking = cuts;
    answers.addAll(List.of(next));
  }

  /** What has been asked since the script; fails if any of it was against the dialect. */
  synchronized List<Asked> asked() {
    for (AssertionError error : unfit) {
      throw new AssertionError(
          "the " + speaker.dialect().wireName() + " provider refuses: " + error.getMessage(),
          error);
    }
    return List.copyOf(asked);
  }

  /** Requests that came at all. */
  synchronized int requests() {
    return asked.size() + unfit.size();
  }

  @Override
  public void close() {
    http.close();
  }

  private synchronized Reply reply(Received request) {
    Asked read;
    try {
      read = speaker.read(request);
      if (answers.isEmpty()) {
        throw new AssertionError("asked more often than the script says");
      }
    } catch (AssertionError | RuntimeException refused) {
      AssertionError error =
          refused instanceof AssertionError e ? e : new AssertionError(refused.toString(), refused);
      unfit.add(error);
      String text = String.valueOf(error.getMessage());
      return refusal(
          new Answer.Refused(
              new Problem(400, Problem.Kind.INVALID, "provider: " + text), List.of()));
    }
    asked.add(read);
    boolean usage = !request.text().contains("\"messages\"") || wantsUsage(request);
    return switch (answers.removeFirst()) {
      case Answer.Refused refused -> refusal(refused);
      case Answer.Spoken spoken when read.stream() ->
          Reply.streamOf(speaker.streamType(), cut(speaker.stream(spoken, read.model(), usage)));
      case Answer.Spoken spoken ->
          Reply.bytes(200, "application/json", speaker.whole(spoken, read.model()));
      case Answer.Cut(Answer.Spoken spoken) -> {
        List<byte[]> events = speaker.stream(spoken, read.model(), usage);
        var whole =
            Reply.streamOf(speaker.streamType(), events.subList(0, (events.size() + 1) / 2));
        yield whole.cutAfter(whole.length() - "0\r\n\r\n".length(), new Step.Close());
      }
    };
  }

  private static boolean wantsUsage(Received request) {
    return Json.object(request.body())
        .path("stream_options")
        .path("include_usage")
        .asBoolean(false);
  }

  private Reply refusal(Answer.Refused refused) {
    var headers = new ArrayList<>(refused.headerLines());
    headers.addAll(speaker.problemHeaders(refused.problem()));
    return Reply.bytes(
        refused.problem().status(),
        "application/json",
        speaker.problem(refused.problem()),
        headers.toArray(String[]::new));
  }

  private List<byte[]> cut(List<byte[]> events) {
    if (chunking == Chunking.EVENT_BY_EVENT) {
      return events;
    }
    var all = new ByteArrayOutputStream();
    events.forEach(all::writeBytes);
    byte[] bytes = all.toByteArray();
    if (chunking == Chunking.ALL_AT_ONCE) {
      return List.of(bytes);
    }
    var pieces = new ArrayList<byte[]>();
    for (int from = 0; from < bytes.length; from += ODD) {
      pieces.add(Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + ODD)));
    }
    return pieces;
  }
}
