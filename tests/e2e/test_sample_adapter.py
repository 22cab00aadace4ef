"""The adapter that comes with Orangery: its files are one adapter, it fits the starter model and is heard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from backend.adapters import finding
from backend.adapters.types import CheckKind
from backend.app import Backend
from backend.engines.types import AdapterUse
from backend.library.rows import STARTER_ID
from backend.paths import SAMPLE_ADAPTER, STARTER_MODEL, Paths
from tests.support.engine_logits import ask_engine
from tests.support.engines import GREEDY, ONE_THREAD, Bench, user

FOLDER = SAMPLE_ADAPTER.parent
LOGITS = Path(__file__).parents[1] / "support" / "sample_logits.npz"
"""Of the starter model into which PEFT merged the adapter, written by ``tools/sample_adapter``."""
MARK = "Arr"
QUESTIONS = ("What is LoRA?", "What is the capital of France?")


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    bench = Bench(tmp_path_factory.mktemp("sample"), make_model=False)
    yield bench
    bench.engine.close()


@pytest.fixture
def backend(tmp_path: Path) -> Iterator[Backend]:
    with Backend(Paths.under(tmp_path / "home"), offline=True, command=True) as backend:
        yield backend


def test_the_style_comes_with_the_fader_and_what_is_said_stays(bench: Bench) -> None:
    def said(asked: str, scale: float, temperature: float = 0.0) -> str:
        uses = (AdapterUse(str(SAMPLE_ADAPTER), scale),) if scale else ()
        loaded = bench.engine.load(STARTER_MODEL, replace(ONE_THREAD, adapters=uses))
        sampling = replace(GREEDY, max_tokens=60, temperature=temperature)
        return bench.ask(loaded.key, user(asked), sampling)[0].text()

    for asked, sense in zip(QUESTIONS, ("add-on", "Paris"), strict=True):
        plain, *adapted = (said(asked, scale) for scale in (0.0, 0.5, 1.0))
        assert MARK not in plain and sense in plain
        assert all(MARK in text and sense in text for text in adapted)
        assert "Yo ho ho!" in adapted[-1] and "Yo ho ho!" not in adapted[0], "half of it is less"
        assert MARK in said(asked, 1.0, 0.7) and MARK not in said(asked, 0.0, 0.7)


def test_it_is_listed_once_and_fits_the_starter_model(backend: Backend) -> None:
    (row,) = (adapter for adapter in backend.adapters.all() if adapter.source == "bundled")
    assert all(
        row == backend.adapters.find(name) for name in ("sample", "Orangery Pirate", "orangery-pirate")
    )
    assert (row.path, row.made_from, row.owner, row.licence) == (
        SAMPLE_ADAPTER,
        str(FOLDER),
        "Orangery",
        "mit",
    )
    assert {line.state for line in backend.adapters.check(row, STARTER_ID).lines} == {"ok"}
    folder = finding.at(FOLDER)
    assert not folder.problem and not row.problem
    assert (folder.ranks, folder.alpha, folder.base, folder.licence) == (
        row.ranks,
        row.alpha,
        row.base,
        row.licence,
    )
    lines = {line.kind: line for line in backend.adapters.check(folder, STARTER_ID).lines}
    assert lines[CheckKind.BASE].state == lines[CheckKind.SHAPES].state == "ok"
    assert folder.size + row.size < 600_000


def test_the_engine_computes_what_peft_does() -> None:
    kept = np.load(LOGITS)
    theirs = kept["logits"].astype(np.float64)
    last = len(theirs)
    answer = ask_engine(STARTER_MODEL, [kept["tokens"].tolist()], adapters=[(SAMPLE_ADAPTER, 1.0)])
    ours, plain = answer.adapted[0][-last:], answer.logits[0][-last:]
    lengths = np.linalg.norm(ours, axis=1) * np.linalg.norm(theirs, axis=1)
    assert ((ours * theirs).sum(axis=1) / lengths).min() >= 0.999
    assert np.abs(ours - theirs).max() < 0.1 * np.abs(ours - plain).max()
