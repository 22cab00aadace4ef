"""Both gardens in the real window, with no Ollama installed: one card for the same weights, a tag to the
disk, a chat with it; and what is left when a garden fails."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from backend.hubs.types import Source
from backend.paths import STARTER_MODEL
from tests.support.driving import Run, prepare, running, spoken, write
from tests.support.standin_hub import File, Repo, StandInHub
from tests.support.standin_ollama import Layer, Model, StandInOllama, Tag
from tests.support.tiny_gguf import tiny_llama
from ui.pages.discover.files import FileRow, Role
from ui.pages.discover.files_table import FilesTable
from ui.pages.discover.results import Role as ResultRole
from ui.pages.discover.results_view import ResultsView
from ui.pages.discover.rows import Row, RowKind
from ui.widgets.banner import Banner
from ui.widgets.buttons import Button
from ui.widgets.search_field import SearchField


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[StandInHub]:
    other = tiny_llama(tmp_path / "tiny.gguf", quant="Q8_0")
    with StandInHub() as hub:
        for owner, fame, weights in (("acme", 90, STARTER_MODEL), ("bob", 8, other), ("cid", 7, other)):
            file = File("Sprout-Q8_0.gguf", source=str(weights))
            tags = ("gguf", "base_model:quantized:acme/Sprout")
            hub.add_repo(Repo(f"{owner}/Sprout-GGUF", (file,), trending=fame, tags=tags))
        monkeypatch.setenv("HF_ENDPOINT", hub.endpoint)
        yield hub


@pytest.fixture
def ollama(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[StandInOllama]:
    with StandInOllama() as ollama:
        template = Layer("template", File("t", text="{{ .Prompt }}"))
        weights = File("m", source=str(STARTER_MODEL))
        tags = tuple(Tag(name, weights, (template,), {"file_type": "Q8_0"}) for name in ("latest", "3m"))
        ollama.add(Model("sprout", tags, sizes=("3m",), summary="A very small model."))
        monkeypatch.setenv("ORANGERY_OLLAMA_REGISTRY", ollama.registry)
        monkeypatch.setenv("ORANGERY_OLLAMA_LIBRARY", ollama.library)
        monkeypatch.setenv("OLLAMA_MODELS", str(tmp_path / "ollama"))
        yield ollama


def search(run: Run, text: str) -> ResultsView:
    write(run.wait_for(SearchField, "^(Know what you want|Search)"), text, enter=True)
    return run.wait_for(ResultsView, "^Models found$")


def cards(view: ResultsView) -> list[Row]:
    return [view.model().index(line, 0).data(ResultRole.ROW) for line in range(view.model().rowCount())]


def test_find_pull_and_chat_without_ollama(
    tmp_path: Path, hub: StandInHub, ollama: StandInOllama, qapp: QApplication
) -> None:
    prepare(qapp)
    with running(tmp_path / "home") as run:
        view = search(run, "sprout")
        both = (Source.HUGGING_FACE, Source.OLLAMA)
        # Digests are known once the pills were predicted; then both are one card, with the others below.
        run.until(lambda: [row.kind for row in cards(view)] == [RowKind.CARD, RowKind.FOLD])
        card, fold = cards(view)
        assert set(card.sources) == set(both)
        assert fold.owners == ("bob", "cid")
        run.until(lambda: "Fits" in spoken(view, 0))

        search(run, "ollama run sprout:3m")
        files = run.wait_for(FilesTable, "^Files$")
        run.until(lambda: files.model().rowCount() == 2)

        def current() -> FileRow | None:
            return files.currentIndex().data(Role.ROW)  # type: ignore[no-any-return]

        run.until(lambda: (row := current()) is not None and row.quant.tag == "3m")
        run.wait_for(QLabel, r"^Same weights as acme/Sprout-GGUF \(SHA-256 agrees\)\.$")
        run.wait_for(QLabel, "^Saves to Ollama's store")
        run.press(r"^Download 3m")
        run.press("^Chat$", timeout=60_000)
        run.ask("What is the capital of Italy?")
        assert "Rome" in run.finished(1).plain_text()
        manifest = tmp_path / "ollama/manifests/registry.ollama.ai/library/sprout/3m"
        assert manifest.read_bytes()
        assert any(model.id == "ollama:sprout:3m" for model in run.backend.library.models())


def test_a_library_page_that_looks_new_is_said(
    tmp_path: Path, hub: StandInHub, ollama: StandInOllama, qapp: QApplication
) -> None:
    prepare(qapp)
    ollama.style("redesigned")
    with running(tmp_path / "home") as run:
        view = search(run, "llama")
        run.wait_for(Banner, "Its models here are from the bundled list")
        run.until(lambda: view.model().rowCount() > 0)
        assert all(row.bundled for row in cards(view))


def test_hugging_face_down_leaves_ollama(
    tmp_path: Path, hub: StandInHub, ollama: StandInOllama, qapp: QApplication
) -> None:
    prepare(qapp)
    hub.close()
    with running(tmp_path / "home") as run:
        view = search(run, "sprout")
        run.until(lambda: [row.model.key for row in cards(view)] == ["ollama:sprout"])
        assert run.wait_for(Banner, "Hugging Face|127.0.0.1")
        run.wait_for(Button, "^Download")
