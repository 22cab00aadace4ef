"""The Bench page in the real window, over the real service: measure the starter model, let it answer its
suite, look at both in the history, and export."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog

from backend.compare.types import RunState
from tests.support.driving import Run, click, prepare, running
from ui.pages.bench.new_run import NewRun
from ui.pages.bench.results import SpeedTest
from ui.pages.bench.view import BenchPage


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qapp: QApplication) -> Iterator[Run]:
    prepare(qapp)
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hub"))
    with running(tmp_path / "home", offline=True) as run:
        yield run


def _sheet(run: Run, page: BenchPage) -> NewRun:
    run.until(lambda: any(each.isVisible() for each in page.findChildren(NewRun)))
    return next(each for each in page.findChildren(NewRun) if each.isVisible())


def _begin(run: Run, page: BenchPage, sheet: NewRun) -> None:
    """Start what the sheet says, and wait until it is over."""
    before = {each.id for each in page.presenter.runs}
    run.until(sheet.go.isEnabled)
    click(sheet.go)

    def over() -> bool:
        fresh = [each for each in page.presenter.runs if each.id not in before]
        assert all(each.state is not RunState.FAILED for each in fresh), fresh[0].error_title
        return bool(fresh) and fresh[0].state is RunState.DONE

    run.until(over, 60_000)


def test_the_starter_model_is_measured_and_answers_its_suite(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run.go("Bench")
    page = run.window.page("bench")
    assert isinstance(page, BenchPage)
    run.until(lambda: page.presenter.suggestion() is not None and page.presenter.loaded)
    run.press("^New run$")
    sheet = _sheet(run, page)
    run.until(lambda: sheet.models.ticked() == ("starter",))
    sheet.speed.prompts.edit.setText("32")
    sheet.speed.writes.edit.setText("8")
    sheet.speed.depths.edit.setText("0, 16")
    sheet.speed.repetitions.setValue(2)
    _begin(run, page, sheet)
    run.until(lambda: page.speed.proxy.shown() and not page.speed.proxy.shown()[0].running)
    (row,) = page.speed.proxy.shown()
    sizes = ((False, 32), (True, 8))
    for test in (SpeedTest(*size, depth) for size in sizes for depth in (0, 16)):
        assert (row.cells[test].mean or 0) > 0 and row.cells[test].passes == 2, test.name
    assert [bar.test.name for bar in page.speed.bars.bars()] == ["tg8", "tg8 @ d16"]

    out = tmp_path / "speed.json"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_anything: (str(out), ""))
    menu = page.export_menu()
    menu.actions()[1].trigger()
    menu.close()
    run.until(lambda: out.exists() and out.read_text().strip().endswith("]"))
    rows = json.loads(out.read_text())
    assert {(each["n_prompt"], each["n_gen"]) for each in rows} == {(32, 0), (0, 8)}
    assert all(len(each["samples_ts"]) == 2 for each in rows)

    page.show_view("suites")
    long = run.backend.bench.suite("starter")
    run.backend.bench.save_suite(
        replace(long, name="short", title="Short", items=long.items[:10], bundled=False)
    )
    run.until(lambda: page.presenter.suite("short") is not None)
    page.suites.choose("short")
    run.press("^Run it$")
    sheet = _sheet(run, page)
    sheet.models.set_ticked(["starter"])
    _begin(run, page, sheet)
    run.until(lambda: (score := page.suites.matrix.score(0, 1)) is not None and score.total == 10)
    score = page.suites.matrix.score(0, 1)
    assert score is not None and 0.3 < score.low < score.share
    page.suites.answers.filter.set_value(True)
    run.until(lambda: len(page.suites.answers.shown()) == 10)
    assert all(answer.text or answer.error_title for answer in page.suites.answers.shown())

    page.show_view("history")
    assert [each.kind for each in page.history.table.runs] == ["suite", "speed"]
