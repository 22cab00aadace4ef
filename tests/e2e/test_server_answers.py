"""What clients get from the local server: everything that the real client can ask of it."""

from __future__ import annotations

import asyncio
import json
import math
from collections.abc import Iterable, Iterator
from typing import Any, Literal

import jsonschema
import openai
import pytest
from openai import AsyncOpenAI, OpenAI
from pydantic import BaseModel

from backend.app import Backend
from backend.engines.connection import Connection
from backend.engines.types import LoadOptions, Sampling
from tests.support.embedders import tiny_bert
from tests.support.engines import PATIENCE_S, Listener, user
from tests.support.models import CHATML, scripted_model
from tests.support.serving import HELLO, TOKEN, client, serving

WEATHER: Any = {
    "type": "function",
    "function": {
        "name": "weather",
        "description": "Tells the weather.",
        "parameters": {"type": "object", "properties": {"city": {"type": "string"}}},
    },
}
CALL = '{"name": "weather", "arguments": {"city": "Łódź"}}'
SCRIPT = ["I look", ".", "\n\n", "<tool_call>", CALL[:20], CALL[20:], "</tool_call>"]
TEMPLATE = (
    "{% for t in tools or [] %}{{ t.function.name }}\n{% endfor %}"
    "{% for m in messages %}{% for c in m.tool_calls or [] %}{{ c.function.name }}!{% endfor %}{% endfor %}"
    + CHATML
)


@pytest.fixture(scope="module")
def backend(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backend]:
    models = tmp_path_factory.mktemp("models")
    scripted_model(models / "caller.gguf", SCRIPT, template=TEMPLATE, name="Caller")
    tiny_bert(models / "vectors.gguf")
    with serving(tmp_path_factory.mktemp("serving"), models) as running:
        yield running


@pytest.fixture(scope="module")
def api(backend: Backend) -> Iterator[OpenAI]:
    with client(backend) as asking:
        yield asking


def named(api: OpenAI, part: str) -> str:
    return next(model.id for model in api.models.list() if part in model.id.lower())


def test_functions_are_called_and_their_results_come_back(api: OpenAI) -> None:
    asked: dict[str, Any] = {"model": named(api, "caller"), "messages": HELLO, "temperature": 0}
    whole = api.chat.completions.create(tools=[WEATHER], n=2, **asked)
    for choice in whole.choices:
        (call,) = choice.message.tool_calls or ()
        assert call.type == "function" and call.function.name == "weather"
        assert json.loads(call.function.arguments) == {"city": "Łódź"}
        assert (choice.finish_reason, choice.message.content) == ("tool_calls", "I look.")
    with api.chat.completions.stream(tools=[WEATHER], **asked) as stream:
        streamed = stream.get_final_completion().choices[0]
    (again,) = streamed.message.tool_calls or ()
    assert (streamed.finish_reason, streamed.message.content) == ("tool_calls", "I look.")
    assert json.loads(again.function.arguments) == {"city": "Łódź"} and again.id != call.id
    told = [
        *HELLO,
        {"role": "assistant", "content": None, "tool_calls": [call.model_dump()]},
        {"role": "tool", "tool_call_id": call.id, "content": "sunny"},
    ]
    after = api.chat.completions.create(tools=[WEATHER], **{**asked, "messages": told})
    assert whole.usage and after.usage
    added = "weather!<|im_start|>assistant\n<|im_end|>\n<|im_start|>tool\nsunny<|im_end|>\n"
    marks = sum(added.count(mark) for mark in ("<|im_start|>", "<|im_end|>"))
    length = len(added.replace("<|im_start|>", "").replace("<|im_end|>", "")) + marks  # a token per letter
    assert after.usage.prompt_tokens - whole.usage.prompt_tokens == length
    # Nobody may be called: the template hears of no function, and what looks like a call is text.
    none = api.chat.completions.create(tools=[WEATHER], tool_choice="none", **asked)
    assert none.choices[0].message.tool_calls is None and none.choices[0].finish_reason == "stop"
    assert none.choices[0].message.content == "".join(SCRIPT)
    assert none.usage and whole.usage.prompt_tokens - none.usage.prompt_tokens == len("weather\n")


