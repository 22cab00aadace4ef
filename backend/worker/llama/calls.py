"""Answers that must be calls of functions, as a grammar in the words of llguidance.

A call has the shape that the model's template tells of, or else that of Hermes. All of them are shapes that
`backend.engines.tool_calls` reads back. The grammar is Lark as llguidance extends it:
https://github.com/guidance-ai/llguidance/blob/main/docs/syntax.md
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from backend.engines.tool_calls import LITERALS

MOST_CALLS = 8
"""In one answer, so that it has an end."""
_NAME, _ARGUMENTS = "{name}", "{arguments}"
_PARTS = re.compile("(" + "|".join(map(re.escape, (*LITERALS, _ARGUMENTS))) + ")")
_BLANK = " ?"
"""Between the parts of JSON; models write calls in one line."""
_COMBINING = frozenset({"$ref", "$dynamicRef", "allOf", "anyOf", "oneOf", "not", "if", "patternProperties"})
"""Keys beside which ``additionalProperties`` would forbid what they ask for."""


@dataclass(frozen=True, slots=True)
class Shape:
    """How a model writes calls: `before` the first, `between` two and `after` the last, and each one with
    places for its name and its arguments."""

    call: str
    between: str
    before: str = ""
    after: str = ""


HERMES = Shape('<tool_call>\n{"name": "{name}", "arguments": {arguments}}\n</tool_call>', "\n")
_MISTRAL = Shape('{"name": "{name}", "arguments": {arguments}}', ", ", "[TOOL_CALLS][", "]")
_MISTRAL_SPACED = replace(_MISTRAL, before="[TOOL_CALLS] [")
_MISTRAL_NAMED = Shape("[TOOL_CALLS]{name}[ARGS]{arguments}", "")
_LLAMA = Shape('{"name": "{name}", "parameters": {arguments}}', "; ")


def shape_of(template: str | None) -> Shape | None:
    """The shape that a chat template tells its model of; None where it tells of none that is known here."""
    template = template or ""
    if "<tool_call>" in template:
        return HERMES
    if "[TOOL_CALLS]" in template:
        if "[ARGS]" in template:
            return _MISTRAL_NAMED
        return _MISTRAL_SPACED if _MISTRAL_SPACED.before in template else _MISTRAL
    if '"parameters": ' in template and "<|start_header_id|>" in template:
        return _LLAMA
    return None


def calls_grammar(
    functions: Sequence[tuple[str, dict[str, Any]]],
    shape: Shape,
    *,
    several: bool,
    marker: Callable[[str], str],
) -> str:
    """The grammar of a call of one of `functions`, or of up to `MOST_CALLS` calls.

    Args:
        functions: Their names, and the JSON schemas of their arguments as `arguments_schema` makes them.
        marker: How the grammar says one of `LITERALS`, which may be a token of its own.
    """

    def said(text: str, name: str = "", arguments: str = "") -> str:
        return " ".join(
            marker(part)
            if part in LITERALS
            else arguments
            if part == _ARGUMENTS
            else json.dumps(part.replace(_NAME, name))
            for part in _PARTS.split(text)
            if part
        )

    more = f"({said(shape.between)} call){{0,{MOST_CALLS - 1}}}" if several else ""
    rules = [
        f"start: {said(shape.before)} call {more} {said(shape.after)}",
        "call: " + " | ".join(f"call_{number}" for number in range(len(functions))),
    ]
    for number, (name, schema) in enumerate(functions):
        rules.append(f"call_{number}: {said(shape.call, name, f'arguments_{number}')}")
        rules.append(f"arguments_{number}: %json {json.dumps(schema)}")
    return "\n".join(rules)


def arguments_schema(parameters: Any) -> dict[str, Any]:
    """The JSON schema of the arguments of a function as llguidance takes it, from that of its parameters;
    None for one that takes none.

    Arguments that it does not name are left out, unless it says that there may be others.

    Raises:
        ValueError: It is not one of an object.
    """
    schema = {"type": "object", "properties": {}} if parameters is None else parameters
    if not isinstance(schema, dict):
        raise ValueError("a JSON schema of an object is expected")
    told = schema.get("type", "object")
    if told != "object" and not (isinstance(told, list) and "object" in told):
        raise ValueError("the type must be object")
    closed = (
        {"additionalProperties": False} if "properties" in schema and not _COMBINING & set(schema) else {}
    )
    return {**closed, **schema, "type": "object", "x-guidance": {"whitespace_pattern": _BLANK}}
