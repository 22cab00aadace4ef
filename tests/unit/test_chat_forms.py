"""What is said of a schema or a grammar while it is written."""

from __future__ import annotations

import pytest

from backend.chats.forms import MOST, problem_in

GRAMMAR = r"""# an arithmetic expression
root ::= (expr "=" ws term "\n")+
expr ::= term ([-+*/] term)*
term ::= ident | num | "(" ws expr ")" ws
ident ::= [a-z] [a-z0-9_]{0,3} ws
num ::= [0-9]{1,4} "\"" ws
ws ::= [ \t\n]* | ""
"""
SCHEMA = (
    '{"type": "object", "properties": {"n": {"type": ["integer", "null"]}, "m": true}, "required": ["n"]}'
)


@pytest.mark.parametrize(
    ("form", "text"),
    [("text", ""), ("json", "anything"), ("grammar", GRAMMAR), ("schema", SCHEMA), ("schema", "{}")],
)
def test_what_is_right_is_left_alone(form: str, text: str) -> None:
    assert problem_in(form, text) is None  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("form", "text", "line", "words"),
    [
        ("grammar", " \n", 0, "Nothing is written"),
        ("grammar", 'root ::= "a"\nroot ::= (\n"b"', 2, "not closed"),
        ("grammar", 'root ::= "a")', 1, "not opened"),
        ("grammar", 'root ::= "a\n', 1, "quoted text"),
        ("grammar", "root ::= [a-z\n", 1, "set of characters"),
        ("grammar", 'root ::= "a" {x}', 1, "{2,5}"),
        ("grammar", "root ::= number", 1, "number"),
        ("grammar", 'number ::= "1"', 0, "root"),
        ("grammar", '\n"a" ::= "b"', 2, "begins with its name"),
        ("grammar", "root ::= | *", 1, "before"),
        ("grammar", 'root ::= "a" §', 1, "§"),
        ("schema", '{\n  "type": "object",\n}', 3, "not JSON"),
        ("schema", "[1]", 0, "object"),
        ("schema", '{"type": "text"}', 0, "unknown type"),
        ("schema", '{"properties": {"a": {"enum": []}}}', 0, "/properties/a"),
        ("schema", '{"required": "a"}', 0, "required"),
        ("schema", '{"anyOf": {}}', 0, "anyOf"),
        ("schema", "[" * 100_000, 0, str(MOST)),
        ("schema", "[" * 60_000, 0, "deeply"),
        ("schema", '{"not":' * 70 + "{}" + "}" * 70, 0, "deeply"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(form: str, text: str, line: int, words: str) -> None:
    problem = problem_in(form, text)  # type: ignore[arg-type]
    assert problem is not None
    assert problem.line == line
    assert words in problem.text
