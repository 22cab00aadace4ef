"""What the pictures show of the Compare page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QApplication

from backend.compare.types import Vote

Act = Callable[[Any], object]
ALL = ("empty", "full", "busy", "error")
FULL = ("full",)


def _settle(window: Any) -> None:
    from tools.settling import settle

    app = QApplication.instance()
    assert isinstance(app, QApplication)
    settle(app, window)


def _page(act: Act = lambda page: None) -> Act:
    def run(window: Any) -> None:
        window.show_page("compare")
        _settle(window)
        act(window.page("compare"))
        _settle(window)

    return run


def _voted(page: Any) -> None:
    page.presenter.vote(Vote("best", 0))


def _six(page: Any) -> None:
    page.presenter.set_columns(page.presenter.columns * 2)


def _overnight(page: Any) -> None:
    page.tabs.set_value("overnight")


def _new_run(page: Any) -> None:
    page.tabs.set_value("overnight")
    page.overnight.new_run()


COMPARE: tuple[tuple[str, tuple[str, ...], Act], ...] = (
    ("compare", ALL, _page()),
    ("compare-voted", FULL, _page(_voted)),
    ("compare-six", FULL, _page(_six)),
    ("compare-board", ("empty", "full"), _page(lambda page: page.tabs.set_value("board"))),
    ("compare-overnight", ("empty", "full"), _page(_overnight)),
    ("compare-new-run", FULL, _page(_new_run)),
    ("compare-sheet", FULL, _page(lambda page: page.live.edit_column(0))),
    ("compare-differences", FULL, _page(lambda page: page.live.columns[0].diff_asked.emit())),
)
"""Name, states of the fake backend, and what is done to the window."""
