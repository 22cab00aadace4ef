"""What the pictures show of the Adapters page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QApplication

from tests.support import fake_adapters as fake

Act = Callable[[Any], object]
FULL = ("full",)


def _settle(window: Any) -> None:
    from tools.settling import settle

    app = QApplication.instance()
    assert isinstance(app, QApplication)
    settle(app, window)


def _page(*acts: Act) -> Act:
    """The page over the base of the fake adapters, after each of `acts` was done to it and settled."""

    def run(window: Any) -> None:
        window.show_page("adapters")
        page = window.page("adapters")
        _settle(window)
        for act in acts:
            act(page)
            _settle(window)

    return run


def _mixed(page: Any) -> None:
    page.presenter.set_rack(fake.rack())
    page.presenter.select(fake.shelf()[0].id)
    _settle(page.window())
    page.checks._measure.click()
    page.sweep.prompt.setText(fake.PROMPT)
    page.sweep.prompt.setCursorPosition(0)


def _select(name: str) -> Act:
    def act(page: Any) -> None:
        page.presenter.select(next(row.id for row in page.presenter.adapters if row.name == name))

    return act


def _sweep(share: float, kind: str = "one") -> Act:
    def act(page: Any) -> None:
        page.sweep.scales.setCurrentIndex(page.sweep.scales.findData(kind))
        page.sweep.run.click()
        _settle(page.window())
        sweeps = page.presenter._backend.sweeps
        if share < 1:
            sweeps.write(1, share)
        else:
            sweeps.end(1)
        page.window()._bridge.flush()

    return act


def _gone(page: Any) -> None:
    """The file of a fader is gone, and another base is looked at while a sweep runs."""
    page.presenter._backend.adapters.gone.add(fake.rack().strips[1].path)
    page.presenter.set_rack(fake.rack())
    page.presenter.select(next(row.id for row in page.presenter.adapters if row.name == "pirate"))


def _hub(page: Any) -> None:
    page.side.hub.choose("mirei/qwen3-haiku")


def _mixes(page: Any) -> None:
    page.mixing._open_mixes()


def _many(page: Any) -> None:
    page.presenter._backend.adapters.put(*fake.many(30))


def _add(words: str) -> Act:
    def act(page: Any) -> None:
        page.mixing.mixer.add_button.click()
        page.mixing.addable.search.setText(words)

    return act


def _merge(page: Any) -> None:
    page.merging.ask()


ADAPTERS: tuple[tuple[str, tuple[str, ...], Act], ...] = (
    ("adapters", ("empty", "error"), _page()),
    ("adapters", FULL, _page(_mixed, _sweep(1))),
    ("adapters-first", FULL, _page()),
    ("adapters-bad", FULL, _page(_mixed, _select("gemma-recipes"))),
    ("adapters-peft", FULL, _page(_select("letters-to-grandma"))),
    ("adapters-damaged", FULL, _page(_select("torn-download"))),
    ("adapters-running", FULL, _page(_mixed, _sweep(0.4))),
    ("adapters-grid", FULL, _page(_mixed, _sweep(1, "grid"))),
    ("adapters-gone", FULL, _page(_mixed, _sweep(0.4), _gone)),
    ("adapters-hub", FULL, _page(_hub)),
    ("adapters-mixes", FULL, _page(_mixed, _mixes)),
    ("adapters-add", FULL, _page(_mixed, _many, _add(""))),
    ("adapters-add-search", FULL, _page(_mixed, _many, _add("ma"))),
    ("adapters-add-none", FULL, _page(_mixed, _many, _add("no such words"))),
    ("adapters-merge", FULL, _page(_mixed, _merge)),
)
"""Name, states of the fake backend, and what is done to the window."""
