"""Converted random models of every architecture against `transformers`, and their tokenizers against
`tokenizers`. Needs the ``dev`` extra (``pip install -e .[test,dev]``)."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from backend.activities.runner import Step
from backend.app import Backend
from backend.paths import Paths
from tests.support.engine_logits import ask_engine

pytest.importorskip("torch", reason="the dev extra is not installed")
pytest.importorskip("transformers", reason="the dev extra is not installed")
pytest.importorskip("sentencepiece", reason="the dev extra is not installed")

from tests.support import hf_models
from tests.support.hf_models import CASES, TEXTS


@pytest.fixture
def backend(tmp_path: Path) -> Iterator[Backend]:
    with Backend(Paths.under(tmp_path / "home"), offline=True, command=True) as backend:
        yield backend


def convert(backend: Backend, folder: Path) -> Path:
    step = Step(threading.Event(), lambda done, total, note: None)
    return backend.converter.make(step, folder, "F32").path


@pytest.mark.parametrize("name", CASES)
def test_logits_are_those_of_transformers(backend: Backend, tmp_path: Path, name: str) -> None:
    case = CASES[name]
    model = hf_models.save(case, tmp_path / "model")
    lists = [[(7 * place * place + 3 * place) % 600 for place in range(count)] for count in case.lengths]
    path = convert(backend, tmp_path / "model")
    answer = ask_engine(path, lists, TEXTS)
    for tokens, ours in zip(lists, answer.logits, strict=True):
        theirs = hf_models.logits(model, tokens)
        lengths = np.linalg.norm(ours, axis=1) * np.linalg.norm(theirs, axis=1)
        assert ((ours * theirs).sum(axis=1) / lengths).min() >= 0.9999
        assert np.abs(ours - theirs).max() < 1e-2 * np.abs(theirs).max()
    tokenizer = hf_models.Tokenizer.from_file(str(tmp_path / "model" / "tokenizer.json"))
    assert answer.tokens == tuple(tuple(tokenizer.encode(text).ids) for text in TEXTS)


@pytest.mark.parametrize("prefix", [True, False])
def test_sentencepiece_gives_the_same_tokens(backend: Backend, tmp_path: Path, prefix: bool) -> None:
    tokenizer, pieces = hf_models.sentence_pieces(tmp_path, prefix=prefix)
    folder = tmp_path / "model"
    hf_models.save(CASES["llama"], folder)
    hf_models.save_tokenizer(tokenizer, folder, bos="<s>", eos="</s>")
    texts = [text for text in TEXTS if "<|" not in text]
    expected = tuple(tuple(tokenizer.encode(text).ids) for text in texts)
    assert ask_engine(convert(backend, folder), [], texts).tokens == expected
    shutil.copy(pieces, folder / "tokenizer.model")
    assert ask_engine(convert(backend, folder), [], texts).tokens == expected
