import OpenAI from 'openai';
import { errand, key, model, run, url, weather } from './checks.mjs';

const client = new OpenAI({ baseURL: `${url}/v1`, apiKey: key, maxRetries: 0 });
const ask = (content) => ({ model, store: false, include: ['reasoning.encrypted_content'], input: [{ role: 'user', content }] });
const tools = [{ type: 'function', name: weather.name, description: weather.description, parameters: weather.schema, strict: true }];
const told = (response) => ({ text: response.output_text, input: response.usage.input_tokens, output: response.usage.output_tokens });

await run({
  chat: async (question) => told(await client.responses.create(ask(question))),
  async stream(question) {
    let text = '';
    let end;
    for await (const event of await client.responses.create({ ...ask(question), stream: true })) {
      if (event.type === 'response.output_text.delta') text += event.delta;
      if (event.type === 'response.completed') end = event.response;
    }
    return { text, input: end.usage.input_tokens, output: end.usage.output_tokens };
  },
  async tools() {
    const asked = { ...ask(errand), tools };
    const stream = client.responses.stream(asked);
    const { output } = await stream.finalResponse();
    const call = output.find((item) => item.type === 'function_call');
    const input = [...asked.input, ...output, { type: 'function_call_output', call_id: call.call_id, output: 'sunny' }];
    const end = await client.responses.create({ ...asked, input });
    return { called: call.name, city: JSON.parse(call.arguments).city, text: end.output_text };
  },
  error: (words) => client.responses.create(ask(words)),
});
