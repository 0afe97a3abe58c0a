package dev.ockham.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChatServerTest {

  @ParameterizedTest
  @CsvSource({
    "main, https://api.openai.com/v1, OPENAI",
    "main, https://acme.openai.azure.com/openai/v1, OPENAI",
    "main, https://notopenai.com/v1, OTHER",
    "main, https://openrouter.ai/api/v1, OPENROUTER",
    "main, https://api.deepseek.com, DEEPSEEK",
    "main, https://api.mistral.ai/v1, MISTRAL",
    "main, https://api.groq.com/openai/v1, GROQ",
    "our-vLLM, http://10.0.0.1:8000/v1, VLLM",
    "llama-cpp, http://127.0.0.1:8080/v1, LLAMA_CPP",
    "ollama, http://127.0.0.1:11434/v1, OLLAMA",
    "lm_studio, http://127.0.0.1:1234/v1, LM_STUDIO",
    "deepseek-proxy, http://proxy.internal/v1, DEEPSEEK",
    "local, http://127.0.0.1:8000/v1, OTHER",
    "openai, http://127.0.0.1:8000/v1, OTHER",
  })
  void a_server_is_known_by_its_host_or_its_providers_name(
      String provider, String baseUrl, ChatServer server) {
    assertThat(Target.at(provider, baseUrl, "m", OptionalLong.empty()).server()).isEqualTo(server);
  }
}
