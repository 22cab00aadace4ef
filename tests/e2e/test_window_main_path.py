"""The way through the whole app that a person takes on the first evening, with the real window, the real hub
client, the real queue and the real worker: search, see the fit, download, chat, quit, start again, go on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel

from backend.chats.types import MessageState
from backend.events import MessageDelta
from backend.paths import STARTER_MODEL
from tests.support.driving import Run, click_row, metrics, prepare, running, spoken, write
from tests.support.standin_hub import File, Repo, StandInHub
from tests.support.tiny_gguf import tiny_llama
from ui.widgets.buttons import Button
from ui.widgets.search_field import SearchField

CARD = "# Sprout\n\nA **small** model for tests.\n"


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[StandInHub]:
    """A hub with one repository of two files that the engine really loads, and two hundred others."""
    small = tiny_llama(tmp_path / "tiny.gguf", quant="Q8_0")
    with StandInHub(tmp_path / "hub") as hub:
        hub.add_rows(60, head=small)
        hub.add_repo(
            Repo(
                "acme/Sprout-GGUF",
                (
                    File("Sprout-Q4_K_M.gguf", source=str(STARTER_MODEL)),
                    File("Sprout-Q2_K.gguf", source=str(small)),
                ),
                downloads=12_345,
                likes=67,
                card=CARD,
            )
        )
        monkeypatch.setenv("HF_ENDPOINT", hub.endpoint)
        yield hub


def download_by_search(run: Run, hub: StandInHub) -> None:
    """From the welcome to a model on the disk."""
    assert run.wait_for(QLabel, "^Welcome to Orangery$")
    field = run.wait_for(SearchField, "Know what you want")
    write(field, "sprout", enter=True)
    found = run.wait_for(QAbstractItemView, "^Models found$")
    run.until(lambda: found.model().rowCount() == 1)
    run.until(lambda: "Fits" in spoken(found, 0))
    assert "Sprout-GGUF by acme" in spoken(found, 0)
    looked_at = sum(entry.sent for entry in hub.log("*.gguf", server="cdn"))
    assert looked_at < STARTER_MODEL.stat().st_size / 4, "seeing the fit must not cost a download"
    click_row(found, 0)
    run.press(r"^Download Q4_K_M\s+5.8.MB$")
    run.wait_for(Button, "^Chat$", timeout=60_000)
    served = hub.log("*Sprout-Q4_K_M.gguf", server="cdn", method="GET")
    assert sum(entry.sent for entry in served) >= STARTER_MODEL.stat().st_size


def test_search_download_chat_quit_and_go_on(tmp_path: Path, hub: StandInHub, qapp: QApplication) -> None:
    prepare(qapp)
    home = tmp_path / "home"
    with running(home) as run:
        download_by_search(run, hub)

        run.open_chat("Sprout")
        pieces: list[str] = []
        run.bridge.on(MessageDelta, lambda event: pieces.append(event.text))
        run.ask("What is the capital of Italy?")
        first = run.finished(1)
        assert first.accessibleName() == "Answer of Sprout"
        assert "Rome" in first.plain_text()
        assert "".join(pieces).strip() == first.plain_text().strip()
        assert re.search(r"^[\d.,]+ tok/s, first token [\d.,]+ s, \d+ tokens, finished$", metrics(first))
        said = first.plain_text()

    with running(home) as run:
        # The page of the last time is shown again, with the chat of the last time.
        again = run.finished(1)
        assert again.plain_text() == said
        assert metrics(again).endswith("finished")
        run.ask("Thank you!")
        second = run.finished(2)
        assert second.plain_text().strip()
        chat = run.backend.chats.chats()[0]
        states = [message.state for message in run.backend.chats.messages(chat.id)]
        assert states == [MessageState.DONE] * 4


def test_chat_now_needs_no_hub(tmp_path: Path, qapp: QApplication) -> None:
    """The primary action of the first start, with nothing there to connect to."""
    prepare(qapp)
    with running(tmp_path / "home", offline=True) as run:
        run.press("^Chat now$")
        run.ask("What is LoRA?")
        answer = run.finished(1)
        assert re.search("adapter|LoRA", answer.plain_text())
