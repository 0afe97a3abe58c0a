#!/usr/bin/env python3
"""Tries the Python SDKs you have against a running Ockham.

    python3 examples/check_python.py http://127.0.0.1:8484 ock_… [MODEL]

For each of openai (chat and responses), anthropic, google-genai and boto3 that is installed: one
chat, one stream, one tool loop, one error. What is not installed is skipped. MODEL is `auto` unless
you name one; the calls are real and cost what the model costs (some 20 short answers in all).
Ends with 0 if nothing failed.
"""

import importlib
import json
import os
import sys

TOOL = "weather"
TOOL_SAYS = "Tells the weather of a city."
SCHEMA = {
    "type": "object",
    "properties": {"city": {"type": "string"}},
    "required": ["city"],
    "additionalProperties": False,
}
QUESTION = "What is the capital of France? Answer with one word."
ERRAND = "What is the weather in Oslo? Ask the weather tool, then tell me what it says."
RESULT = "sunny, 21 degrees"
NO_MODEL = "there-is-no-such-model"


class Failed(Exception):
    """A check that did not hold."""


def expect(holds, what):
    if not holds:
        raise Failed(what)


class OpenAiChat:
    name, package = "openai, chat completions", "openai"

    def __init__(self, url, key, model):
        import openai

        self.model = model
        self.client = openai.OpenAI(base_url=url + "/v1", api_key=key, max_retries=0)

    def create(self, messages, **more):
        more.setdefault("model", self.model)
        return self.client.chat.completions.create(messages=messages, **more)

    def chat(self):
        answer = self.create([{"role": "user", "content": QUESTION}])
        return answer.choices[0].message.content, answer.usage.prompt_tokens, answer.usage.completion_tokens

    def stream(self):
        text, usage = "", None
        for chunk in self.create(
            [{"role": "user", "content": QUESTION}], stream=True, stream_options={"include_usage": True}
        ):
            if chunk.choices:
                text += chunk.choices[0].delta.content or ""
            usage = chunk.usage or usage
        return text, usage.prompt_tokens, usage.completion_tokens

    def tools(self):
        function = {"name": TOOL, "description": TOOL_SAYS, "parameters": SCHEMA}
        tools = [{"type": "function", "function": function}]
        messages = [{"role": "user", "content": ERRAND}]
        said = self.create(messages, tools=tools).choices[0].message
        expect(said.tool_calls, "the model did not call the tool")
        messages.append(said)
        for call in said.tool_calls:
            messages.append({"role": "tool", "tool_call_id": call.id, "content": RESULT})
        return self.create(messages, tools=tools).choices[0].message.content

    def error(self):
        self.create([{"role": "user", "content": QUESTION}], model=NO_MODEL)

    def status(self, thrown):
        return thrown.status_code


class OpenAiResponses(OpenAiChat):
    name = "openai, responses"

    def create(self, items, **more):
        more.setdefault("model", self.model)
        return self.client.responses.create(
            input=items, store=False, include=["reasoning.encrypted_content"], **more
        )

    def chat(self):
        answer = self.create([{"role": "user", "content": QUESTION}])
        return answer.output_text, answer.usage.input_tokens, answer.usage.output_tokens

    def stream(self):
        text, end = "", None
        for event in self.create([{"role": "user", "content": QUESTION}], stream=True):
            if event.type == "response.output_text.delta":
                text += event.delta
            if event.type == "response.completed":
                end = event.response
        expect(end is not None, "the stream did not complete")
        return text, end.usage.input_tokens, end.usage.output_tokens

    def tools(self):
        tools = [{"type": "function", "name": TOOL, "description": TOOL_SAYS, "parameters": SCHEMA, "strict": True}]
        items = [{"role": "user", "content": ERRAND}]
        said = self.create(items, tools=tools)
        calls = [item for item in said.output if item.type == "function_call"]
        expect(calls, "the model did not call the tool")
        items += said.output
        for call in calls:
            items.append({"type": "function_call_output", "call_id": call.call_id, "output": RESULT})
        return self.create(items, tools=tools).output_text


