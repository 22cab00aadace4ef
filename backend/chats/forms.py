"""Whether a JSON schema or a grammar for answers can be right, checked while it is written.

Only what is wrong in the text itself is told; what an engine cannot do with it, the engine says.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from backend.engines.types import AnswerFormat
from backend.i18n import tr

MOST = 65_536
"""Characters; no engine takes more."""
_TYPES = {"object", "array", "string", "number", "integer", "boolean", "null"}
_INSIDE = ("items", "additionalProperties", "not", "if", "then", "else", "contains", "propertyNames")
_LISTS = ("anyOf", "oneOf", "allOf", "prefixItems")
_MAPS = ("properties", "$defs", "definitions", "patternProperties")
_DEEPEST = 60


@dataclass(frozen=True, slots=True)
class FormProblem:
    """What is wrong, in one sentence, and in which line; 0 where it is no line's fault."""

    text: str
    line: int = 0


def problem_in(form: AnswerFormat, text: str) -> FormProblem | None:
    """What is wrong with `text` as the schema or grammar of `form`; None where nothing is."""
    if form not in ("schema", "grammar"):
        return None
    if not text.strip():
        return FormProblem(tr("Nothing is written yet."))
    if len(text) > MOST:
        return FormProblem(
            tr("This has {count} characters; {most} are the most.", count=len(text), most=MOST)
        )
    return _schema_problem(text) if form == "schema" else _grammar_problem(text)


# -- JSON schema ---------------------------------------------------------------------------------------------


def _schema_problem(text: str) -> FormProblem | None:
    try:
        schema = json.loads(text)
    except json.JSONDecodeError as error:
        return FormProblem(tr("This is not JSON from column {column} on.", column=error.colno), error.lineno)
    except RecursionError:
        return FormProblem(tr("This is nested too deeply."))
    return next(_schema_faults(schema, "", 0), None)


def _schema_faults(schema: Any, where: str, depth: int) -> Iterator[FormProblem]:
    place = where or tr("the schema")
    if depth > _DEEPEST:
        yield FormProblem(tr("This is nested too deeply."))
        return
    if isinstance(schema, bool) and where:
        return
    if not isinstance(schema, dict):
        yield FormProblem(tr("{place} must be an object in curly brackets.", place=place))
        return
    kinds = schema.get("type", [])
    for kind in kinds if isinstance(kinds, list) else [kinds]:
        if kind not in _TYPES:
            yield FormProblem(tr("{place} has an unknown type: {kind}.", place=place, kind=json.dumps(kind)))
    if "enum" in schema and not (isinstance(schema["enum"], list) and schema["enum"]):
        yield FormProblem(tr("“enum” of {place} must be a list with something in it.", place=place))
    required = schema.get("required", [])
    if not isinstance(required, list) or not all(isinstance(name, str) for name in required):
        yield FormProblem(tr("“required” of {place} must be a list of names.", place=place))
    for key in _INSIDE:
        if key in schema and not (key == "items" and isinstance(schema[key], list)):
            yield from _schema_faults(schema[key], f"{where}/{key}", depth + 1)
    for key in _LISTS:
        if key in schema and not isinstance(schema[key], list):
            yield FormProblem(tr("“{key}” of {place} must be a list.", key=key, place=place))
        elif key in schema:
            for at, each in enumerate(schema[key]):
                yield from _schema_faults(each, f"{where}/{key}/{at}", depth + 1)
    for key in _MAPS:
        if key in schema and not isinstance(schema[key], dict):
            yield FormProblem(tr("“{key}” of {place} must be an object.", key=key, place=place))
        elif key in schema:
            for name, each in schema[key].items():
                yield from _schema_faults(each, f"{where}/{key}/{name}", depth + 1)


# -- GBNF ----------------------------------------------------------------------------------------------------

_TOKEN = re.compile(
    r"""(?P<blank>[ \t\r]+|\#[^\n]*)|(?P<line>\n)|(?P<is>::=)|(?P<name>[A-Za-z][A-Za-z0-9_-]*)
    |(?P<text>"(?:[^"\\\n]|\\.)*")|(?P<set>\[(?:[^\]\\\n]|\\.)*\])
    |(?P<count>\{\d+(?:,\d*)?\}|\{,\d+\})|(?P<mark>[()|*+?.])""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    line: int


def _grammar_problem(text: str) -> FormProblem | None:
    tokens: list[_Token] = []
    at, line = 0, 1
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            return FormProblem(_unreadable(text[at]), line)
        kind = str(match.lastgroup)
        if kind == "line":
            line += 1
        elif kind != "blank":
            tokens.append(_Token(kind, match.group(), line))
        at = match.end()
    return next(_grammar_faults(tokens), None)


def _unreadable(character: str) -> str:
    return {
        '"': tr("A quoted text does not end in its line."),
        "[": tr("A set of characters does not end in its line."),
        "{": tr("A number of times must look like {example}.", example="{2,5}"),
    }.get(character, tr("“{character}” has no meaning here.", character=character))


def _grammar_faults(tokens: list[_Token]) -> Iterator[FormProblem]:
    starts = [
        at for at in range(len(tokens) - 1) if tokens[at].kind == "name" and tokens[at + 1].kind == "is"
    ]
    if not starts or starts[0] != 0:
        line = tokens[0].line if tokens else 0
        yield FormProblem(tr("A rule begins with its name and {sign}.", sign="::="), line)
        return
    defined = {tokens[at].text for at in starts}
    for at, end in zip(starts, [*starts[1:], len(tokens)], strict=True):
        yield from _rule_faults(tokens[at + 2 : end], defined)
    if "root" not in defined:
        yield FormProblem(tr("The rule “root”, with which an answer begins, is missing."))


def _rule_faults(body: list[_Token], defined: set[str]) -> Iterator[FormProblem]:
    opened: list[int] = []
    before = ""
    for token in body:
        if token.kind == "is":
            yield FormProblem(tr("{sign} has no name of a rule before it.", sign="::="), token.line)
        elif token.kind == "name" and token.text not in defined:
            yield FormProblem(tr("No rule is called “{name}”.", name=token.text), token.line)
        elif token.text == "(":
            opened.append(token.line)
        elif token.text == ")":
            if not opened:
                yield FormProblem(tr("A bracket is closed that was not opened."), token.line)
                return
            opened.pop()
        elif (token.kind == "count" or token.text in ("*", "+", "?")) and before in ("", "(", "|"):
            yield FormProblem(tr("Nothing stands before “{sign}”.", sign=token.text), token.line)
        before = token.text
    if opened:
        yield FormProblem(tr("A bracket is not closed."), opened[-1])
