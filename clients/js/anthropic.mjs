import Anthropic from '@anthropic-ai/sdk';
import { errand, key, model, run, url, weather } from './checks.mjs';

const client = new Anthropic({ baseURL: url, apiKey: key, maxRetries: 0 });
const ask = (content) => ({ model, max_tokens: 4000, messages: [{ role: 'user', content }] });
const tools = [{ name: weather.name, description: weather.description, input_schema: weather.schema }];
const told = ({ content, usage }) => ({
  text: content.filter((block) => block.type === 'text').map((block) => block.text).join(''),
  input: usage.input_tokens,
  output: usage.output_tokens,
});

await run({
  chat: async (question) => told(await client.messages.create(ask(question))),
  stream: async (question) => told(await client.messages.stream(ask(question)).finalMessage()),
  async tools() {
    const asked = { ...ask(errand), tools, thinking: { type: 'adaptive' } };
    const { content } = await client.messages.stream(asked).finalMessage();
    const call = content.find((block) => block.type === 'tool_use');
    const result = { type: 'tool_result', tool_use_id: call.id, content: 'sunny' };
    const messages = [...asked.messages, { role: 'assistant', content }, { role: 'user', content: [result] }];
    const end = await client.messages.create({ ...asked, messages });
    return { called: call.name, city: call.input.city, text: told(end).text };
  },
  error: (words) => client.messages.create(ask(words)),
});
