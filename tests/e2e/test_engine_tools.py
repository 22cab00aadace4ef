"""Tools and plain completions with real workers: what the model reads, and what becomes of what it writes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from backend.engines.types import FinishReason, ToolCall, Turn
from backend.errors import AppError
from backend.paths import STARTER_MODEL
from tests.support.engines import GREEDY, ONE_THREAD, PATIENCE_S, Bench, Listener, user
from tests.support.models import CHATML, scripted_model

TOOLS = json.dumps(
    [
        {
            "type": "function",
            "function": {
                "name": "weather",
                "description": "Tells the weather.",
                "parameters": {"type": "object", "properties": {"city": {"type": "string"}}},
            },
        }
    ]
)
CALL = '{"name": "weather", "arguments": {"city": "Łódź"}}'
SCRIPT = ["I look", ".", "\n\n", "<tool_call>", CALL[:20], CALL[20:], "</tool_call>"]


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    bench = Bench(tmp_path_factory.mktemp("engine"))
    yield bench
    bench.engine.close()


def test_a_call_comes_as_a_call_and_never_as_text(bench: Bench, tmp_path: Path) -> None:
    key = bench.load(scripted_model(tmp_path / "calls.gguf", SCRIPT))
    listener = Listener()
    asked = replace(GREEDY, logprobs=1)
    ends = bench.engine.generate(key, user("Hi"), asked, listener, n=2, tools=TOOLS).wait(PATIENCE_S)
    assert [end.reason for end in ends] == [FinishReason.STOP] * 2
    for index in (0, 1):
        calls = [call for d in listener.deltas if d.index == index for call in d.tool_calls]
        assert [(call.name, json.loads(call.arguments)) for call in calls] == [("weather", {"city": "Łódź"})]
        assert listener.text(index) == "I look."
        assert listener.tokens(index) == ends[index].timings.completion_tokens == len(SCRIPT)
        told = [choice.text for d in listener.deltas if d.index == index for choice in d.choices]
        assert told == ["I look", "."]
    plain, _ = bench.ask(key, user("Hi"))
    assert plain.text() == "".join(SCRIPT)  # nobody asked for calls
    # A call that is cut off is no call, and what was written of it is not lost.
    cut = Listener()
    short = replace(GREEDY, max_tokens=5)
    (end,) = bench.engine.generate(key, user("Hi"), short, cut, tools=TOOLS).wait(PATIENCE_S)
    assert (end.reason, cut.text()) == (FinishReason.LENGTH, "".join(SCRIPT[:5]))
    with pytest.raises(AppError) as refused:
        bench.engine.generate(key, user("Hi"), GREEDY, Listener(), tools='[{"type": "function"}]')
    assert refused.value.code == "engine.tools"
    assert "tools[0].function.name" in refused.value.detail
    bench.engine.unload(key)


def test_the_template_of_the_model_gets_the_tools(bench: Bench, tmp_path: Path) -> None:
    """The prompt has more tokens by what the template writes of them; nothing else tells what was read."""
    knowing = "{% for t in tools or [] %}{{ t.function.name }}{{ t.function.name }}\n{% endfor %}" + CHATML
    key = bench.load(scripted_model(tmp_path / "knows.gguf", ["ok"], template=knowing))
    (before,) = bench.ask(key, user("Hi"))[1]
    (end,) = bench.engine.generate(key, user("Hi"), GREEDY, Listener(), tools=TOOLS).wait(PATIENCE_S)
    assert end.timings.prompt_tokens - before.timings.prompt_tokens == len("weatherweather\n")
    assert end.note == ""
    bench.engine.unload(key)


def test_results_of_calls_are_read_by_a_template_that_knows_none(bench: Bench) -> None:
    key = bench.engine.load(STARTER_MODEL, replace(ONE_THREAD, n_ctx=2048)).key
    call = ToolCall("abc123def", "weather", '{"city": "Paris"}')
    turns = (
        *user("How is the weather in Paris?"),
        Turn("assistant", "", tool_calls=(call,)),
        Turn("tool", "sunny", tool_call_id=call.id),
    )
    listener = Listener()
    (end,) = bench.engine.generate(key, turns, GREEDY, listener, tools=TOOLS).wait(PATIENCE_S)
    assert end.reason in (FinishReason.STOP, FinishReason.LENGTH)
    assert end.note == ""
    assert listener.text()
    assert end.timings.prompt_tokens > bench.engine.count_tokens(key, turns) > 40
    bench.engine.unload(key)


def test_a_completion_goes_on_with_the_text_as_it_is(bench: Bench, tmp_path: Path) -> None:
    key = bench.load(scripted_model(tmp_path / "goes-on.gguf", ["Once", " upon", " a", " time"]))
    listener = Listener()
    ends = bench.engine.complete(key, "A story\n", GREEDY, listener, n=2).wait(PATIENCE_S)
    assert [listener.text(0), listener.text(1)] == ["Once upon a time"] * 2
    assert ends[0].timings.prompt_tokens == len("A story\n")  # one byte each, and nothing around them
    stopped = Listener()
    asked = replace(GREEDY, stop=(" a",))
    (end,) = bench.engine.complete(key, "\n", asked, stopped).wait(PATIENCE_S)
    assert (stopped.text(), end.reason) == ("Once upon", FinishReason.STOP)
    (none,) = bench.engine.complete(key, "", GREEDY, Listener()).wait(PATIENCE_S)
    assert (none.reason, none.error_code) == (FinishReason.ERROR, "engine.tokenize")
    (long,) = bench.engine.complete(key, "x" * 5000, GREEDY, Listener()).wait(PATIENCE_S)
    assert (long.error_code, long.timings.prompt_tokens) == ("engine.context", 5000)
    # What looks like reasoning is text of a completion.
    thinks = bench.load(scripted_model(tmp_path / "thinks.gguf", ["<think>", "so", "</think>", "yes"]))
    as_text = Listener()
    bench.engine.complete(thinks, "\n", GREEDY, as_text).wait(PATIENCE_S)
    assert (as_text.text(), as_text.reasoning()) == ("<think>so</think>yes", "")
    bench.engine.unload(key)
    bench.engine.unload(thinks)


def test_a_call_that_is_demanded_comes_after_the_thought(bench: Bench, tmp_path: Path) -> None:
    """The model would say something else, has tokens of its own for calls, and may end after the first."""
    template = CHATML.replace("assistant\n", "assistant\n<think>\n") + "{# <tool_call> #}"
    script = ["so", "</think>", "No", "<tool_call>", "</tool_call>"]
    key = bench.load(scripted_model(tmp_path / "demanded.gguf", script, template=template))
    schema = {"type": "object", "properties": {"city": {"enum": ["Łódź"]}}, "required": ["city"]}
    functions = json.dumps([{"name": "weather", "parameters": schema}])
    asked = replace(GREEDY, format="calls", grammar=functions, max_tokens=99, logprobs=1)
    begun = (*user("Hi"), Turn("assistant", "I look.\n"))  # words may stand before it
    for turns, thought in ((user("Hi"), "so"), (begun, "")):
        listener = Listener()
        (end,) = bench.engine.generate(key, turns, asked, listener, tools=TOOLS).wait(PATIENCE_S)
        assert (end.reason, end.error_title) == (FinishReason.STOP, "")
        assert (listener.reasoning(), listener.text()) == (thought, "")
        (made,) = (call for delta in listener.deltas for call in delta.tool_calls)
        assert (made.name, made.arguments) == ("weather", '{"city": "Łódź"}')
        assert not any(delta.choices for delta in listener.deltas)
        written = '\n{"name": "weather", "arguments": { "city" : "Łódź" }}\n'  # a token for every byte
        assert end.timings.completion_tokens <= len(written.encode()) + 2 + 2 * bool(thought)
    bench.engine.unload(key)