NOW: Any = {"type": "function", "function": {"name": "now"}}
PLAN: Any = {
    "type": "function",
    "function": {
        "name": "plan",
        "parameters": {
            "type": "object",
            "properties": {
                "kind": {"enum": ["dig", "plant"]},
                "where": {"type": "array", "items": {"type": "string", "maxLength": 6}, "maxItems": 2},
            },
            "required": ["kind", "where"],
        },
    },
}
ANY: Any = {"model": "starter", "messages": HELLO, "tools": [NOW, PLAN], "temperature": 1, "seed": 4}


def checked(calls: Iterable[Any] | None) -> list[str]:
    """The names of the functions called, whose arguments are right."""
    names = []
    for call in calls or ():
        schema = {"plan": PLAN["function"].get("parameters"), "now": {"maxProperties": 0}}[call.function.name]
        jsonschema.validate(json.loads(call.function.arguments), schema)
        names.append(call.function.name)
    return names


def test_functions_are_called_where_that_is_demanded(api: OpenAI) -> None:
    """What the starter model would never do by itself."""
    whole = api.chat.completions.create(tool_choice="required", n=3, logprobs=True, **ANY)
    # A model whose template knows of no calls does not know when to end: it makes one.
    assert all(len(checked(choice.message.tool_calls)) == 1 for choice in whole.choices)
    assert {choice.message.content for choice in whole.choices} == {None}
    assert {choice.finish_reason for choice in whole.choices} == {"tool_calls"}
    # One of a name: it ends as OpenAI's own answers do then. A form or an end of what is said means nothing.
    chosen: Any = {"type": "function", "function": {"name": "plan"}}
    asked = {**ANY, "tool_choice": chosen, "response_format": {"type": "json_object"}, "stop": ["\n", '"']}
    named = api.chat.completions.create(**asked).choices[0]
    assert (checked(named.message.tool_calls), named.finish_reason) == (["plan"], "stop")
    with api.chat.completions.stream(tool_choice="required", parallel_tool_calls=False, **ANY) as stream:
        streamed = stream.get_final_completion().choices[0]
    assert len(checked(streamed.message.tool_calls)) == 1
    assert (streamed.finish_reason, streamed.message.content) == ("tool_calls", "")
    cut = api.chat.completions.create(tool_choice="required", max_tokens=3, **ANY).choices[0]
    assert (cut.finish_reason, cut.message.tool_calls) == ("length", None)


def test_an_answer_is_as_it_was_asked_for(api: OpenAI) -> None:
    asked: dict[str, Any] = {"model": "starter", "messages": HELLO, "max_tokens": 12}
    asked |= {"temperature": 2, "top_p": 1, "extra_body": {"top_k": 0, "min_p": 0}}

    def text(**more: Any) -> str | None:
        return api.chat.completions.create(**{**asked, **more}).choices[0].message.content

    assert text(seed=1) == text(seed=1) != text(seed=2)
    several = api.chat.completions.create(n=3, seed=1, **asked)
    assert several.choices[0].message.content == text(seed=1)
    assert len({choice.message.content for choice in several.choices}) > 1
    assert several.usage and several.usage.completion_tokens <= 36
    assert several.usage.total_tokens == several.usage.prompt_tokens + several.usage.completion_tokens
    plain: dict[str, Any] = {"model": "starter", "messages": HELLO, "temperature": 0}
    full = api.chat.completions.create(max_completion_tokens=6, logprobs=True, top_logprobs=2, **plain)
    assert full.choices[0].finish_reason == "length"
    assert full.usage and full.usage.completion_tokens == 6
    assert full.choices[0].logprobs and full.choices[0].logprobs.content
    tokens = full.choices[0].logprobs.content
    assert "".join(token.token for token in tokens) == full.choices[0].message.content
    for token in tokens:
        best, second = token.top_logprobs
        assert token.token == best.token and 0 >= best.logprob >= second.logprob
        assert bytes(token.bytes or ()) == token.token.encode()
    words = (full.choices[0].message.content or "").split()
    stopped = api.chat.completions.create(stop=[words[1], "zzz"], **plain).choices[0]
    assert stopped.finish_reason == "stop"
    assert (stopped.message.content or "").strip() == words[0]
    chunks = list(
        api.chat.completions.create(
            max_tokens=6, logprobs=True, stream=True, stream_options={"include_usage": True}, **plain
        )
    )
    parts = [c.choices[0].logprobs.content or [] for c in chunks if c.choices and c.choices[0].logprobs]
    assert [token.token for part in parts for token in part] == [token.token for token in tokens]
    assert [c.choices[0].finish_reason for c in chunks if c.choices][-1] == "length"
    assert chunks[-1].choices == [] and chunks[-1].usage == full.usage.model_copy(
        update={"prompt_tokens_details": chunks[-1].usage and chunks[-1].usage.prompt_tokens_details}
    )
    goes_on = api.completions.create(
        model="starter", prompt="The capital of", temperature=0, max_tokens=5, logprobs=1, stop="\n\n\n"
    )
    told = goes_on.choices[0].logprobs
    assert told and told.tokens and told.text_offset and told.token_logprobs and told.top_logprobs
    assert "".join(told.tokens) == goes_on.choices[0].text
    assert told.text_offset[1] == len(told.tokens[0]) and len(told.top_logprobs) == 5


