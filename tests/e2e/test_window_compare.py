"""Compare in the real window: four engines side by side, one dies; a blind vote, a chat, a night."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from backend.compare.types import Column, RunState
from backend.engines.connection import Connection
from backend.engines.types import Sampling
from tests.support.driving import Run, prepare, running
from tests.support.known_engine import know_engine
from tests.support.models import scripted_model
from tests.support.processes import having_open
from tests.support.standin_ollama.daemon import StandInDaemon
from tests.support.standin_openai import StandInOpenAI
from ui.pages.compare.view import ComparePage

COLD = Sampling(temperature=0.0, max_tokens=40)
PROMPT = "What is the capital of France?"


def ask(run: Run, page: ComparePage, text: str) -> None:
    field = page.live.ask.input
    field.setFocus()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)
    run.until(lambda: page.presenter.busy and page.live.prompt._prompt.full_text() == text)


@pytest.mark.skipif(sys.platform != "linux", reason="finds the process by what it has mapped")
def test_comparing_from_the_first_prompt_to_the_report(
    tmp_path: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare(qapp)
    endless = scripted_model(tmp_path / "endless.gguf", ("on ", "and ", "then "), loop=True)
    with StandInOpenAI("vllm", ("upper",)) as server, StandInDaemon(tmp_path / "store") as daemon:
        daemon.have("echo:1b")
        monkeypatch.setenv("OLLAMA_HOST", daemon.url)
        know_engine(tmp_path / "home")
        with running(tmp_path / "home", offline=True) as run:
            backend = run.backend
            box = backend.connections.add(Connection("", "openai", "My box", f"{server.url}/v1"))
            backend.engines.refresh()
            run.window.show_page("compare")
            page = run.window.page("compare")
            assert isinstance(page, ComparePage)
            run.until(lambda: len(page.presenter.shelf.models) >= 3)
            columns = [
                Column("starter", sampling=COLD),
                Column(str(endless), sampling=Sampling(temperature=0.0)),
                Column("ollama@ollama/echo:1b", sampling=COLD),
                Column(f"openai@{box.id}/upper", sampling=COLD),
            ]
            page.presenter.set_columns(tuple(columns))
            live = page.live
            run.until(lambda: len(live.columns) == 4 and page.presenter.plan is not None)

            ask(run, page, PROMPT)
            run.until(lambda: live.columns[1].text().count("and") > 3)
            (worker,) = having_open(endless)
            worker.kill()
            run.until(lambda: not page.presenter.busy)
            texts = [column.text() for column in live.columns]
            assert "Paris" in texts[0] and texts[2] == PROMPT and texts[3] == PROMPT.upper()
            assert texts[1].startswith("on and then"), "what was said stays"
            run.until(live.columns[1]._banner.isVisible)
            assert "endless" in live.columns[1]._banner.accessibleName()
            assert all("Tokens" in column.metrics.accessibleName() for column in live.columns)

            page.presenter.set_columns((columns[0], columns[2]))
            run.until(lambda: len(live.columns) == 2 and not page.presenter.rounds)
            page._blind.click()
            run.until(lambda: page.presenter.comparison is not None and page.presenter.comparison.blind)
            ask(run, page, PROMPT)
            run.until(lambda: not page.presenter.busy)
            assert [column._name.full_text() for column in live.columns] == ["Model A", "Model B"]
            starter = next(at for at, column in enumerate(live.columns) if "Paris" in column.text())
            QTest.keyClick(live, Qt.Key.Key_1 if starter == 0 else Qt.Key.Key_2)
            run.until(lambda: "Starter" in live.votes._what.text())
            QTest.keyClick(live, Qt.Key.Key_L)
            table = page.board.table
            run.until(lambda: [row.wins for row in table.rows.rows] == [1, 0])
            assert "Starter" in table.rows.rows[0].name and table.rows.rows[0].few

            page.tabs.set_value("overnight")
            presenter = page.overnight._presenter
            presenter.start("Night", (PROMPT, "Hello!"), (columns[0], columns[3]))
            run.until(lambda: (night := presenter.run()) is not None and night.state is RunState.DONE)
            run.until(lambda: len(presenter.answers) == 4)
            report = tmp_path / "night.html"
            presenter.report(presenter.runs[0].id, report, lambda: None)
            run.until(lambda: report.exists() and "HELLO!" in report.read_text())

            page.tabs.set_value("live")
            live.columns[starter].keep_asked.emit()
            run.until(lambda: run.window._current == "chat")
            run.until(lambda: any("Paris" in answer.plain_text() for answer in run.answers()))
