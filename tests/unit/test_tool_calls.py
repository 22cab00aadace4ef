"""Calls of tools in answers: all usual shapes, wherever the stream is cut, and nothing else."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.engines.tool_calls import CallHearer, CallSplitter
from backend.engines.types import Delta, TokenChoice, ToolCall
from tests.support.examples import examples

NAMES = frozenset({"weather", "add"})
WEATHER = '{"name": "weather", "arguments": {"city": "Łódź", "days": 2}}'
LLAMA = WEATHER.replace("arguments", "parameters")
ADD = '{"name": "add", "arguments": {}}'

CALLS = {
    "hermes": (f"Let me look.\n<tool_call>\n{WEATHER}\n</tool_call>\n", "Let me look.", 1),
    "hermes twice": (f"<tool_call>{WEATHER}</tool_call>\n<tool_call>{ADD}</tool_call>", "", 2),
    "hermes about itself": (
        '<tool_call>{"name": "weather", "arguments": {"city": "Łódź", "days": 2, '
        '"as": "</tool_call> \\"<tool_call>"}}\n</tool_call>',
        "",
        1,
    ),
    "hermes after a broken one": (
        f'<tool_call>{{"name": "add</tool_call>\n<tool_call>{WEATHER}</tool_call>',
        '<tool_call>{"name": "add</tool_call>',
        1,
    ),
    "hermes unclosed after a broken one": (
        f'<tool_call>{{"name": "add</tool_call>\n<tool_call>{WEATHER}',
        '<tool_call>{"name": "add</tool_call>',
        1,
    ),
    "hermes unclosed": (f"<tool_call>\n{WEATHER}", "", 1),
    "hermes and words after": (f"<tool_call>{WEATHER}</tool_call>\n\nDone.", "Done.", 1),
    "qwen coder": (
        "<tool_call>\n<function=weather>\n<parameter=city>\nŁódź\n</parameter>\n<parameter=days>\n2\n"
        "</parameter>\n</function>\n</tool_call>",
        "",
        1,
    ),
    "llama": (f"\n{LLAMA}", "", 1),
    "llama twice": (f"{LLAMA}; {ADD}", "", 2),
    "llama with a tag": (f"<|python_tag|>{LLAMA}", "", 1),
    "llama function": (f'{{"type": "function", "function": {WEATHER}}}', "", 1),
    "mistral": (f"[TOOL_CALLS] [{WEATHER}, {ADD}]", "", 2),
    "mistral about itself": (
        '[TOOL_CALLS]weather[ARGS]{"city": "Łódź", "days": 2, "as": "[TOOL_CALLS]"}',
        "",
        1,
    ),
    "mistral named": (
        'Yes.[TOOL_CALLS]weather[ARGS]{"city": "Łódź", "days": 2}[TOOL_CALLS]add[CALL_ID]abc123def[ARGS]{}',
        "Yes.",
        2,
    ),
}
TEXTS = (
    "Just words, 1 < 2 and <tool_",
    "Two\n\nlines \n",
    '{"answer": 42}',
    '{"name": "Ada", "born": 1815}',
    '{"name": "launch", "arguments": {}}',
    '{"name": "weather", "arguments": {"city"',
    "<tool_call>not JSON</tool_call> and more",
    '<tool_call>{"name": "weather", "argum',
    '<tool_call>{"name": 5}</tool_call>',
    "So: \n[TOOL_CALLS] none",
    "So:\n\n<tool_call>\n{}</tool_call>",
    "<|python_tag|>print(1)",
    "<tool_call>" + "[" * 100_000 + "</tool_call>",
    '<tool_call>{"name": "' + "</tool_call>" * 200,
)


def split(text: str, step: int) -> tuple[str, tuple[ToolCall, ...]]:
    splitter = CallSplitter(NAMES)
    parts = [splitter.feed(text[at : at + step]) for at in range(0, len(text), step)]
    parts.append(splitter.flush())
    assert not splitter.holding
    return "".join(shown for shown, _ in parts), tuple(call for _, calls in parts for call in calls)


@pytest.mark.parametrize("shape", CALLS)
@pytest.mark.parametrize("step", [1, 3, 7, 10_000])
def test_every_shape_is_a_call_wherever_it_is_cut(shape: str, step: int) -> None:
    text, words, count = CALLS[shape]
    shown, calls = split(text, step)
    assert shown == words
    assert [call.name for call in calls] == ["weather", "add"][:count]
    assert {"city": "Łódź", "days": 2}.items() <= json.loads(calls[0].arguments).items()
    assert all(len(call.id) == 9 and call.id.isalnum() for call in calls)
    assert len({call.id for call in calls}) == count


@pytest.mark.parametrize("text", TEXTS)
def test_what_is_no_call_is_text_to_the_letter(text: str) -> None:
    for step in (1, 5, len(text)) if len(text) < 1000 else (len(text),):
        assert split(text, step) == (text, ())


@settings(max_examples=examples(200))
@given(
    st.lists(
        st.sampled_from(
            ["<tool_call>", "</tool_call>", "[TOOL_CALLS]", WEATHER, "{", '"', " \n", "word", "<"]
        )
    ),
    st.integers(1, 9),
)
def test_the_cuts_change_nothing(pieces: list[str], step: int) -> None:
    text = "".join(pieces)
    shown, calls = split(text, step)
    whole, same = split(text, max(1, len(text)))
    assert shown == whole
    assert [(call.name, call.arguments) for call in calls] == [(call.name, call.arguments) for call in same]


def test_tokens_of_a_call_are_not_told_but_counted() -> None:
    hearer = CallHearer(NAMES)
    pieces = ("Hm", ".", " <tool_call>", WEATHER, "</tool_call>")
    heard = [hearer.hear(Delta(piece, tokens=1, choices=(TokenChoice(piece, -0.5),))) for piece in pieces]
    assert hearer.end(0) is None
    assert "".join(delta.text for delta in heard) == "Hm."
    assert [choice.text for delta in heard for choice in delta.choices] == ["Hm", "."]
    assert sum(delta.tokens for delta in heard) == 5
    assert [call.name for delta in heard for call in delta.tool_calls] == ["weather"]
