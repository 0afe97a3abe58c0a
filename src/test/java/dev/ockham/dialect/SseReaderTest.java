package dev.ockham.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SseReaderTest {

  @Test
  void lines_end_with_lf_cr_or_crlf() {
    assertThat(read("data: a\n\ndata: b\r\rdata: c\r\n\r\n")).containsExactly("|a", "|b", "|c");
  }

  @Test
  void several_data_lines_are_joined_and_one_space_is_dropped() {
    assertThat(read("data:a\ndata:  b\ndata\ndata: \n\n")).containsExactly("|a\n b\n\n");
  }

  @Test
  void comments_ids_and_unknown_fields_are_passed_over() {
    assertThat(read(": hello\nid: 7\nretry: 1\nfoo: x\nevent: e\ndata: a\n\n: only a comment\n\n"))
        .containsExactly("e|a");
  }

  @Test
  void a_mark_at_the_start_is_passed_over() {
    assertThat(read("\uFEFFdata: a\n\ndata: \uFEFFb\n\n")).containsExactly("|a", "|\uFEFFb");
  }

  @Test
  void a_field_name_must_match_whole() {
    assertThat(read("dataset: a\ndat: b\n data: c\ndata: d\n\n")).containsExactly("|d");
  }

  @Test
  void an_unfinished_event_is_not_told() {
    assertThat(read("data: a\n\ndata: b\n")).containsExactly("|a");
  }

  @Test
  void however_the_bytes_are_cut_the_events_are_the_same() {
    String stream =
        String.join(
            "",
            "\uFEFFevent: x\r\ndata: Grüße 😀\r\n\r\n: c\r\r",
            "data: {\"a\":\r\ndata: 1}\n\n\n\n",
            "data:\u2028\r\n\r\nevent:y\rdata: \r\n\r\ndata: end\n\n");
    List<String> expected = read(stream);
    assertThat(expected).hasSize(5);
    var random = new Random(7);

    assertThat(read(Chunks.bytewise(stream))).isEqualTo(expected);
    for (int i = 0; i < 2000; i++) {
      assertThat(read(Chunks.random(stream, random))).isEqualTo(expected);
    }
  }

  @Test
  void the_blocks_together_are_the_bytes_that_came() {
    String stream = ": c\r\n\r\ndata: a\r\rdata: b\n\n\n\ndata: c\r\n\r\n";
    var random = new Random(8);
    for (int i = 0; i < 500; i++) {
      var reader = new SseReader();
      var all = new Bytes();
      for (byte[] chunk : Chunks.random(stream, random)) {
        reader.feed(chunk);
        while (reader.next()) {
          all.write(reader.buffer(), reader.blockFrom(), reader.blockTo() - reader.blockFrom());
        }
      }

      String passed = new String(all.take(), UTF_8);
      // The LF of a CRLF that comes in the next chunk belongs to the block that would follow.
      assertThat(stream).isIn(passed, passed + "\n");
    }
  }

  @Test
  void an_event_without_end_is_noticed() {
    var reader = new SseReader(100);
    reader.feed("data: ".getBytes(UTF_8));
    for (int i = 0; i < 94; i++) {
      reader.feed(new byte[] {'x'});
      assertThat(reader.next()).isFalse();
    }
    assertThat(reader.tooLarge()).isFalse();

    reader.feed(new byte[] {'x'});

    assertThat(reader.tooLarge()).isTrue();
  }

  private static List<String> read(String stream) {
    return read(Chunks.whole(stream));
  }

  private static List<String> read(List<byte[]> chunks) {
    var reader = new SseReader();
    var events = new ArrayList<String>();
    for (byte[] chunk : chunks) {
      reader.feed(chunk);
      while (reader.next()) {
        if (reader.hasData()) {
          String data =
              new String(
                  reader.data(), reader.dataFrom(), reader.dataTo() - reader.dataFrom(), UTF_8);
          events.add(reader.event() + "|" + data);
        }
      }
    }
    return events;
  }

  @Test
  @Timeout(10)
  void many_short_lines_of_one_event_are_joined_in_one_go() {
    int lines = 1_000_000;
    byte[] event = ("data:x\n".repeat(lines) + "\n").getBytes(StandardCharsets.US_ASCII);
    var reader = new SseReader();
    reader.feed(event);

    assertThat(reader.next()).isTrue();
    assertThat(reader.dataTo() - reader.dataFrom()).isEqualTo(2 * lines - 1);
  }
}