class Step(BaseModel):
    done: bool
    kind: Literal["dig", "plant"]


class Plan(BaseModel):
    title: str
    steps: list[Step]


def test_an_answer_is_an_object_of_the_clients_own_class(api: OpenAI) -> None:
    parsed = api.chat.completions.parse(
        model="starter", messages=HELLO, response_format=Plan, temperature=0, max_tokens=400, seed=3
    )
    plan = parsed.choices[0].message.parsed
    assert isinstance(plan, Plan) or parsed.choices[0].finish_reason == "length"
    stream = api.chat.completions.create(
        model="starter",
        messages=HELLO,
        response_format={"type": "json_object"},
        stream=True,
        max_tokens=150,
        temperature=0,
    )
    chunks = [chunk.choices[0] for chunk in stream]
    text = "".join(choice.delta.content or "" for choice in chunks)
    assert text.lstrip().startswith("{")
    if chunks[-1].finish_reason == "stop":
        assert isinstance(json.loads(text), dict)


def test_vectors_come_as_the_client_wants_them(api: OpenAI) -> None:
    texts = ["the cat sleeps", "orange tree", "the cat sleeps"]
    name = named(api, "vectors")
    made = api.embeddings.create(model=name, input=texts)  # the client asks for base64 where nothing is said
    vectors = [one.embedding for one in made.data]
    assert [one.index for one in made.data] == [0, 1, 2] and len(vectors[0]) == 32
    assert vectors[0] == vectors[2] != vectors[1] and math.hypot(*vectors[0]) == pytest.approx(1, abs=1e-5)
    numbers = api.embeddings.create(model=name, input=texts[0], encoding_format="float")
    assert numbers.data[0].embedding == pytest.approx(vectors[0], abs=1e-6)
    assert made.usage.prompt_tokens == made.usage.total_tokens > numbers.usage.prompt_tokens > 0
    short = api.embeddings.create(model=name, input=texts[0], dimensions=8).data[0].embedding
    length = math.hypot(*vectors[0][:8])
    assert short == pytest.approx([value / length for value in vectors[0][:8]], abs=1e-6)
    for wrong, field in (({"dimensions": 33}, "dimensions"), ({"input": ["tree", "sun " * 99]}, "input")):
        with pytest.raises(openai.BadRequestError) as refused:
            api.embeddings.create(**{"model": name, "input": texts, **wrong})
        assert refused.value.param == field


@pytest.mark.parametrize(
    ("fields", "param"),
    [
        ({"messages": [{"role": "user", "content": 7}]}, "messages.0.content"),
        (
            {"messages": [*HELLO, {"role": "user", "content": [{"type": "image_url", "image_url": {}}]}]},
            "messages.1.content.0.type",
        ),
        ({"messages": [{"role": "tool", "content": "x"}]}, "messages.0.tool_call_id"),
        ({"tools": [{"type": "function", "function": {"name": "a b"}}]}, "tools.0.function.name"),
        ({"response_format": {"type": "json_schema", "json_schema": {"name": "x"}}}, None),
        (
            {"response_format": {"type": "json_schema", "json_schema": {"name": "x", "schema": {"type": 3}}}},
            "response_format",
        ),
        ({"messages": [{"role": "user", "content": "on and on " * 2000}]}, "messages"),
        ({"tool_choice": "required"}, "tool_choice"),
        ({"tool_choice": {"type": "function"}}, "tool_choice.function"),
        (
            {"tools": [WEATHER], "tool_choice": {"type": "function", "function": {"name": "clock"}}},
            "tool_choice.function.name",
        ),
    ],
)
def test_what_is_wrong_is_named_as_the_client_wrote_it(
    api: OpenAI, fields: dict[str, Any], param: str | None
) -> None:
    with pytest.raises(openai.BadRequestError) as refused:
        api.chat.completions.create(**{"model": "starter", "messages": HELLO, **fields})
    assert refused.value.type == "invalid_request_error" and refused.value.code
    assert refused.value.param == (param or "response_format.json_schema.schema")


