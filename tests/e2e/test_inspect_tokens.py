"""The tokenizer playground over real workers: texts come back whole, hostile vocabularies cost a child only.

Faults 21 and 22 for what only the native library sees, 28 (killed), 36.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from backend.errors import AppError
from backend.gguf.types import ValueType
from backend.inspect.service import Inspection
from backend.inspect.tokenizer import LONGEST_TEXT
from backend.inspect.types import Token, TokenKind
from backend.paths import STARTER_MODEL
from tests.support.engines import ROGUE
from tests.support.tiny_gguf import Typed, tiny_llama, tokenizer_metadata

TEXTS = (
    "Orangery grows oranges in winter.",
    "Zażółć gęślą jaźń – „cudzysłów”",
    "🍊👩‍🌾🇵🇱 and e\u0301",
    "def f(x):\n\treturn  x\r\n\n",
    "한국어 中文 עברית",
    "\x00\x07 odd \u202e marks",
)


class Nobody:
    """A hub and a library without anything."""

    def known_detail(self, repo_id: str) -> None: ...

    def detail(self, repo_id: str, *, max_age: float = 0.0) -> None:  # type: ignore[misc]
        raise AppError("net.offline", "")

    def small_file(self, *args: object, **more: object) -> None: ...

    def models(self) -> tuple[()]:
        return ()


@pytest.fixture
def inspector() -> Iterator[Callable[..., Inspection]]:
    made: list[Inspection] = []

    def make(mode: str | None = None, **options: float) -> Inspection:
        command = None if mode is None else (sys.executable, str(ROGUE), mode)
        made.append(Inspection(Nobody(), Nobody(), worker_command=command, **options))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for inspection in made:
        inspection.close()


def joined(tokens: tuple[Token, ...]) -> str:
    return "".join(token.text for token in tokens).encode("utf-8", "surrogateescape").decode()


def test_the_pieces_make_the_text_again(inspector: Callable[..., Inspection]) -> None:
    inspection = inspector()
    for text in TEXTS:
        tokens = inspection.tokenize(STARTER_MODEL, text)
        assert joined(tokens) == text
        assert sum(token.bytes for token in tokens) == len(text.encode())
    assert inspection.tokenize(STARTER_MODEL, "") == ()


def test_special_tokens_are_told_apart(inspector: Callable[..., Inspection]) -> None:
    tokens = inspector().tokenize(STARTER_MODEL, "Hi<|im_end|> there")
    special = [token for token in tokens if token.kind is not TokenKind.NORMAL]
    assert [(token.text, token.kind) for token in special] == [("<|im_end|>", TokenKind.CONTROL)]


def test_one_worker_serves_one_file_until_another_comes(
    inspector: Callable[..., Inspection], tmp_path: Path
) -> None:
    inspection = inspector()
    inspection.tokenize(STARTER_MODEL, "a")
    first = inspection.worker_pid
    inspection.tokenize(STARTER_MODEL, "b")
    assert inspection.worker_pid == first
    other = tiny_llama(tmp_path / "tiny.gguf")
    assert joined(inspection.tokenize(other, "hello and the")) == "hello and the"
    assert inspection.worker_pid != first
    assert first is not None and not psutil.pid_exists(first)
    second = inspection.worker_pid
    tiny_llama(other, vocab=400)  # the same name, another content
    inspection.tokenize(other, "hello")
    assert inspection.worker_pid != second


def test_a_worker_that_rests_goes_away_and_comes_back(inspector: Callable[..., Inspection]) -> None:
    here = psutil.Process()
    inspection = inspector(idle_s=0.0)
    before = here.children()
    for text in ("a", "b"):
        assert joined(inspection.tokenize(STARTER_MODEL, text)) == text
        _, left = psutil.wait_procs([child for child in here.children() if child not in before], 30)
        assert left == []
        assert inspection.worker_pid is None


def test_many_at_once_each_get_their_own_answer(inspector: Callable[..., Inspection]) -> None:
    inspection = inspector()
    got: dict[str, str] = {}

    def ask(text: str) -> None:
        got[text] = joined(inspection.tokenize(STARTER_MODEL, text))

    threads = [threading.Thread(target=ask, args=(f"text {n} " * n,)) for n in range(1, 9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(got) == 8
    assert all(text == answer for text, answer in got.items())


def hostile(kind: str, path: Path) -> Path:
    """Vocabularies that the native library does not survive, or refuses."""
    values = tokenizer_metadata()
    tokens = values["tokenizer.ggml.tokens"]
    match kind:
        case "duplicate token":
            tokens[3] = tokens[4]
        case "narrow types":
            values["tokenizer.ggml.token_type"] = Typed(ValueType.ARRAY, [1] * len(tokens), ValueType.UINT8)
        case "bad byte":
            values["tokenizer.ggml.model"] = "llama"
            values["tokenizer.ggml.scores"] = [0.0] * len(tokens)
            tokens[5] = "<0x-1>"
            values["tokenizer.ggml.token_type"][5] = 6
    return tiny_llama(path, extra=values)


@pytest.mark.parametrize(
    ("kind", "code"),
    [("duplicate token", "engine.crashed"), ("narrow types", "engine.load"), ("bad byte", "engine.crashed")],
)
def test_a_hostile_vocabulary_costs_a_child_and_names_the_file(
    inspector: Callable[..., Inspection], tmp_path: Path, kind: str, code: str
) -> None:
    inspection = inspector()
    with pytest.raises(AppError) as caught:
        inspection.tokenize(hostile(kind, tmp_path / "hostile.gguf"), "hello")
    assert "hostile.gguf" in caught.value.title
    assert caught.value.code == code
    assert joined(inspection.tokenize(STARTER_MODEL, "still here")) == "still here"


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_a_killed_worker_is_replaced_when_asked_again(inspector: Callable[..., Inspection]) -> None:
    inspection = inspector()
    inspection.tokenize(STARTER_MODEL, "a")
    pid = inspection.worker_pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    try:
        inspection.tokenize(STARTER_MODEL, "b")
    except AppError as error:  # it was asked before it was found dead
        assert error.code == "engine.killed"
        assert error.retryable
    assert joined(inspection.tokenize(STARTER_MODEL, "b")) == "b"


@pytest.mark.parametrize(("mode", "code"), [("garbage", "engine.protocol"), ("exit", "engine.crashed")])
def test_a_worker_that_breaks_the_protocol_is_an_error(
    inspector: Callable[..., Inspection], mode: str, code: str
) -> None:
    with pytest.raises(AppError) as caught:
        inspector(mode).tokenize(STARTER_MODEL, "a")
    assert caught.value.code == code
    assert STARTER_MODEL.name in caught.value.title


def test_what_cannot_be_tokenized_is_refused_without_a_worker(
    inspector: Callable[..., Inspection], tmp_path: Path
) -> None:
    inspection = inspector()
    silent = tiny_llama(tmp_path / "silent.gguf", extra={"tokenizer.ggml.model": "none"})
    for path, text, code in (
        (silent, "hello", "inspect.no_tokenizer"),
        (STARTER_MODEL, "ż" * (LONGEST_TEXT // 2 + 1), "inspect.too_long"),
        (tmp_path / "gone.gguf", "hello", "gguf.read"),
    ):
        with pytest.raises(AppError) as caught:
            inspection.tokenize(path, text)
        assert caught.value.code == code
    assert inspection.worker_pid is None


def test_the_longest_text_comes_back(inspector: Callable[..., Inspection]) -> None:
    text = "Orange trees. " * (LONGEST_TEXT // 14)
    assert joined(inspector().tokenize(STARTER_MODEL, text)) == text


def test_closing_ends_the_worker(inspector: Callable[..., Inspection]) -> None:
    inspection = inspector()
    inspection.tokenize(STARTER_MODEL, "a")
    pid = inspection.worker_pid
    inspection.close()
    assert pid is not None and not psutil.pid_exists(pid)
    with pytest.raises(AppError) as caught:
        inspection.tokenize(STARTER_MODEL, "a")
    assert caught.value.code == "engine.stopped"
