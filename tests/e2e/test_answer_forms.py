"""Answers that must have a form, what is told of their tokens, and answers that are continued."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import replace

import pytest

from backend.engines.types import FinishReason, LoadOptions, Sampling, TokenChoice, Turn
from backend.paths import STARTER_MODEL
from tests.support.engines import GREEDY, Bench, Listener, user
from tests.support.models import random_model, scripted_model

WILD = Sampling(temperature=1.5, top_k=0, top_p=1.0, min_p=0.0, seed=3, max_tokens=150)
SCHEMA = {
    "type": "object",
    "properties": {
        "age": {"type": "integer", "minimum": 1, "maximum": 99},
        "colour": {"enum": ["red", "blue"]},
    },
    "required": ["age", "colour"],
    "additionalProperties": False,
}
CHAIN = (
    'root ::= r0 "x"\n'
    + "\n".join(f'r{i} ::= r{i + 1} | r{i + 1} "x"' for i in range(900))
    + '\nr900 ::= "z"'
)


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    bench = Bench(tmp_path_factory.mktemp("forms"))
    yield bench
    bench.engine.close()


@pytest.fixture(scope="module")
def tiny(bench: Bench) -> str:
    path = random_model(bench.paths.data / "steady.gguf", quant="f32", gain=0.5)
    return bench.load(path, LoadOptions(n_ctx=1024, parallel=4, threads=1))


@pytest.fixture(scope="module")
def starter(bench: Bench) -> str:
    return bench.load(STARTER_MODEL)


def choices(listener: Listener) -> list[TokenChoice]:
    return [choice for delta in listener.deltas for choice in delta.choices]


# Forms.


def test_answers_have_the_form_of_the_schema(bench: Bench, tiny: str) -> None:
    asked = replace(WILD, format="schema", grammar=json.dumps(SCHEMA))
    listener, ends = bench.ask(tiny, user("Who?"), asked, n=4)
    assert {end.reason for end in ends} == {FinishReason.STOP}
    people = [json.loads(listener.text(index)) for index in range(4)]
    assert all(1 <= person["age"] <= 99 and person["colour"] in ("red", "blue") for person in people)
    assert len({person["age"] for person in people}) > 1  # the form does not choose for the model


def test_json_begins_an_object_and_a_grammar_allows_what_it_says(bench: Bench, tiny: str) -> None:
    listener, (end,) = bench.ask(tiny, user("Who?"), replace(WILD, format="json"))
    assert listener.text().startswith("{")
    assert end.reason in (FinishReason.STOP, FinishReason.LENGTH)
    asked = replace(WILD, format="grammar", grammar='root ::= ("yes" | "no") "!"{2}')
    listener, ends = bench.ask(tiny, user("Is it?"), asked, n=3)
    assert {listener.text(index) for index in range(3)} <= {"yes!!", "no!!"}
    assert {end.reason for end in ends} == {FinishReason.STOP}


def test_blank_space_alone_is_no_way_to_go_on(bench: Bench, starter: str) -> None:
    asked = replace(WILD, format="json", max_tokens=5)
    for blanks, code in ((20, ""), (21, "sampling.dead_end")):
        turns = (*user("Who?"), Turn("assistant", "{" + " " * blanks))
        assert bench.ask(starter, turns, asked)[1][0].error_code == code


@pytest.mark.parametrize(
    ("form", "grammar"),
    [
        ("grammar", "root ::= " + "(" * 30_000 + '"a"' + ")" * 30_000),
        ("grammar", 'root ::= "' + "a" * 1_000_000 + '"'),
        ("grammar", CHAIN),
        ("grammar", "root ::= nowhere"),
        ("grammar", 'other ::= "a"'),
        ("grammar", "\0\U0001f600 not a grammar \\"),
        ("grammar", ""),
        ("schema", "{"),
        ("schema", '{"type": "nonsense"}'),
        ("schema", '{"anyOf": [' * 20_000),
        ("schema", '{"$ref": "http://example.org/schema"}'),
    ],
    ids=lambda value: value[:20] if isinstance(value, str) else None,
)
def test_what_is_no_grammar_is_refused(bench: Bench, tiny: str, form: str, grammar: str) -> None:
    pid = bench.worker_pid(tiny)
    listener, (end,) = bench.ask(tiny, user("Who?"), replace(GREEDY, format=form, grammar=grammar))  # type: ignore[arg-type]
    assert (end.reason, end.error_code) == (FinishReason.ERROR, f"sampling.{form}")
    assert end.error_title
    assert end.error_hint
    assert len(end.error_detail) < 1000
    assert listener.deltas == []
    assert bench.worker_pid(tiny) == pid


@pytest.mark.parametrize(
    "grammar",
    [
        'root ::= root "a" | "b"',
        'root ::= b root "x" | "y"\nb ::= d\nd ::= "q" | ""',
        'root ::= s\ns ::= "e" s "y" | "e" s "z" | "q"',
        'root ::= "a" root',
    ],
    ids=["left recursion", "hidden left recursion", "ambiguous", "without end"],
)
def test_grammars_that_the_engine_alone_would_not_survive(bench: Bench, tiny: str, grammar: str) -> None:
    pid = bench.worker_pid(tiny)
    _, (end,) = bench.ask(tiny, user("Who?"), replace(WILD, format="grammar", grammar=grammar, max_tokens=40))
    assert end.reason is not FinishReason.ERROR or end.error_code == "sampling.dead_end"
    assert bench.worker_pid(tiny) == pid


# What is told of tokens.


def test_every_token_is_told_with_its_alternatives(bench: Bench, tiny: str) -> None:
    listener, (end,) = bench.ask(tiny, user("Hi"), replace(GREEDY, logprobs=5))
    told = choices(listener)
    assert len(told) == end.timings.completion_tokens
    for choice in told:
        assert len(choice.alternatives) == 5
        assert choice.alternatives[0].logprob == choice.logprob  # the likeliest was taken
        assert [a.logprob for a in choice.alternatives] == sorted(a.logprob for a in choice.alternatives)[
            ::-1
        ]
        assert sum(math.exp(a.logprob) for a in choice.alternatives) <= 1.0 + 1e-6
    free, _ = bench.ask(tiny, user("Hi"), replace(WILD, logprobs=300))  # all tokens: a whole distribution
    assert len(choices(free)[0].alternatives) == 20
    assert choices(bench.ask(tiny, user("Hi"))[0]) == []


def test_what_a_stop_string_or_reasoning_takes_is_not_told(
    bench: Bench, tmp_path_factory: pytest.TempPathFactory
) -> None:
    script: list[str | bytes] = ["<think>", " so", "</think>", "Hel", "lo", " ", "wor", "ld", "!"]
    key = bench.load(scripted_model(tmp_path_factory.mktemp("told") / "m.gguf", script))
    listener, _ = bench.ask(key, user("Hi"), replace(GREEDY, logprobs=1))
    assert "".join(choice.text for choice in choices(listener)) == listener.text() == "Hello world!"
    listener, _ = bench.ask(key, user("Hi"), replace(GREEDY, logprobs=1, stop=("world",)))
    assert "".join(choice.text for choice in choices(listener)) == listener.text() == "Hello "
    bench.engine.unload(key)


# Going on.


def test_an_answer_goes_on_where_it_stopped(bench: Bench, starter: str) -> None:
    key = starter
    asked = user("What is the capital of Poland?")
    whole, _ = bench.ask(key, asked, GREEDY)
    begun, (end,) = bench.ask(key, asked, replace(GREEDY, max_tokens=4))
    turns = (*asked, Turn("assistant", begun.text()))
    rest, (end,) = bench.ask(key, turns, GREEDY)
    assert begun.text() + rest.text() == whole.text()
    assert end.timings.prompt_tokens == bench.engine.count_tokens(key, turns)
    assert end.timings.cached_tokens > bench.engine.count_tokens(key, asked)


def test_a_continued_answer_is_not_inside_the_reasoning(
    bench: Bench, tmp_path_factory: pytest.TempPathFactory
) -> None:
    template = "{% for m in messages %}{{ m.content }}{% endfor %}{{ '<think>\\n' }}"
    path = scripted_model(tmp_path_factory.mktemp("on") / "m.gguf", ["a", "b", "c"], template=template)
    key = bench.load(path)
    listener, _ = bench.ask(key, (*user("2+2?"), Turn("assistant", "It is a")))
    assert (listener.reasoning(), listener.text()) == ("", "bc")
    form = replace(GREEDY, format="grammar", grammar='root ::= "It is four or so"')
    listener, (end,) = bench.ask(key, (*user("2+2?"), Turn("assistant", "It is")), form)
    assert (listener.text(), end.reason) == (" four or so", FinishReason.STOP)
    _, (end,) = bench.ask(key, (*user("2+2?"), Turn("assistant", "Five")), form)
    assert end.error_code == "sampling.dead_end"
    bench.engine.unload(key)
