"""The inspector over real files and real workers: a hostile vocabulary costs its child, the window lives on.

Faults 21 (duplicate token) and 28 (killed worker).
"""

from __future__ import annotations

from pathlib import Path

import psutil
import pytest
from PySide6.QtWidgets import QApplication, QLabel, QTableView

from tests.support.driving import Run, click_row, names_in, prepare, put_in_cache, running
from tests.support.processes import workers
from tests.support.tiny_gguf import tiny_llama, tokenizer_metadata
from ui.pages.library.inspector import Inspector
from ui.widgets.labels import ElidedLabel
from ui.widgets.states import ErrorState

TEXT = "Zażółć gęślą jaźń: hello 🍊"


@pytest.fixture
def hostile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A model in the library whose vocabulary has a token twice, which aborts the native library."""
    values = tokenizer_metadata()
    tokens = values["tokenizer.ggml.tokens"]
    tokens[3] = tokens[4]
    cache = tmp_path / "hub"
    monkeypatch.setenv("HF_HUB_CACHE", str(cache))
    put_in_cache(cache, "acme/Hostile", tiny_llama(tmp_path / "hostile.gguf", extra=values))
    return "Hostile"


def choose(run: Run, name: str) -> Inspector:
    table = run.wait_for(QTableView, "^Models on this disk$")
    run.until(lambda: name in names_in(table))
    click_row(table, names_in(table).index(name))
    inspector = run.window.page("library").findChild(Inspector)
    run.until(lambda: inspector.head.name == name and inspector.tensors.note.endswith("types"))
    return inspector  # type: ignore[no-any-return]


def test_tokens_of_a_real_model_and_of_one_that_crashes(
    tmp_path: Path, hostile: str, qapp: QApplication
) -> None:
    prepare(qapp)
    with running(tmp_path / "home", offline=True) as run:
        run.go("Library")
        inspector = choose(run, "Starter model")
        field, view = inspector.tokenizer.field, inspector.tokenizer.tokens

        def typed() -> bool:
            pieces = "".join(chip.token.text for chip in view.chips)
            return pieces.encode("utf-8", "surrogateescape").decode() == field.toPlainText()

        field.setPlainText(TEXT)
        run.until(lambda: view.chips and typed())
        run.wait_for(ElidedLabel, f"tokens, {len(TEXT)} characters$")
        worker = psutil.Process(run.backend.inspector.worker_pid)

        choose(run, hostile)
        run.wait_for(ErrorState, "hostile.gguf")
        assert run.window.isVisible()
        assert not worker.is_running(), "two vocabularies are kept"

        choose(run, "Starter model")
        run.until(lambda: view.chips and typed())
        psutil.Process(run.backend.inspector.worker_pid).kill()
        field.setPlainText(TEXT + " again")
        run.until(lambda: typed() or any(e.isVisible() for e in inspector.findChildren(ErrorState)))
        if not typed():  # it was asked before it was found dead
            run.press("^Try again$")
            run.until(typed)
        run.wait_for(QLabel, r"^llama, 5\.4M parameters$")
    assert not workers("vocab")
