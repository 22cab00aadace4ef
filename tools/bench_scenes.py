"""What the pictures show of the Bench page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QApplication

Act = Callable[[Any], object]
ALL = ("empty", "full", "busy", "error")
FULL = ("full",)


def _settle(window: Any) -> None:
    from tools.settling import settle

    app = QApplication.instance()
    assert isinstance(app, QApplication)
    settle(app, window)


def _page(*acts: Act) -> Act:
    """The page, after each of `acts` was done to it and settled."""

    def run(window: Any) -> None:
        window.show_page("bench")
        _settle(window)
        for act in acts:
            act(window.page("bench"))
            _settle(window)

    return run


def _advanced(page: Any) -> None:
    sheet = page.new_run()
    sheet.models.set_ticked([model.id for model in page.presenter.shelf.models][1:4])
    sheet.speed.depths.edit.setText("0, 4096, 16384")
    sheet.speed.advanced.button.click()
    sheet.speed.batches.edit.setText("512, x")


def _new_suite(page: Any) -> None:
    sheet = page.new_run("suite")
    sheet.models.set_ticked([model.id for model in page.presenter.shelf.models][:2])


def _kitchen(kind: str) -> Act:
    """The own suite in the editor, at an item with this kind of check."""

    def act(page: Any) -> None:
        page.show_view("suites")
        page.suites.choose("kitchen")
        page.suites.part.set_value("prompts")
        editor = page.suites.editor
        place = next(at for at, item in enumerate(editor.table.items) if item.check.kind == kind)
        editor.view.setCurrentIndex(editor.table.index(place, 0))
        if kind == "regex":
            editor.form.check.accepted.setPlainText("(17:30")

    return act


def _two(page: Any) -> None:
    page.show_view("history")
    page.history.list.select(5, 4)


BENCH: tuple[tuple[str, tuple[str, ...], Act], ...] = (
    ("bench", ALL, _page()),
    ("bench-plan", ("busy",), _page(lambda page: page.side.show(True))),
    ("bench-new-speed", FULL, _page(lambda page: page.new_run())),
    ("bench-new-advanced", FULL, _page(_advanced)),
    ("bench-new-suite", FULL, _page(_new_suite)),
    ("bench-suites", ALL, _page(lambda page: page.show_view("suites"))),
    ("bench-suite-rules", FULL, _page(_kitchen("rules"))),
    ("bench-suite-wrong", FULL, _page(_kitchen("regex"))),
    ("bench-history", ALL, _page(lambda page: page.show_view("history"))),
    ("bench-history-two", FULL, _page(_two)),
    ("bench-models", FULL, _page(lambda page: page.speed.chart_model.choose(""))),
)
"""Name, states of the fake backend, and what is done to the window."""