class Anthropic:
    name, package = "anthropic", "anthropic"

    def __init__(self, url, key, model):
        import anthropic

        self.model = model
        self.client = anthropic.Anthropic(base_url=url, api_key=key, max_retries=0)

    def asked(self, messages, **more):
        return {"model": self.model, "max_tokens": 2000, "messages": messages, **more}

    @staticmethod
    def told(message):
        text = "".join(block.text for block in message.content if block.type == "text")
        return text, message.usage.input_tokens, message.usage.output_tokens

    def chat(self):
        return self.told(self.client.messages.create(**self.asked([{"role": "user", "content": QUESTION}])))

    def stream(self):
        with self.client.messages.stream(**self.asked([{"role": "user", "content": QUESTION}])) as stream:
            return self.told(stream.get_final_message())

    def tools(self):
        tools = [{"name": TOOL, "description": TOOL_SAYS, "input_schema": SCHEMA}]
        messages = [{"role": "user", "content": ERRAND}]
        said = self.client.messages.create(**self.asked(messages, tools=tools))
        calls = [block for block in said.content if block.type == "tool_use"]
        expect(calls, "the model did not call the tool")
        results = [{"type": "tool_result", "tool_use_id": call.id, "content": RESULT} for call in calls]
        messages += [{"role": "assistant", "content": said.content}, {"role": "user", "content": results}]
        return self.told(self.client.messages.create(**self.asked(messages, tools=tools)))[0]

    def error(self):
        self.client.messages.create(**self.asked([{"role": "user", "content": QUESTION}], model=NO_MODEL))

    def status(self, thrown):
        return thrown.status_code


class GoogleGenAi:
    name, package = "google-genai", "google.genai"

    def __init__(self, url, key, model):
        from google import genai
        from google.genai import types

        self.model, self.types = model, types
        self.client = genai.Client(api_key=key, http_options=types.HttpOptions(base_url=url))

    def told(self, usage, text):
        return text, usage.prompt_token_count, usage.candidates_token_count

    def chat(self):
        answer = self.client.models.generate_content(model=self.model, contents=QUESTION)
        return self.told(answer.usage_metadata, answer.text)

    def stream(self):
        text, usage = "", None
        for chunk in self.client.models.generate_content_stream(model=self.model, contents=QUESTION):
            text += chunk.text or ""
            usage = chunk.usage_metadata or usage
        return self.told(usage, text)

    def tools(self):
        types = self.types
        declaration = {"name": TOOL, "description": TOOL_SAYS, "parameters_json_schema": SCHEMA}
        config = types.GenerateContentConfig(
            tools=[types.Tool(function_declarations=[types.FunctionDeclaration(**declaration)])]
        )
        contents = [types.Content(role="user", parts=[types.Part(text=ERRAND)])]
        said = self.client.models.generate_content(model=self.model, contents=contents, config=config)
        expect(said.function_calls, "the model did not call the tool")
        results = [
            types.Part(
                function_response=types.FunctionResponse(id=call.id, name=call.name, response={"output": RESULT})
            )
            for call in said.function_calls
        ]
        contents += [said.candidates[0].content, types.Content(role="user", parts=results)]
        return self.client.models.generate_content(model=self.model, contents=contents, config=config).text

    def error(self):
        self.client.models.generate_content(model=NO_MODEL, contents=QUESTION)

    def status(self, thrown):
        return thrown.code


