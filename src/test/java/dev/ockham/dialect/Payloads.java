package dev.ockham.dialect;

/** Bodies and streams with the shapes of real ones. */
final class Payloads {
  private Payloads() {}

  static final String OPENAI_REQUEST =
      """
      {
        "model": "gpt-5.2",
        "messages": [
          {"role": "developer", "content": "Be brief."},
          {"role": "user", "name": "ann", "content": [
            {"type": "text", "text": "Where is this?"},
            {"type": "image_url", "image_url": {"url": "data:image/png;base64,iVBORw0KGgo="}}]},
          {"role": "assistant", "content": null, "tool_calls": [
            {"id": "call_1", "type": "function", "function": {"name": "weather", "arguments": "{\\"city\\":\\"Paris\\"}"}},
            {"type": "function", "function": {"arguments": "{\\"city\\":\\"Rome\\"}", "name": "weather"}, "id": "call_2"}]},
          {"role": "tool", "tool_call_id": "call_1", "content": "18 degrees"},
          {"content": [{"type": "text", "text": "25 degrees"}], "role": "tool", "tool_call_id": "call_2"}
        ],
        "tools": [{"type": "function", "function": {"name": "weather", "description": "The weather of a city",
          "parameters": {"type":"object","properties":{"city":{"type":"string"}}}, "strict": true}}],
        "tool_choice": {"type": "function", "function": {"name": "weather"}},
        "parallel_tool_calls": false,
        "max_completion_tokens": 512,
        "temperature": 0.2,
        "seed": 7,
        "stop": "END",
        "n": 1,
        "user": "u-1",
        "response_format": {"type": "json_schema", "json_schema": {"name": "city", "strict": true, "schema": {"type": "object"}}},
        "stream": true,
        "stream_options": {"include_usage": true}
      }
      """;

  static final String ANTHROPIC_REQUEST =
      """
      {
        "model": "claude-opus-5-5",
        "max_tokens": 1024,
        "system": [{"type": "text", "text": "Be brief."},
                   {"type": "text", "text": "Be kind.", "cache_control": {"type": "ephemeral"}}],
        "messages": [
          {"role": "user", "content": "Weather in Paris and Rome?"},
          {"role": "assistant", "content": [
            {"type": "thinking", "thinking": "Two calls.", "signature": "c2ln"},
            {"type": "tool_use", "id": "toolu_1", "name": "weather", "input": {"city": "Paris"}},
            {"type": "tool_use", "id": "toolu_2", "name": "weather", "input": {}}]},
          {"role": "user", "content": [
            {"type": "tool_result", "tool_use_id": "toolu_1", "content": "18 degrees"},
            {"type": "tool_result", "tool_use_id": "toolu_2", "is_error": true,
             "content": [{"type": "text", "text": "no such city"}]},
            {"type": "text", "text": "And Oslo?", "cache_control": {"type": "ephemeral"}}]},
          {"role": "system", "content": "Answer in French."}
        ],
        "tools": [{"name": "weather", "description": "The weather of a city",
          "input_schema": {"type":"object","properties":{"city":{"type":"string"}}},
          "cache_control": {"type": "ephemeral", "ttl": "1h"}}],
        "tool_choice": {"type": "any", "disable_parallel_tool_use": true},
        "thinking": {"type": "adaptive"},
        "output_config": {"effort": "medium"},
        "stop_sequences": ["STOP"],
        "temperature": 1,
        "top_k": 40,
        "stream": true
      }
      """;

  static final String OPENAI_WHOLE =
      """
      {"id":"chatcmpl-9x","object":"chat.completion","created":1795000000,"model":"gpt-5.2-2026-08-01",
       "choices":[{"index":0,"message":{"role":"assistant","content":"Two calls.","refusal":null,"tool_calls":[
         {"id":"call_1","type":"function","function":{"name":"weather","arguments":"{\\"city\\":\\"Paris\\"}"}},
         {"id":"call_2","type":"function","function":{"name":"time","arguments":""}}]},
         "logprobs":null,"finish_reason":"tool_calls"}],
       "usage":{"prompt_tokens":1000,"completion_tokens":300,"total_tokens":1300,
         "prompt_tokens_details":{"cached_tokens":640,"audio_tokens":0},
         "completion_tokens_details":{"reasoning_tokens":192,"accepted_prediction_tokens":0}},
       "service_tier":"default"}\
      """;

  static final String ANTHROPIC_WHOLE =
      """
      {"id":"msg_01X","type":"message","role":"assistant","model":"claude-opus-5-5",
       "content":[{"type":"thinking","thinking":"hm","signature":"c2ln"},
         {"type":"text","text":"Two calls."},
         {"type":"tool_use","id":"toolu_1","name":"weather","input":{"city": "Paris"}},
         {"type":"tool_use","id":"toolu_2","name":"time","input":{}}],
       "stop_reason":"tool_use","stop_sequence":null,
       "usage":{"input_tokens":360,"cache_read_input_tokens":500,"cache_creation_input_tokens":140,
         "cache_creation":{"ephemeral_5m_input_tokens":40,"ephemeral_1h_input_tokens":100},
         "output_tokens":300,"output_tokens_details":{"thinking_tokens":192},"service_tier":"standard"}}\
      """;

