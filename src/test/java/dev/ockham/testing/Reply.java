package dev.ockham.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** What an upstream does for one request, byte by byte. */
public record Reply(List<Step> steps) {
  public Reply {
    steps = List.copyOf(steps);
  }

  /** A whole JSON reply with its length. */
  public static Reply json(int status, String body, String... headerLines) {
    return whole(status, "application/json", body, headerLines);
  }

  /** A whole reply of any type. */
  public static Reply whole(int status, String type, String body, String... headerLines) {
    return sent(head(status, type, headerLines), latin1(body));
  }

  private static Reply sent(String head, String latin1) {
    return new Reply(
        List.of(new Step.Send(head + "content-length: " + latin1.length() + "\r\n\r\n" + latin1)));
  }

  /** A whole reply of bytes. */
  public static Reply bytes(int status, String type, byte[] body, String... headerLines) {
    return sent(head(status, type, headerLines), new String(body, ISO_8859_1));
  }

  /** A chunked stream of any type, each piece a chunk of its own; ends in order. */
  public static Reply streamOf(String type, List<byte[]> pieces, String... headerLines) {
    String head = head(200, type, headerLines) + "transfer-encoding: chunked\r\n\r\n";
    List<String> texts = pieces.stream().map(piece -> new String(piece, ISO_8859_1)).toList();
    return new Reply(List.of(new Step.Send(head))).latin1Chunks(texts).endChunks();
  }

  /** A chunked event stream, each text a chunk of its own; ends in order. */
  public static Reply stream(List<String> events, String... headerLines) {
    return streamHead(headerLines).chunks(events).endChunks();
  }

  /** The head of a chunked event stream; more steps follow. */
  public static Reply streamHead(String... headerLines) {
    String head =
        head(200, "text/event-stream", headerLines) + "transfer-encoding: chunked\r\n\r\n";
    return new Reply(List.of(new Step.Send(head)));
  }

  public Reply chunks(List<String> events) {
    return latin1Chunks(events.stream().map(Reply::latin1).toList());
  }

  private Reply latin1Chunks(List<String> pieces) {
    var longer = new ArrayList<>(steps);
    for (String piece : pieces) {
      longer.add(new Step.Send(Integer.toHexString(piece.length()) + "\r\n" + piece + "\r\n"));
    }
    return new Reply(longer);
  }

  public Reply endChunks() {
    return then(new Step.Send("0\r\n\r\n"));
  }

  public Reply await(CountDownLatch gate) {
    return then(new Step.Await(gate));
  }

  public Reply stall() {
    return then(new Step.UntilHungUp());
  }

  public Reply then(Step step) {
    var longer = new ArrayList<>(steps);
    longer.add(step);
    return new Reply(longer);
  }

  /** Only the first {@code bytes} of what this reply sends, then {@code last}. */
  public Reply cutAfter(int bytes, Step last) {
    var shorter = new ArrayList<Step>();
    int left = bytes;
    for (Step step : steps) {
      if (step instanceof Step.Send(String text) && text.length() >= left) {
        shorter.add(new Step.Send(text.substring(0, left)));
        break;
      }
      left -= step instanceof Step.Send(String text) ? text.length() : 0;
      shorter.add(step);
    }
    shorter.add(last);
    return new Reply(shorter);
  }

  /** How many bytes this reply sends in all. */
  public int length() {
    int sum = 0;
    for (Step step : steps) {
      sum += step instanceof Step.Send(String text) ? text.length() : 0;
    }
    return sum;
  }

  private static String head(int status, String type, String... headerLines) {
    var head = new StringBuilder("HTTP/1.1 " + status + " Scripted\r\ncontent-type: " + type);
    for (String line : headerLines) {
      head.append("\r\n").append(line);
    }
    return head.append("\r\n").toString();
  }

  private static String latin1(String text) {
    return new String(text.getBytes(UTF_8), ISO_8859_1);
  }
}
