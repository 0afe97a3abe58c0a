import OpenAI from 'openai';
import { errand, key, model, run, url, weather } from './checks.mjs';

const client = new OpenAI({ baseURL: `${url}/v1`, apiKey: key, maxRetries: 0 });
const ask = (content) => ({ model, messages: [{ role: 'user', content }] });
const tools = [{ type: 'function', function: { name: weather.name, description: weather.description, parameters: weather.schema } }];

await run({
  async chat(question) {
    const { choices, usage } = await client.chat.completions.create(ask(question));
    return { text: choices[0].message.content, input: usage.prompt_tokens, output: usage.completion_tokens };
  },
  async stream(question) {
    let text = '';
    let usage;
    for await (const chunk of await client.chat.completions.create({ ...ask(question), stream: true, stream_options: { include_usage: true } })) {
      text += chunk.choices[0]?.delta?.content ?? '';
      usage = chunk.usage ?? usage;
    }
    return { text, input: usage.prompt_tokens, output: usage.completion_tokens };
  },
  async tools() {
    const asked = { ...ask(errand), tools };
    const message = (await client.chat.completions.create(asked)).choices[0].message;
    const call = message.tool_calls[0];
    const messages = [...asked.messages, message, { role: 'tool', tool_call_id: call.id, content: 'sunny' }];
    const end = await client.chat.completions.create({ ...asked, messages });
    return { called: call.function.name, city: JSON.parse(call.function.arguments).city, text: end.choices[0].message.content };
  },
  error: (words) => client.chat.completions.create(ask(words)),
});
