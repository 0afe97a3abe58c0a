// What every library is asked to do, and how it tells what came of it: one line of JSON for each check.

const say = (check, result) => console.log(JSON.stringify({ check, ...result }));

export const url = process.env.OCKHAM_URL;
export const key = process.env.OCKHAM_KEY;
export const model = process.env.OCKHAM_MODEL;

export const question = 'What is the capital of France?';
export const errand = "What is the weather in Oslo?";
export const refused = 'Please throttle me.';
export const weather = {
  name: 'weather',
  description: 'Tells the weather of a city.',
  schema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'], additionalProperties: false },
};

/** chat and stream give {text, input, output}; tools gives {called, city, text}; error throws. */
export async function run({ chat, stream, tools, error }) {
  say('chat', await chat(question));
  say('stream', await stream(question));
  say('tools', await tools(errand));
  try {
    await error(refused);
    say('error', { status: 200, message: '' });
  } catch (e) {
    const cause = e.lastError ?? e;
    say('error', { status: cause.status ?? cause.statusCode ?? cause.$metadata?.httpStatusCode, message: `${cause.message}` });
  }
}
