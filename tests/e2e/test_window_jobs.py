"""The jobs drawer over the real queue and the real library."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from backend.downloads.types import DownloadRequest
from backend.hubs.types import Source
from tests.support.driving import prepare, running
from tests.support.standin_hub import File, Repo, StandInHub
from ui.jobs.row import JobRow
from ui.models.jobs import Section
from ui.pages.settings.folders import StoreRow

NAMES = ("One", "Two", "Three")


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[StandInHub]:
    with StandInHub(tmp_path / "hub") as hub:
        for name in NAMES:
            hub.add_repo(Repo(f"acme/{name}-GGUF", (File(f"{name}-Q4_K_M.gguf", size=2_000_000),)))
        monkeypatch.setenv("HF_ENDPOINT", hub.endpoint)
        yield hub


def verified(row: JobRow) -> bool:
    words = [label.text() for label in row.findChildren(QLabel) if label.isVisible()]
    return any("SHA-256 verified" in text and "Hugging Face" in text for text in words)


def test_the_queue_goes_in_the_order_of_the_drawer(
    tmp_path: Path, hub: StandInHub, qapp: QApplication
) -> None:
    prepare(qapp)
    with running(tmp_path / "home", offline=True) as run:
        backend, drawer = run.backend, run.window.drawer
        backend.settings.update(downloads_at_once=1)
        backend.network.set_offline(False)
        requests = []
        for name in NAMES:
            detail = backend.catalogue.detail(Source.HUGGING_FACE, f"acme/{name}-GGUF")
            requests.append(DownloadRequest(detail.model.id, detail.commit, detail.quants[0]))
        backend.network.set_offline(True)
        for request in requests:
            backend.downloads.start(request)
        run.window.open_jobs()
        run.until(lambda: len(drawer.model.waiting()) == len(NAMES))
        last = drawer.column.reveal(drawer.model.waiting()[-1])
        assert isinstance(last, JobRow)
        last.setFocus()
        for _ in range(2):
            place = drawer.model.waiting().index(last.key)
            QTest.keyClick(last, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
            run.until(lambda place=place: drawer.model.waiting().index(last.key) == place - 1)
        backend.network.set_offline(False)
        run.until(lambda: drawer.model.count(Section.FINISHED) == len(NAMES), 60_000)
        ended = sorted(backend.downloads.jobs(), key=lambda job: job.finished or 0)
        assert [job.name for job in ended] == ["Three", "One", "Two"]
        rows = drawer.column.rows()
        assert len(rows) == len(NAMES)
        for row in rows:
            run.until(lambda row=row: verified(row))


def test_a_check_of_the_library_is_a_job(tmp_path: Path, qapp: QApplication) -> None:
    prepare(qapp)
    with running(tmp_path / "home", offline=True) as run:
        run.backend.library.rescan()
        run.window.open_jobs()
        run.backend.library.verify(("starter",))
        run.until(lambda: run.window.drawer.model.count(Section.FINISHED) == 1)
        run.window.drawer.column.arrange()
        (row,) = run.window.drawer.column.rows()
        assert "Verify" in row.accessibleName()
        run.window.open_settings("models")
        run.until(lambda: run.window.findChildren(StoreRow))
        assert any("Hugging Face" in words.text() for words in run.window.findChildren(QLabel))
