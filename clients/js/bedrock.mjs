// AWS's own client, over HTTP/2 without TLS as it does by default, with the token of AWS_BEARER_TOKEN_BEDROCK.
import { BedrockRuntimeClient, ConverseCommand, ConverseStreamCommand } from '@aws-sdk/client-bedrock-runtime';
import { errand, model, run, url, weather } from './checks.mjs';

const client = new BedrockRuntimeClient({
  endpoint: url,
  region: 'eu-central-1',
  maxAttempts: 1,
});
const ask = (text) => ({ modelId: model, messages: [{ role: 'user', content: [{ text }] }] });
const toolConfig = { tools: [{ toolSpec: { name: weather.name, description: weather.description, inputSchema: { json: weather.schema } } }] };
const words = (content) => content.map((block) => block.text ?? '').join('');
const told = (text, usage) => ({ text, input: usage.inputTokens, output: usage.outputTokens });

await run({
  async chat(question) {
    const { output, usage } = await client.send(new ConverseCommand(ask(question)));
    return told(words(output.message.content), usage);
  },
  async stream(question) {
    let text = '';
    let usage;
    for await (const event of (await client.send(new ConverseStreamCommand(ask(question)))).stream) {
      text += event.contentBlockDelta?.delta?.text ?? '';
      usage = event.metadata?.usage ?? usage;
    }
    return told(text, usage);
  },
  async tools() {
    const asked = { ...ask(errand), toolConfig };
    const { message } = (await client.send(new ConverseCommand(asked))).output;
    const call = message.content.find((block) => block.toolUse).toolUse;
    const result = { toolResult: { toolUseId: call.toolUseId, content: [{ text: 'sunny' }] } };
    const messages = [...asked.messages, message, { role: 'user', content: [result] }];
    const end = await client.send(new ConverseCommand({ ...asked, messages }));
    return { called: call.name, city: call.input.city, text: words(end.output.message.content) };
  },
  error: (text) => client.send(new ConverseCommand(ask(text))),
});
client.destroy();