@pytest.mark.parametrize("schema", [{"type": "array"}, {"properties": {"city": {"pattern": "(?=P)aris"}}}])
def test_a_function_that_cannot_be_demanded_is_named(api: OpenAI, schema: dict[str, Any]) -> None:
    odd: Any = {"type": "function", "function": {"name": "odd", "parameters": schema}}
    asked: Any = {**ANY, "tools": [NOW, odd]}
    with pytest.raises(openai.BadRequestError, match="function odd ") as refused:
        api.chat.completions.create(tool_choice="required", **asked)
    assert (refused.value.param, refused.value.code) == ("tools", "sampling.tools")
    chosen: Any = {"type": "function", "function": {"name": "now"}}  # of which nothing is wrong
    answer = api.chat.completions.create(tool_choice=chosen, **asked).choices[0]
    assert checked(answer.message.tool_calls) == ["now"]


def test_a_model_that_is_not_there_is_told_with_those_that_are(api: OpenAI) -> None:
    with pytest.raises(openai.NotFoundError, match="starter") as refused:
        api.completions.create(model="gpt-9", prompt="x")
    assert (refused.value.param, refused.value.code) == ("model", "model_not_found")
    with pytest.raises(openai.NotFoundError):
        api.models.retrieve("../../etc/passwd")


def test_it_serves_what_asks_ollama_this_way(backend: Backend) -> None:
    """As Ollama's page on its OpenAI compatibility does it: a slash at the end, and any word as the key."""
    backend.server.stop()
    url = backend.server.start(port=0, token="").url
    try:
        with OpenAI(base_url=url + "/", api_key="ollama", max_retries=0) as api:
            assert api.models.retrieve("starter").id == "starter"
            chat = api.chat.completions.create(model="starter", messages=HELLO, max_tokens=4)
            assert chat.choices[0].message.content
            assert (
                api.completions.create(model="starter", prompt="The capital of", max_tokens=4).choices[0].text
            )
            assert api.embeddings.create(model=named(api, "vectors"), input=["sun", "cat"]).data[1].embedding

        async def together() -> list[str]:
            async with AsyncOpenAI(base_url=url, api_key="ollama", max_retries=0) as peer:

                async def one() -> str:
                    stream = await peer.chat.completions.create(
                        model="starter", messages=HELLO, stream=True, temperature=0, max_tokens=8
                    )
                    return "".join([chunk.choices[0].delta.content or "" async for chunk in stream])

                return await asyncio.gather(one(), one(), one())

        texts = asyncio.run(together())
        assert texts[0] and len(set(texts)) == 1
    finally:
        backend.server.stop()
        backend.server.start(port=0, token=TOKEN)


def test_another_orangery_can_be_the_client(backend: Backend) -> None:
    url = backend.server.status().url
    kept = backend.connections.add(Connection("", "openai", "Next door", url), TOKEN)
    backend.connections.served(kept, fresh=True)
    address = next(
        model.address
        for model in backend.engines.models()
        if model.engine == "openai" and "starter" in model.id
    )
    key = backend.engines.load(address, LoadOptions()).key
    listener = Listener()
    sampling = Sampling(temperature=0.0, max_tokens=8, logprobs=2, seed=1)
    (end,) = backend.engines.generate(key, user("Hello"), sampling, listener).wait(PATIENCE_S)
    assert (end.error_title, end.timings.completion_tokens) == ("", listener.tokens())
    assert listener.text()
    assert all(model.engine == "local" for model in backend.engines.models() if model.id == "starter")
    with client(backend) as api:  # what is elsewhere is not handed on
        assert all("@" not in model.id for model in api.models.list())
