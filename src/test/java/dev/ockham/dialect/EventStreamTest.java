package dev.ockham.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class EventStreamTest {
  private static final int TIMES = 5000;

  /** Header types: true, false, byte, short, int, long, bytes, string, timestamp, uuid. */
  private static final String EVERY_TYPE =
      "0161 00 0162 01 0163 02 7f 0164 03 0102 0165 04 01020304 0166 05 0102030405060708"
          + " 0167 06 0003 000102 0168 07 0002 6869 0169 08 0102030405060708"
          + " 016a 09 000102030405060708090a0b0c0d0e0f";

  @Test
  void the_empty_message_of_the_specification_is_read() {
    byte[] message = HexFormat.of().parseHex("000000100000000005c248eb7d98c8ff");

    assertThat(read(List.of(message))).containsExactly("= -");
  }

  @Test
  void an_event_is_named_by_its_header_and_has_its_payload_as_data() {
    byte[] message = message(header(":event-type", "messageStart"), "{\"role\":\"assistant\"}");

    assertThat(read(List.of(message))).containsExactly("messageStart={\"role\":\"assistant\"}");
  }

  @Test
  void headers_of_every_type_are_passed_over() {
    byte[] others = HexFormat.of().parseHex(EVERY_TYPE.replace(" ", ""));
    byte[] headers = joined(others, header(":event-type", "metadata"), others);

    assertThat(read(List.of(message(headers, "{}")))).containsExactly("metadata={}");
  }

  @Test
  void an_exception_is_named_by_its_type() {
    byte[] headers =
        joined(
            header(":exception-type", "throttlingException"),
            header(":content-type", "application/json"),
            header(":message-type", "exception"));

    assertThat(read(List.of(message(headers, "{\"message\":\"slow\"}"), message(headers, ""))))
        .containsExactly("throttlingException={\"message\":\"slow\"}", "throttlingException={}");
  }

  @Test
  void an_error_without_payload_becomes_an_exception_with_its_text() {
    byte[] headers =
        joined(
            header(":message-type", "error"),
            header(":error-code", "InternalFailure"),
            header(":error-message", "it \"broke\""));

    assertThat(read(List.of(message(headers, ""))))
        .containsExactly("InternalFailureException={\"message\":\"it \\\"broke\\\"\"}");
  }

  @Test
  void what_is_written_reads_back() {
    var out = new Bytes();
    EventStreamWriter.event("contentBlockDelta", out, json -> json.text("text", "Grüße 😀"));
    EventStreamWriter.exception("validationException", out, json -> json.text("message", "no"));

    assertThat(read(List.of(out.take())))
        .containsExactly(
            "contentBlockDelta={\"text\":\"Grüße 😀\"}",
            "validationException={\"message\":\"no\"}");
  }

  @Test
  void however_a_stream_is_cut_the_events_are_the_same() {
    byte[] stream = stream();
    List<String> expected = read(List.of(stream));
    var random = new Random(21);

    assertThat(expected).hasSize(40);
    for (int i = 0; i < TIMES; i++) {
      int most = 1 + random.nextInt(i % 2 == 0 ? 12 : 900);
      assertThat(read(Chunks.cut(stream, 1, most, random))).isEqualTo(expected);
    }
  }

  @Test
  void the_blocks_of_a_chunk_are_its_bytes() {
    byte[] stream = stream();
    var random = new Random(22);
    for (int i = 0; i < 200; i++) {
      var reader = new EventStreamReader();
      var passed = new ByteArrayOutputStream();
      for (byte[] chunk : Chunks.cut(stream, 1, 1 + random.nextInt(500), random)) {
        reader.feed(chunk);
        while (reader.next()) {
          passed.write(reader.buffer(), reader.blockFrom(), reader.blockTo() - reader.blockFrom());
        }
      }
      assertThat(passed.toByteArray()).isEqualTo(stream);
    }
  }

  @Test
  void any_damaged_byte_is_noticed_before_its_event_is_given() {
    byte[] stream = stream();
    List<String> expected = read(List.of(stream));
    var random = new Random(23);
    for (int i = 0; i < TIMES; i++) {
      byte[] damaged = stream.clone();
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      var events = new ArrayList<String>();
      var reader = new EventStreamReader();

      assertThatThrownBy(() -> read(reader, Chunks.cut(damaged, 1, 700, random), events))
          .isInstanceOf(Rejected.class)
          .hasMessageContaining("damaged");
      assertThat(expected.subList(0, events.size())).isEqualTo(events);
    }
  }

  @Test
  void headers_that_run_out_of_their_room_are_refused() {
    for (String headers :
        List.of(
            "", "ff61", "0161", "016107", "0161070005616263", "01610a", "016105010203", "00ff")) {
      byte[] message = message(HexFormat.of().parseHex(headers), "{\"a\":1,\"b\":2}");

      if (headers.isEmpty()) {
        assertThat(read(List.of(message))).hasSize(1);
      } else {
        assertThatThrownBy(() -> read(List.of(message))).isInstanceOf(Rejected.class);
      }
    }
  }

  @Test
  void lengths_that_cannot_be_are_refused_though_their_checksum_holds() {
    for (String lengths :
        List.of("0000000f00000000", "0000001000000001", "ffffffff00000000", "00100000ffffffff")) {
      byte[] prelude = checked(HexFormat.of().parseHex(lengths));

      assertThatThrownBy(() -> read(List.of(prelude))).isInstanceOf(Rejected.class);
    }
  }

  @Test
  void a_message_that_says_it_is_too_large_is_known_before_it_has_come() {
    var reader = new EventStreamReader(1000);
    reader.feed(checked(HexFormat.of().parseHex("000003e800000000")));
    assertThat(reader.next()).isFalse();
    assertThat(reader.tooLarge()).isFalse();

    var other = new EventStreamReader(1000);
    other.feed(checked(HexFormat.of().parseHex("000003e900000000")));
    assertThat(other.next()).isFalse();
    assertThat(other.tooLarge()).isTrue();
  }

  private static byte[] stream() {
    var random = new Random(20);
    var messages = new ArrayList<byte[]>();
    for (int i = 0; i < 40; i++) {
      String text = "x".repeat(random.nextInt(i % 10 == 0 ? 3000 : 60));
      messages.add(message(header(":event-type", "e" + i), "{\"text\":\"" + text + "\"}"));
    }
    return joined(messages.toArray(new byte[0][]));
  }

  private static List<String> read(List<byte[]> chunks) {
    var events = new ArrayList<String>();
    read(new EventStreamReader(), chunks, events);
    return events;
  }

  private static void read(FrameReader reader, List<byte[]> chunks, List<String> events) {
    for (byte[] chunk : chunks) {
      reader.feed(chunk);
      while (reader.next()) {
        events.add(
            reader.event()
                + "="
                + (reader.hasData()
                    ? new String(
                        reader.data(),
                        reader.dataFrom(),
                        reader.dataTo() - reader.dataFrom(),
                        UTF_8)
                    : " -"));
      }
    }
  }

  /** A message as the specification lays it out. */
  static byte[] message(byte[] headers, String payload) {
    return message(headers, payload.getBytes(UTF_8));
  }

  static byte[] message(byte[] headers, byte[] data) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      out.writeInt(16 + headers.length + data.length);
      out.writeInt(headers.length);
      byte[] prelude = checked(bytes.toByteArray());
      bytes.reset();
      out.write(prelude);
      out.write(headers);
      out.write(data);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return checked(bytes.toByteArray());
  }

  static byte[] header(String name, String value) {
    byte[] text = value.getBytes(UTF_8);
    return joined(
        new byte[] {(byte) name.length()},
        name.getBytes(UTF_8),
        new byte[] {7, (byte) (text.length >> 8), (byte) text.length},
        text);
  }

  private static byte[] checked(byte[] bytes) {
    var crc = new CRC32();
    crc.update(bytes);
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 4);
    for (int i = 0; i < 4; i++) {
      longer[bytes.length + i] = (byte) (crc.getValue() >>> (24 - 8 * i));
    }
    return longer;
  }

  private static byte[] joined(byte[]... pieces) {
    var all = new ByteArrayOutputStream();
    for (byte[] piece : pieces) {
      all.writeBytes(piece);
    }
    return all.toByteArray();
  }
}
