package dev.ockham.serve;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Addresses that clients write in several ways. */
final class ClientPathTest {
  @ParameterizedTest
  @CsvSource({
    "/v1/messages/, /v1/messages",
    "/v1/v1/messages, /v1/messages",
    "/v1/v1beta/models/gpt:generateContent, /v1beta/models/gpt:generateContent",
    "/openai/v1/chat/completions, /v1/chat/completions",
    "/openai/deployments/gpt/chat/completions, /v1/chat/completions",
    "/openai/deployments/embed/embeddings, /v1/embeddings",
    "/v1/models/gpt:generateContent, /v1beta/models/gpt:generateContent",
    "/v1alpha/models/a/b:countTokens, /v1beta/models/a/b:countTokens",
    "/v1beta/models/gpt%3AstreamGenerateContent, /v1beta/models/gpt:streamGenerateContent",
    "/v1beta/models/gpt%3a8b%3agenerateContent, /v1beta/models/gpt%3a8b:generateContent",
    "/v1beta1/projects/p/locations/l/publishers/google/models/gpt:generateContent,"
        + " /v1beta/models/gpt:generateContent",
  })
  void another_way_to_write_an_address_is_its_usual_one(String written, String usual) {
    assertThat(ClientPath.of(written)).isEqualTo(usual);
  }

  @Test
  void what_has_one_way_to_be_written_stays() {
    for (String path :
        new String[] {
          "/",
          "",
          "/v1/messages",
          "/v1/models/gpt",
          "/v1/models/llama%3A8b",
          "/v1beta/models/gpt:generateContent",
          "/v1beta/models/llama%3A8b",
          "/model/anthropic.claude-v1%3A0/converse",
          "/api/v1/requests"
        }) {
      assertThat(ClientPath.of(path)).isEqualTo(path);
    }
  }
}
