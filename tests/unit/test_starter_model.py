"""The starter model: its file, its corpus and the prompts it is tested with. No torch is needed."""

from __future__ import annotations

import random
import struct
from pathlib import Path

import pytest

from tools.starter_model import corpus, grammar, heldout
from tools.starter_model.prompts import PROMPTS

FILE = Path(__file__).parents[2] / "resources" / "models" / "orangery-starter-q8_0.gguf"


def _head() -> bytes:
    with FILE.open("rb") as file:
        return file.read(1 << 18)


def test_file_is_a_small_gguf() -> None:
    assert FILE.stat().st_size <= 8_000_000
    magic, version, tensors, entries = struct.unpack("<4sIQQ", _head()[:24])
    assert magic == b"GGUF"
    assert version == 3
    assert 30 <= tensors <= 100
    assert entries > 20


def test_header_says_what_it_is() -> None:
    head = _head()
    for key in (
        b"general.name",
        b"general.description",
        b"general.license",
        b"general.author",
        b"general.size_label",
        b"general.languages",
        b"tokenizer.chat_template",
        b"llama.context_length",
    ):
        assert key in head, key
    for value in (b"Orangery Starter", b"mit", b"gpt-2", b"<|im_start|>"):
        assert value in head, value
    assert b"http" not in head[:4096]


def test_card_is_plain_about_the_toy() -> None:
    card = FILE.with_name("orangery-starter.md").read_text(encoding="utf-8")
    assert "toy" in card
    assert "MIT" in card


def test_two_hundred_prompts_all_different() -> None:
    assert len(PROMPTS) == 200
    assert len({prompt.messages for prompt in PROMPTS}) == 200
    assert all(prompt.patterns for prompt in PROMPTS)


def test_prompts_are_worded_differently_from_the_corpus() -> None:
    assert heldout.overlaps(samples=20_000, seed=5) == []


def test_skeletons_hide_what_is_filled_in() -> None:
    asked = heldout.skeleton("What is the capital of Italy?")
    assert asked == heldout.skeleton("what is the capital of New Zealand")
    assert heldout.skeleton("What is 3 + 4?") == heldout.skeleton("What is 12 + 7?")


def test_same_seed_same_corpus() -> None:
    assert corpus.fingerprint(3, 300) == corpus.fingerprint(3, 300)
    assert corpus.fingerprint(3, 300) != corpus.fingerprint(4, 300)


def test_every_topic_draws_clean_exchanges() -> None:
    rng = random.Random(1)
    for topic, _, talk in corpus.SHARES:
        for _ in range(400):
            for asked, answer in talk(rng):
                assert asked.strip(), topic
                assert answer.strip(), topic
                left = set("{}[]|") & set(asked + answer)
                assert topic == "code" or not left, (topic, asked, answer)


def test_sums_are_right() -> None:
    rng = random.Random(2)
    talk = {topic: talk for topic, _, talk in corpus.SHARES}["sums"]
    for _ in range(300):
        for _, answer in talk(rng):
            if "=" in answer:
                left, right = answer.rstrip(".").split(" = ")
                a, sign, b = left.split(" ")
                value = {"+": int(a) + int(b), "-": int(a) - int(b), "×": int(a) * int(b)}[sign]
                assert value == int(right)


def test_grammar_choices_and_nesting() -> None:
    rng = random.Random(0)
    seen = {grammar.say(rng, "[a|b[c|]] {x}", x=1) for _ in range(100)}
    assert seen == {"a 1", "bc 1", "b 1"}
    with pytest.raises(ValueError, match="unbalanced"):
        grammar.say(rng, "[a|b")