  static final String OPENAI_TEXT_STREAM =
      """
      data: {"id":"chatcmpl-9x","object":"chat.completion.chunk","created":1795000000,"model":"gpt-5.2","choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}],"usage":null,"obfuscation":"aX"}

      data: {"id":"chatcmpl-9x","object":"chat.completion.chunk","created":1795000000,"model":"gpt-5.2","choices":[{"index":0,"delta":{"content":"Grüße, "},"finish_reason":null}],"usage":null}

      data: {"id":"chatcmpl-9x","object":"chat.completion.chunk","created":1795000000,"model":"gpt-5.2","choices":[{"index":0,"delta":{"content":"Welt 😀"},"finish_reason":null}],"usage":null}

      data: {"id":"chatcmpl-9x","object":"chat.completion.chunk","created":1795000000,"model":"gpt-5.2","choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"usage":null}

      data: {"id":"chatcmpl-9x","object":"chat.completion.chunk","created":1795000000,"model":"gpt-5.2","choices":[],"usage":{"prompt_tokens":20,"completion_tokens":5,"total_tokens":25,"prompt_tokens_details":{"cached_tokens":0}}}

      data: [DONE]

      """;

  static final String OPENAI_INTERLEAVED_TOOLS =
      """
      data: {"id":"chatcmpl-9x","model":"gpt-5.2","choices":[{"index":0,"delta":{"role":"assistant","content":"Looking."}}]}

      data: {"id":"chatcmpl-9x","model":"gpt-5.2","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"call_a","type":"function","function":{"name":"weather","arguments":""}}]}}]}

      data: {"id":"chatcmpl-9x","model":"gpt-5.2","choices":[{"index":0,"delta":{"tool_calls":[{"index":1,"id":"call_b","type":"function","function":{"name":"time","arguments":""}}]}}]}

      data: {"id":"chatcmpl-9x","model":"gpt-5.2","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\\"ci"}},{"index":1,"function":{"arguments":"{\\"zo"}}]}}]}

      data: {"id":"chatcmpl-9x","model":"gpt-5.2","choices":[{"index":0,"delta":{"tool_calls":[{"index":1,"function":{"arguments":"ne\\":\\"}\\"}"}}]}}]}

      data: {"id":"chatcmpl-9x","model":"gpt-5.2","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"ty\\":\\"Paris\\"}"}}]}}]}

      data: {"id":"chatcmpl-9x","model":"gpt-5.2","choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}

      data: {"id":"chatcmpl-9x","model":"gpt-5.2","choices":[],"usage":{"prompt_tokens":100,"completion_tokens":40,"prompt_tokens_details":{"cached_tokens":64},"completion_tokens_details":{"reasoning_tokens":8}}}

      data: [DONE]

      """;

  static final String ANTHROPIC_STREAM =
      """
      event: message_start
      data: {"type":"message_start","message":{"id":"msg_01X","type":"message","role":"assistant","model":"claude-opus-5-5","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":360,"cache_creation_input_tokens":140,"cache_read_input_tokens":500,"cache_creation":{"ephemeral_5m_input_tokens":40,"ephemeral_1h_input_tokens":100},"output_tokens":1}}}

      event: content_block_start
      data: {"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}

      event: ping
      data: {"type": "ping"}

      event: content_block_delta
      data: {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"Two calls."}}

      event: content_block_delta
      data: {"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"c2ln"}}

      event: content_block_stop
      data: {"type":"content_block_stop","index":0}

      event: content_block_start
      data: {"type":"content_block_start","index":1,"content_block":{"type":"text","text":""}}

      event: content_block_delta
      data: {"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"Looking."}}

      event: content_block_stop
      data: {"type":"content_block_stop","index":1}

      event: content_block_start
      data: {"type":"content_block_start","index":2,"content_block":{"type":"tool_use","id":"toolu_1","name":"weather","input":{}}}

      event: content_block_delta
      data: {"type":"content_block_delta","index":2,"delta":{"type":"input_json_delta","partial_json":""}}

      event: content_block_delta
      data: {"type":"content_block_delta","index":2,"delta":{"type":"input_json_delta","partial_json":"{\\"city\\": \\"Par"}}

      event: content_block_delta
      data: {"type":"content_block_delta","index":2,"delta":{"type":"input_json_delta","partial_json":"is\\"}"}}

      event: content_block_stop
      data: {"type":"content_block_stop","index":2}

      event: content_block_start
      data: {"type":"content_block_start","index":3,"content_block":{"type":"tool_use","id":"toolu_2","name":"time","input":{}}}

      event: content_block_stop
      data: {"type":"content_block_stop","index":3}

      event: message_delta
      data: {"type":"message_delta","delta":{"stop_reason":"tool_use","stop_sequence":null},"usage":{"input_tokens":360,"cache_creation_input_tokens":140,"cache_read_input_tokens":500,"output_tokens":300,"output_tokens_details":{"thinking_tokens":192}}}

      event: message_stop
      data: {"type":"message_stop"}

      """;
}
