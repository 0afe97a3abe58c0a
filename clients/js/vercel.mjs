// Vercel AI SDK; the argument says which of its providers.
import { createAnthropic } from '@ai-sdk/anthropic';
import { createGoogleGenerativeAI } from '@ai-sdk/google';
import { createOpenAI } from '@ai-sdk/openai';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { generateText, jsonSchema, stepCountIs, streamText, tool } from 'ai';
import { key, model as name, run, url, weather } from './checks.mjs';

const v1 = { baseURL: `${url}/v1`, apiKey: key };
const providers = {
  responses: () => createOpenAI(v1).responses(name),
  chat: () => createOpenAI(v1).chat(name),
  compatible: () => createOpenAICompatible({ ...v1, name: 'ockham', includeUsage: true })(name),
  anthropic: () => createAnthropic(v1)(name),
  google: () => createGoogleGenerativeAI({ baseURL: `${url}/v1beta`, apiKey: key })(name),
};
const store = { providerOptions: { openai: { store: false, include: ['reasoning.encrypted_content'] } } };
const model = providers[process.argv[2]]();
const ask = (prompt) => ({ model, prompt, maxRetries: 0, ...store });
const told = (text, usage) => ({ text, input: usage.inputTokens, output: usage.outputTokens });

await run({
  async chat(question) {
    const { text, usage } = await generateText(ask(question));
    return told(text, usage);
  },
  async stream(question) {
    const answer = streamText(ask(question));
    let text = '';
    for await (const piece of answer.textStream) text += piece;
    return told(text, await answer.usage);
  },
  async tools(errand) {
    const calls = [];
    const { text } = await generateText({
      ...ask(errand),
      tools: {
        [weather.name]: tool({
          description: weather.description,
          inputSchema: jsonSchema(weather.schema),
          execute: ({ city }) => {
            calls.push(city);
            return 'sunny';
          },
        }),
      },
      stopWhen: stepCountIs(3),
    });
    return { called: calls.length === 1 ? weather.name : `${calls.length} calls`, city: calls[0], text };
  },
  error: (words) => generateText(ask(words)),
});
