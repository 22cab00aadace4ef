"""What the pictures show of adapters in chats, of mixes in the lists of models, and of the local server."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QApplication

from tests.support.fake_adapters import many, rack

Act = Callable[[Any], object]
FULL = ("full",)


def _settle(window: Any) -> None:
    from tools.settling import settle

    app = QApplication.instance()
    assert isinstance(app, QApplication)
    settle(app, window)


def _chat(act: Act = lambda page: None, *, prepare: Act = lambda chats: None) -> Act:
    def run(window: Any) -> None:
        prepare(window._backend.chats)
        window.show_page("chat")
        _settle(window)
        page = window.page("chat")
        page._side.show(True)
        _settle(window)
        act(page)
        _settle(window)

    return run


def _racked(chats: Any) -> None:
    chats._chats[1] = replace(chats._chats[1], rack=rack())


def _mixed(chats: Any) -> None:
    chats._chats[1] = replace(chats._chats[1], model_id="mix@1")


def _based(chats: Any) -> None:
    chats._chats[1] = replace(chats._chats[1], rack=replace(rack(), bypass=True))


def _remote(chats: Any) -> None:
    chats._chats[1] = replace(chats._chats[1], model_id="ollama@1/gemma3:4b")


def _add(page: Any) -> None:
    page._backend.adapters.put(*many(30))
    _settle(page.window())
    page.panel.adapters.mixer.add_button.click()


def _ticks(window: Any) -> None:
    window.show_page("bench")
    _settle(window)
    window.page("bench").new_run()


def _asked(window: Any) -> None:
    from PySide6.QtWidgets import QScrollArea

    window.open_settings("server")
    _settle(window)
    pane = window.page("settings").pane("server")
    pane.log.table.selectRow(3)
    _settle(window)
    pane.findChild(QScrollArea).ensureWidgetVisible(pane.log.detail, 0, 24)


ADAPTER_CHAT: tuple[tuple[str, tuple[str, ...], Act], ...] = (
    ("chat-faders", FULL, _chat(prepare=_racked)),
    ("chat-mix", FULL, _chat(lambda page: page.panel.adapters.mixes.open(), prepare=_mixed)),
    ("chat-base-alone", FULL, _chat(prepare=_based)),
    ("chat-no-adapters", FULL, _chat()),
    ("chat-add-adapter", FULL, _chat(_add, prepare=_racked)),
    ("chat-pick-mix", FULL, _chat(lambda page: page.panel.picker.open_list())),
    ("chat-save-mix", FULL, _chat(lambda page: page._adapters._ask_name(), prepare=_racked)),
    (
        "chat-refused-adapter",
        FULL,
        _chat(
            lambda page: page.panel.adapters.show_error(
                "pirate.gguf can’t be used with Qwen3-8B-Instruct. blk.0.attn_q.weight.lora_a is 2,560 × 16, "
                "the model has 4,096."
            ),
            prepare=_racked,
        ),
    ),
    ("bench-mixes", FULL, _ticks),
    ("settings-server-asked", FULL, _asked),
)
"""Name, states of the fake backend, and what is done to the window."""
