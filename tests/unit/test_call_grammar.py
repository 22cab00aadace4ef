"""Calls that an answer must be: whatever a model draws, they are read back and fit the schemas."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from typing import Any

import jsonschema
import numpy as np
import pytest
from llguidance import LLMatcher, LLTokenizer

from backend.engines.tool_calls import CallSplitter
from backend.worker.llama.calls import MOST_CALLS, arguments_schema, calls_grammar, shape_of
from tests.support.examples import examples

FUNCTIONS: Mapping[str, dict[str, Any] | None] = {
    "get": {
        "type": "object",
        "properties": {"city": {"type": "string", "maxLength": 4}, "days": {"type": "integer", "minimum": 1}},
        "required": ["city"],
    },
    "get_all": {
        "$defs": {
            "Part": {
                "type": "object",
                "properties": {"of": {"anyOf": [{"$ref": "#/$defs/Part"}, {"type": "null"}]}},
                "required": ["of"],
                "additionalProperties": False,
            }
        },
        "$ref": "#/$defs/Part",
    },
    "now": None,
    "reset": {"type": "object", "properties": {}},
    "set": {
        "type": ["object", "null"],
        "description": "// no # comment",
        "properties": {'# "odd" //': {"const": "\\\n é"}, "on": {"format": "date", "type": "string"}},
        "required": ['# "odd" //'],
        "x-guidance": {"whitespace_pattern": "never"},
    },
    "shape": {
        "anyOf": [
            {"properties": {"r": {"type": "number"}}, "required": ["r"], "additionalProperties": False},
            {"properties": {"s": {"enum": ["S", None]}}, "required": ["s"], "additionalProperties": False},
        ]
    },
}
TEMPLATES = {
    "<tool_call>\n{": "{{ messages }} <tool_call>",
    "[TOOL_CALLS][{": "[TOOL_CALLS]",
    "[TOOL_CALLS] [{": "[TOOL_CALLS] [",
    "[TOOL_CALLS]": "[TOOL_CALLS] [ARGS]",
    '{"name": "': '<|start_header_id|> {"name": function name, "parameters": dictionary}',
}
BYTES = LLTokenizer("byte")


def drawn(grammar: str, draw: random.Random) -> str:
    """A text of the grammar: of the bytes that may come next, any."""
    matcher = LLMatcher(BYTES, LLMatcher.grammar_from_lark(grammar), log_level=0)
    text = bytearray()
    while not matcher.is_stopped():
        bits = np.frombuffer(matcher.compute_bitmask(), dtype=np.uint8)
        token = int(draw.choice(np.flatnonzero(np.unpackbits(bits, bitorder="little"))))
        if token != BYTES.eos_token:
            text.append(token)
        matcher.consume_token(token)
    assert not matcher.is_error(), matcher.get_error()
    return text.decode()


@pytest.mark.parametrize("start", TEMPLATES)
def test_every_shape_is_read_back_and_fits_the_schemas(start: str) -> None:
    shape = shape_of(TEMPLATES[start])
    assert shape is not None
    functions = [(name, arguments_schema(schema)) for name, schema in FUNCTIONS.items()]
    counts: set[int] = set()
    called: set[str] = set()
    for several in (False, True):
        grammar = calls_grammar(functions, shape, several=several, marker=json.dumps)
        for seed in range(examples(80)):
            text = drawn(grammar, random.Random(seed))
            assert text.startswith(start)
            splitter = CallSplitter(frozenset(FUNCTIONS))
            shown, calls = splitter.feed(text)
            rest, more = splitter.flush()
            calls += more
            assert (shown, rest) == ("", "")
            for call in calls:
                nothing = {"additionalProperties": False}
                jsonschema.validate(json.loads(call.arguments), FUNCTIONS[call.name] or nothing)
            assert 1 <= len(calls) <= (MOST_CALLS if several else 1)
            counts.add(len(calls))
            called |= {call.name for call in calls}
    assert called == set(FUNCTIONS)
    assert len(counts) > 2


def test_arguments_are_those_that_the_schema_names() -> None:
    """Many clients pass them on to a function, which takes no others; who wants others says so."""
    named: dict[str, Any] = {"properties": {"a": {}}}
    assert arguments_schema(named)["additionalProperties"] is False
    assert arguments_schema({**named, "additionalProperties": True})["additionalProperties"] is True
    for free in ({}, {**named, "anyOf": [{"required": ["b"]}]}):
        assert "additionalProperties" not in arguments_schema(free)
    for wrong in ([], {"type": "array"}, {"type": ["string", "null"]}):
        with pytest.raises(ValueError, match="object"):
            arguments_schema(wrong)
