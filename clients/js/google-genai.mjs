import { GoogleGenAI } from '@google/genai';
import { errand, key, model, run, url, weather } from './checks.mjs';

const { models } = new GoogleGenAI({ apiKey: key, httpOptions: { baseUrl: url } });
const user = (text) => ({ role: 'user', parts: [{ text }] });
const ask = (text, config = {}) => ({ model, contents: [user(text)], config });
const declaration = { name: weather.name, description: weather.description, parametersJsonSchema: weather.schema };
const counts = (usage) => ({ input: usage.promptTokenCount, output: usage.candidatesTokenCount });

await run({
  async chat(question) {
    const answer = await models.generateContent(ask(question));
    return { text: answer.text, ...counts(answer.usageMetadata) };
  },
  async stream(question) {
    let text = '';
    let usage;
    for await (const chunk of await models.generateContentStream(ask(question))) {
      text += chunk.text ?? '';
      usage = chunk.usageMetadata ?? usage;
    }
    return { text, ...counts(usage) };
  },
  async tools() {
    const asked = ask(errand, { tools: [{ functionDeclarations: [declaration] }], thinkingConfig: { includeThoughts: true } });
    const { content } = (await models.generateContent(asked)).candidates[0];
    const call = content.parts.find((part) => part.functionCall).functionCall;
    const result = { functionResponse: { id: call.id, name: call.name, response: { output: 'sunny' } } };
    const end = await models.generateContent({ ...asked, contents: [...asked.contents, content, { role: 'user', parts: [result] }] });
    return { called: call.name, city: call.args.city, text: end.text };
  },
  error: (words) => models.generateContent(ask(words)),
});
