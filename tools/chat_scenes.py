"""What the pictures show of the chat page beside its usual states."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication

from backend.chats.types import Attachment, Replay, Summary
from backend.engines.types import (
    Alternative,
    EngineFlags,
    LoadOptions,
    RunCard,
    Sampling,
    Timings,
    TokenChoice,
)
from tests.support import fake_data as data

Act = Callable[[Any], object]
FULL = ("full",)
_ODDS = (0.98, 0.62, 0.999, 0.35, 0.9, 0.12, 0.55, 0.97)
CARD = RunCard(
    model_id="hf:Qwen/Qwen3-8B-Instruct/Qwen3-8B-Instruct-Q4_K_M.gguf",
    model_name="Qwen3-8B-Instruct",
    quant="Q4_K_M",
    address="/home/anna/.cache/huggingface/hub/models--Qwen--Qwen3-8B-GGUF/snapshots/6e3d/Qwen3-8B-Q4_K_M.gguf",
    sha256="d98cdcbd03e17ce47681435b5150e34c1417f50b5c0019dd560e4882c5745785",
    size=5_030_000_000,
    engine_version="llama-cpp-python 0.3.36",
    flags=EngineFlags(use_extra_bufts=False),
    options=LoadOptions(n_ctx=8192, threads=8),
    sampling=Sampling(),
    seed=1_827_364_554,
    system_prompt="Write short, working Python for a beginner.",
    template_sha256="a55ee1b1660128b7098723e0abcd92caa0788061051c62d51cbe87d9cf1974d8",
    cpu="AMD Ryzen 7 5800X 8-Core Processor",
    created=data.NOW - 120,
)


def _settle(window: Any) -> None:
    from tools.settling import settle

    app = QApplication.instance()
    assert isinstance(app, QApplication)
    settle(app, window)


def _chat(prepare: Act = lambda chats: None, act: Act = lambda page: None) -> Act:
    """The chat page: `prepare` gets the fake chats before it is shown, `act` the page after."""

    def run(window: Any) -> None:
        prepare(window._backend.chats)
        window.show_page("chat")
        _settle(window)
        page = window.page("chat")
        act(page)
        _settle(window)

    return run


def _arranged(chats: Any) -> None:
    kitchen, work = chats.add_folder("Kitchen and garden"), chats.add_folder("Work")
    for chat in chats.chats():
        if "Sourdough" in chat.title or "Tomatoes" in chat.title:
            chats.move(chat.id, kitchen.id)
        if "Regex" in chat.title or "SQL" in chat.title:
            chats.move(chat.id, work.id)
        if "landlord" in chat.title:
            chats.pin(chat.id)


def _close_folder(page: Any) -> None:
    page.conversations.folder_toggled.emit(2, False)
    page.presenter.answering.set_busy(4, True)


def _search(page: Any) -> None:
    page.conversations.search.setText("photo")


def _scroll_panel(page: Any, to: Any) -> None:
    from PySide6.QtWidgets import QScrollArea

    page._side.show(True)
    area = page.panel.findChild(QScrollArea)
    area.ensureWidgetVisible(to, 0, 12)


def _grammar(page: Any) -> None:
    form = page.panel.format
    form.kind.setCurrentIndex(form.kind.findData("grammar"))
    form.kind.activated.emit(form.kind.currentIndex())
    form.editor.setPlainText('root ::= "yes" | maybe\nmaybe ::= "perhaps" (" so"\n')
    _settle(page.window())
    _scroll_panel(page, form)


def _left_out(chats: Any) -> None:
    chats.use = replace(chats.use, conversation=6900, left_out=12, summary=180)
    chats.own_summary = Summary(
        1,
        1,
        2,
        "Anna wants to rename her photos by the date they were taken. A script with Pillow was written; it "
        "skips photos without a date and overwrites nothing.",
    )
    chats._chats[1] = replace(chats._chats[1], overflow="summarise")


def _presets(page: Any) -> None:
    _scroll_panel(page, page.panel.defaults)
    page.panel.presets.open()


def _carded(chats: Any) -> None:
    rows = chats._messages[1]
    rows[1] = replace(rows[1], card=CARD, has_choices=True)
    text = "This reads the date from each photo and renames the file. Photos without a date are skipped."
    chats.told[rows[1].id] = _choices(text * 3)


def _choices(text: str) -> tuple[TokenChoice, ...]:
    words = text.split(" ")
    made = []
    for at, word in enumerate(words):
        odds = _ODDS[at % len(_ODDS)]
        rest = [(" the", (1 - odds) * 0.6), (" a", (1 - odds) * 0.3), (" its", (1 - odds) * 0.1)]
        token = word if at == 0 else f" {word}"
        likely = [Alternative(token, math.log(odds))]
        likely += [Alternative(other, math.log(share)) for other, share in rest]
        likely.sort(key=lambda each: -each.logprob)
        made.append(TokenChoice(token, math.log(odds), tuple(likely)))
    return tuple(made)


def _first_answer(page: Any) -> Any:
    message = page.transcript.messages()[1]
    page.transcript.show_message(message.id)
    return page.transcript.view_of(message.id)


def _tokens(page: Any) -> None:
    view = _first_answer(page)
    page._messages.act("tokens", view.message.id)
    _settle(page.window())
    view.reveal()
    view._tokens.choose(5)


def _menu(page: Any) -> None:
    view = _first_answer(page)
    view.setFocus()
    view.reveal()
    page._messages.act("more", view.message.id)


def _edit(page: Any) -> None:
    page.transcript.view_of(page.transcript.messages()[-1].id).start_edit()


def _card(page: Any) -> None:
    page._messages.act("card", page.transcript.messages()[1].id)


def _replay(same: bool) -> Act:
    def prepare(chats: Any) -> None:
        _carded(chats)
        text = chats._messages[1][1].text
        before, now = Timings(212, 0, 428, 0.31, 640.0, 53.8), Timings(212, 0, 431, 0.29, 655.0, 49.6)
        changed = () if same else ("The engine is llama-cpp-python 0.3.37; it was 0.3.36.",)
        chats.replayed = Replay(
            2, text if same else text[:120] + "And another end.", same, len(text) if same else 120, before,
            now, changed,
        )  # fmt: skip

    return _chat(prepare, lambda page: page._messages.act("replay", page.transcript.messages()[1].id))


NOTES = Attachment("trip-to-lisbon-notes.md", "text", 12_400, "# Lisbon\n\nTram 28, early.\n" * 40, "", 3120)
PHOTO = Attachment("harbour.png", "image", 412_000, "", "", 1024)


def _attached(chats: Any) -> None:
    chats.files = {Path("/n/notes.md"): NOTES, Path("/n/harbour.png"): PHOTO}
    rows = chats._messages[1]
    rows[2] = replace(rows[2], attachments=(replace(NOTES, name="names.csv"), PHOTO))


def _attach(page: Any) -> None:
    page.presenter.attach([Path("/n/notes.md"), Path("/n/harbour.png")])
    _settle(page.window())
    view = page.transcript.view_of(page.transcript.messages()[2].id)
    view._files.chips()[0].click()
    page.transcript.show_message(view.message.id)
    page.presenter.attach([Path("/n/program.exe")])


def _switched(chats: Any) -> None:
    rows = chats._messages[1]
    rows[3] = replace(
        rows[3], model_id="ollama@1/gemma3:4b", model_name="gemma3:4b", quant="Q4_K_M", edited=True
    )


def _many(page: Any) -> None:
    listed = page.conversations
    listed.list.setFocus()
    selection = listed.list.selectionModel()
    for at in (1, 2, 3):
        selection.select(listed.model.index(at), selection.SelectionFlag.Select)
    listed.menu_asked.emit(listed.list.selected(), listed.list.mapToGlobal(listed.list.rect().center()))


CHAT: tuple[tuple[str, tuple[str, ...], Act], ...] = (
    ("chat-folders", FULL, _chat(_arranged, _close_folder)),
    ("chat-search", FULL, _chat(act=_search)),
    ("chat-several", FULL, _chat(act=_many)),
    ("chat-grammar", FULL, _chat(act=_grammar)),
    ("chat-summary", FULL, _chat(_left_out, lambda page: page._panel.show_summary())),
    ("chat-left-out", FULL, _chat(_left_out, lambda page: page._side.show(True))),
    ("chat-presets", FULL, _chat(act=_presets)),
    ("chat-tokens", FULL, _chat(_carded, _tokens)),
    ("chat-menu", FULL, _chat(_carded, _menu)),
    ("chat-edit", FULL, _chat(act=_edit)),
    ("chat-card", FULL, _chat(_carded, _card)),
    ("chat-replay-same", FULL, _replay(True)),
    ("chat-replay-other", FULL, _replay(False)),
    ("chat-files", FULL, _chat(_attached, _attach)),
    ("chat-switched", FULL, _chat(_switched)),
)
"""Name, states of the fake backend, and what is done to the window."""