class Bedrock:
    name, package = "boto3, bedrock-runtime", "boto3"

    def __init__(self, url, key, model):
        import boto3
        from botocore.config import Config

        os.environ["AWS_BEARER_TOKEN_BEDROCK"] = key
        os.environ.setdefault("AWS_EC2_METADATA_DISABLED", "true")  # no other credentials are wanted
        self.model = model
        self.client = boto3.client(
            "bedrock-runtime",
            endpoint_url=url,
            region_name="us-east-1",
            config=Config(retries={"total_max_attempts": 1}),
        )

    @staticmethod
    def words(message):
        return "".join(block.get("text", "") for block in message["content"])

    def user(self, text):
        return {"role": "user", "content": [{"text": text}]}

    def chat(self):
        answer = self.client.converse(modelId=self.model, messages=[self.user(QUESTION)])
        usage = answer["usage"]
        return self.words(answer["output"]["message"]), usage["inputTokens"], usage["outputTokens"]

    def stream(self):
        text, usage = "", None
        answer = self.client.converse_stream(modelId=self.model, messages=[self.user(QUESTION)])
        for event in answer["stream"]:
            text += event.get("contentBlockDelta", {}).get("delta", {}).get("text", "")
            usage = event.get("metadata", {}).get("usage", usage)
        return text, usage["inputTokens"], usage["outputTokens"]

    def tools(self):
        spec = {"name": TOOL, "description": TOOL_SAYS, "inputSchema": {"json": SCHEMA}}
        tools = {"tools": [{"toolSpec": spec}]}
        messages = [self.user(ERRAND)]
        said = self.client.converse(modelId=self.model, messages=messages, toolConfig=tools)["output"]["message"]
        calls = [block["toolUse"] for block in said["content"] if "toolUse" in block]
        expect(calls, "the model did not call the tool")
        results = [
            {"toolResult": {"toolUseId": call["toolUseId"], "content": [{"text": RESULT}]}} for call in calls
        ]
        messages += [said, {"role": "user", "content": results}]
        end = self.client.converse(modelId=self.model, messages=messages, toolConfig=tools)
        return self.words(end["output"]["message"])

    def error(self):
        self.client.converse(modelId=NO_MODEL, messages=[self.user(QUESTION)])

    def status(self, thrown):
        return thrown.response["ResponseMetadata"]["HTTPStatusCode"]


def answered(told):
    text, input_tokens, output_tokens = told
    expect(text, "no text came")
    expect(input_tokens and output_tokens, f"no token counts: {input_tokens} in, {output_tokens} out")
    return f"{input_tokens} tokens in, {output_tokens} out"


def used_the_tool(text):
    expect("21" in text or "sunny" in text.lower(), f"the answer does not tell the result: {text!r}")
    return "called, answered"


def refused(sdk):
    try:
        sdk.error()
    except Exception as thrown:  # each SDK has its own
        status = sdk.status(thrown)
        expect(400 <= status < 500, f"status {status} for a model that does not exist")
        expect(NO_MODEL in str(thrown), f"the error does not name the model: {thrown}")
        return f"{status}, names the model"
    raise Failed("a model that does not exist has answered")


def installed(package):
    try:
        return importlib.import_module(package) is not None
    except ImportError:
        return False


def main(arguments):
    if len(arguments) not in (2, 3):
        print(__doc__)
        return 2
    url, key = arguments[0].rstrip("/"), arguments[1]
    model = arguments[2] if len(arguments) == 3 else "auto"
    failures = 0
    for kind in (OpenAiChat, OpenAiResponses, Anthropic, GoogleGenAi, Bedrock):
        if not installed(kind.package):
            print(f"skipped  {kind.name}: not installed")
            continue
        try:
            sdk = kind(url, key, model)
        except Exception as thrown:
            failures += 1
            print(f"FAILED   {kind.name}: {type(thrown).__name__}: {thrown}")
            continue
        checks = {
            "chat": lambda: answered(sdk.chat()),
            "stream": lambda: answered(sdk.stream()),
            "tools": lambda: used_the_tool(sdk.tools()),
            "error": lambda: refused(sdk),
        }
        for check, run in checks.items():
            try:
                print(f"passed   {kind.name}: {check}: {run()}")
            except Exception as thrown:  # a failed check must not hide the others
                failures += 1
                print(f"FAILED   {kind.name}: {check}: {type(thrown).__name__}: {thrown}")
    print(json.dumps({"failures": failures}))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
