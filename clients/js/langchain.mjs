// LangChain; the argument says which of its models.
import { ChatAnthropic } from '@langchain/anthropic';
import { HumanMessage, ToolMessage } from '@langchain/core/messages';
import { ChatOpenAI } from '@langchain/openai';
import { key, model as name, run, url, weather } from './checks.mjs';

const openAi = (settings) =>
  new ChatOpenAI({ model: name, apiKey: key, configuration: { baseURL: `${url}/v1` }, maxRetries: 0, ...settings });
const models = {
  chat: () => openAi({}),
  responses: () => openAi({ useResponsesApi: true, zdrEnabled: true }),
  anthropic: () => new ChatAnthropic({ model: name, apiKey: key, anthropicApiUrl: url, maxRetries: 0, maxTokens: 4000 }),
};
const model = models[process.argv[2]]();
const told = ({ text, usage_metadata: usage }) => ({ text, input: usage.input_tokens, output: usage.output_tokens });

await run({
  chat: async (question) => told(await model.invoke(question)),
  async stream(question) {
    let whole;
    for await (const chunk of await model.stream(question)) whole = whole ? whole.concat(chunk) : chunk;
    return told(whole);
  },
  async tools(errand) {
    const schema = { name: weather.name, description: weather.description, schema: weather.schema };
    const bound = model.bindTools([schema]);
    const asked = new HumanMessage(errand);
    const said = await bound.invoke([asked]);
    const call = said.tool_calls[0];
    const end = await bound.invoke([asked, said, new ToolMessage({ content: 'sunny', tool_call_id: call.id })]);
    return { called: call.name, city: call.args.city, text: end.text };
  },
  error: (words) => model.invoke(words),
});
