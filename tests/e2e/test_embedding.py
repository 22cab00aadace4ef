"""Vectors of texts, made by a real worker: they equal those of a bare loop."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from backend.engines.embedding import Embedder
from backend.engines.types import EngineFlags
from backend.errors import AppError
from backend.paths import STARTER_MODEL
from backend.workers.supervisor import Supervisor
from tests.support.embedders import CONTEXT, bare_vector, tiny_bert

SAFE = EngineFlags(use_extra_bufts=False)
TEXTS = tuple(
    f"the {animal} sleeps {place} the {thing}"
    for animal in ("cat", "dog")
    for place in ("in", "on")
    for thing in ("tree", "sun", "winter")
)


@pytest.fixture
def embedder() -> Iterator[Embedder]:
    supervisor = Supervisor()
    embedder = Embedder(supervisor, lambda: SAFE)
    yield embedder
    embedder.close()
    supervisor.close()


def test_vectors_of_an_encoder_equal_those_of_a_bare_loop(embedder: Embedder, tmp_path: Path) -> None:
    model = tiny_bert(tmp_path / "bert.gguf")
    many = [TEXTS[i % len(TEXTS)] + " ." * (i % 7) for i in range(150)]  # more than one request takes
    found = embedder.embed(str(model), many)
    assert found.vectors.shape == (150, 32)
    assert np.allclose(np.linalg.norm(found.vectors, axis=1), 1, atol=1e-5)
    for index in (0, 149):
        count, expected = bare_vector(model, many[index], pooling=-1, extra_bufts=False)
        assert found.tokens[index] == count
        assert found.vectors[index] @ expected > 0.99999
    alike = found.vectors @ found.vectors.T > 0.999999
    assert np.array_equal(alike, np.array([[one == other for other in many] for one in many]))


def test_a_chat_model_gives_the_mean_over_its_tokens(embedder: Embedder) -> None:
    texts = ("Good day to you.", "What is the capital of France?", "long " * 700)
    found = embedder.embed(str(STARTER_MODEL), texts)
    for text, vector, tokens in zip(texts[:2], found.vectors, found.tokens, strict=False):
        count, expected = bare_vector(STARTER_MODEL, text, pooling=1, extra_bufts=False)
        assert tokens == count
        assert vector @ expected > 0.9999
    alone = embedder.embed(str(STARTER_MODEL), texts[2:])  # longer than the usual batch
    assert found.tokens[2] > 512
    assert alone.vectors[0] @ found.vectors[2] > 0.9999


def test_what_cannot_be_embedded_is_refused_with_numbers(embedder: Embedder, tmp_path: Path) -> None:
    model = tiny_bert(tmp_path / "bert.gguf")
    with pytest.raises(AppError, match=r"Text 2 has .* bert reads at most 64"):
        embedder.embed(str(model), ("cat", "dog " * 70))
    opened = embedder.loaded()
    fitting = ("cat",) * 130
    with pytest.raises(AppError) as too_long:
        embedder.embed(str(model), (*fitting, "dog " * 80))
    assert too_long.value.code == "embed.too_long"
    assert all(number in too_long.value.title for number in ("131", "82", str(CONTEXT)))
    with pytest.raises(AppError, match="Text 2 is empty"):
        embedder.embed(str(model), ("cat", ""))
    assert embedder.embed(str(model), ()).tokens == ()
    assert embedder.loaded() == opened == (str(model),)  # a refusal costs nobody the model
    with pytest.raises(AppError, match="far too long"):
        embedder.embed(str(model), ("cat " * 5_000_000,))
    with pytest.raises(AppError) as ranker:
        embedder.embed(str(tiny_bert(tmp_path / "rank.gguf", pooling=4)), ("cat",))
    assert ranker.value.code == "embed.no_vectors"
    with pytest.raises(AppError) as elsewhere:
        embedder.embed("ollama@1/all-minilm", ("cat",))
    assert elsewhere.value.code == "embed.elsewhere"


def test_a_model_that_nobody_asks_is_closed_and_opened_again(tmp_path: Path) -> None:
    supervisor = Supervisor()
    embedder = Embedder(supervisor, lambda: SAFE, idle_s=0.0)
    model = tiny_bert(tmp_path / "bert.gguf")
    first = embedder.embed(str(model), ("cat",))
    for thread in threading.enumerate():
        if thread.name == "embed-idle":
            thread.join(60)
    assert embedder.loaded() == ()
    again = embedder.embed(str(model), ("cat",))
    assert np.array_equal(first.vectors, again.vectors)
    embedder.close()
    supervisor.close()
    assert embedder.loaded() == ()
    with pytest.raises(AppError):
        embedder.embed(str(model), ("cat",))
