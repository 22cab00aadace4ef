"""Crashes while an answer streams into the real window: of the worker, and of the app itself (fault 28)."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from backend.chats.types import MessageState
from backend.events import MessageDelta
from tests.support.driving import metrics, prepare, put_in_cache, running
from tests.support.known_engine import know_engine
from tests.support.models import scripted_model
from tests.support.processes import workers
from ui.widgets.banner import Banner

ROOT = Path(__file__).resolve().parents[2]
ENDLESS = ("on ", "and ", "over ", "the ", "hills ", "they ", "went ")
NO_END = 1e9
CHECKPOINT_S = 1.0
"""Streamed text that is older than this survives a crash."""
SLACK_S = 1.5
"""What saving may take on a busy machine."""


@pytest.fixture
def endless(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A model in the library whose answer fills the whole context; some seconds of text."""
    cache = tmp_path / "hub"
    monkeypatch.setenv("HF_HUB_CACHE", str(cache))
    put_in_cache(
        cache, "acme/Endless", scripted_model(tmp_path / "endless.gguf", ENDLESS, loop=True, ffn=6144)
    )
    return "Endless"


def test_a_killed_worker_costs_one_answer(tmp_path: Path, endless: str, qapp: QApplication) -> None:
    prepare(qapp)
    with running(tmp_path / "home", offline=True) as run:
        run.open_chat(endless)
        pieces: list[str] = []
        run.bridge.on(MessageDelta, lambda event: pieces.append(event.text))
        run.ask("Tell me a story.")
        run.until(lambda: len("".join(pieces)) > 40)
        for worker in workers():
            worker.kill()
        answer = run.finished(1)
        assert answer.message.state is MessageState.INTERRUPTED
        assert answer.plain_text().startswith("on and over the hills they went on and")
        assert answer.plain_text().strip() == "".join(pieces).strip()
        assert metrics(answer).endswith("interrupted")
        (note,) = (banner for banner in answer.findChildren(Banner) if banner.isVisible())
        assert "memory" in note.accessibleName(), "it does not say what may have killed the model"

        pieces.clear()
        run.ask("Go on.")
        run.until(lambda: len("".join(pieces)) > 40)
        run.press("^Stop$")
        second = run.finished(2)
        assert metrics(second).endswith("stopped")
        assert second.plain_text().startswith("on and over the hills")


class Life:
    """A window in a process of its own; see `tests.support.window_life`."""

    def __init__(self, home: Path, action: str, argument: str, **environment: str) -> None:
        self.pieces: list[tuple[float, str]] = []
        self.last: dict[str, Any] = {}
        command = [sys.executable, "-m", "tests.support.window_life", action, argument]
        know_engine(home)
        command += ["--", "--home", str(home), "--offline"]
        self._process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=dict(os.environ, QT_QPA_PLATFORM="offscreen", **environment),
            stdout=subprocess.PIPE,
            text=True,
        )

    def read(self, seconds: float = NO_END) -> None:
        """Read what it says, until pieces of an answer have come for so long, or it has ended."""
        assert self._process.stdout is not None
        while not self.pieces or self.pieces[-1][0] - self.pieces[0][0] < seconds:
            line = self._process.stdout.readline()
            if not line:
                assert seconds == NO_END, "the window ended by itself"
                return
            said = json.loads(line)
            assert "error" not in said, said["error"]
            if "piece" in said:
                self.pieces.append((said["at"], said["piece"]))
            else:
                self.last = said

    def kill(self) -> float:
        """End it at once and read what it had still said; returns when."""
        at = time.time()
        self._process.send_signal(signal.SIGKILL)
        self.read()
        self.end()
        return at

    def end(self) -> int:
        code = self._process.wait(60)
        assert self._process.stdout is not None
        self._process.stdout.close()
        return code


def test_a_killed_app_keeps_what_it_had_shown(tmp_path: Path, endless: str) -> None:
    home = tmp_path / "home"
    first = Life(home, "ask", "Tell me a story.", ORANGERY_TEST_MODEL=endless)
    first.read(seconds=3)
    killed = first.kill()
    shown = "".join(text for _, text in first.pieces)
    safe = "".join(text for at, text in first.pieces if at < killed - CHECKPOINT_S - SLACK_S)
    assert safe
    assert not first.last, "the answer was over before the app was killed"

    second = Life(home, "read", "1")
    second.read()
    assert second.end() == 0
    kept = second.last["answer"]
    assert second.last["state"] == MessageState.INTERRUPTED
    assert second.last["metrics"].endswith("interrupted")
    assert second.last["notes"] == ["Orangery was ended before this answer was complete."]
    assert kept.strip()
    assert shown.startswith(kept) or kept.startswith(shown.rstrip())
    assert len(kept) >= len(safe.rstrip()), f"{len(kept)} of {len(shown)} characters were kept"
