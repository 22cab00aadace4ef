"""Discover says how to run a model best here, and takes over what is chosen."""

from __future__ import annotations

from collections.abc import Callable

from pytestqt.qtbot import QtBot

from tests.support.driving import Run, click
from tests.ui.conftest import Opened, settle

Open = Callable[..., Opened]


def opened_files(open_window: Open, qtbot: QtBot, state: str = "full") -> tuple[Run, object]:
    opened = open_window(state, page="discover", size=(1600, 1000))
    page = opened.window.page("discover")
    page.search("")
    settle(qtbot)
    run = Run(opened.window, opened.backend, opened.bridge)  # type: ignore[arg-type]
    files = page._detail._files
    run.until(lambda: files.rows and all(row.fit and not row.fit.approximate for row in files.rows))
    run.until(files.plan.longest.isVisible)
    return run, files


def test_the_best_way_is_one_click(open_window: Open, qtbot: QtBot) -> None:
    run, files = opened_files(open_window, qtbot)
    assert files.current().quant.label == "Q4_K_M"
    assert files.plan.best.text() == "Q8_0, 8,192 tokens, F16 cache"
    assert files.plan._why.full_text().startswith("Everything you asked for fits")
    click(files.plan.best)
    assert files.current().quant.label == "Q8_0"
    click(files.plan.longest)
    run.until(lambda: files.current().fit is not None and files.current().fit.run.n_ctx > 8192)
    longest = files._context.currentData()
    run.until(lambda: files.current().fit.ledger.source == "engine")
    assert files.current().fit.run.n_ctx == longest
    assert files.plan.best.text() == "Q8_0, 8,192 tokens, F16 cache", "the wish is still the same"


def test_all_ways_are_in_a_menu_with_their_reasons(open_window: Open, qtbot: QtBot) -> None:
    run, files = opened_files(open_window, qtbot)
    menu = files.plan.more.menu()
    entries = menu.actions()
    assert len(entries) > 2
    assert all(entry.toolTip() for entry in entries)
    entries[-1].trigger()
    run.until(lambda: files.current().quant.label == "Q2_K")
    menu.deleteLater()
    files._kv.setCurrentIndex(1)
    files._context.setCurrentIndex(files._context.findData(32768))
    run.until(lambda: "32,768" in files.plan.best.text())


def test_speeds_are_ranges_until_the_machine_was_measured(open_window: Open, qtbot: QtBot) -> None:
    _run, files = opened_files(open_window, qtbot, "busy")
    speed = files._model.index(3, 5).data()
    assert speed == "~26–44"
    assert files._breakdown._note.text().startswith("Writes ~26–44 tok/s, reads a prompt at ~")
