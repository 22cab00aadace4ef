"""Offline, the command line and the window answer with the starter model and attempt no connection at all.

The guard sits in every Python process of the run, workers included; network sockets that native code might
open are looked for as well.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.known_engine import know_engine

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Guard:
    """The socket guard in a folder of its own.

    Attributes:
        environment: For child processes: no network address can be reached.
    """

    folder: Path
    environment: dict[str, str]

    @property
    def attempts(self) -> str:
        """Every refused attempt, one per line."""
        log = self.folder / "attempts.log"
        return log.read_text() if log.exists() else ""

    @property
    def processes(self) -> list[str]:
        """Process id and command line of every process that was guarded."""
        return (self.folder / "processes.log").read_text().splitlines()

    def run(self, *command: str, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *command],
            env=self.environment | more,
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=180,
            check=False,
        )


@pytest.fixture
def guard(tmp_path: Path) -> Guard:
    folder = tmp_path / "guard"
    folder.mkdir()
    shutil.copy(ROOT / "tests" / "support" / "socket_guard" / "sitecustomize.py", folder)
    environment = dict(os.environ, PYTHONPATH=str(folder), QT_QPA_PLATFORM="offscreen")
    environment.pop("OLLAMA_HOST", None)  # who names a server wants it to be asked
    return Guard(folder, environment)


def test_the_guard_itself_bites(guard: Guard) -> None:
    done = guard.run("-c", "import socket; socket.create_connection(('127.0.0.1', 9))")
    assert done.returncode != 0
    assert "127.0.0.1" in guard.attempts


@pytest.mark.parametrize("way", ["--offline", "HF_HUB_OFFLINE"])
def test_chat_answers_offline_without_a_connection(way: str, guard: Guard, tmp_path: Path) -> None:
    know_engine(tmp_path / "home")
    command = [str(ROOT / "main.py"), "--home", str(tmp_path / "home")]
    more = {"HF_HUB_OFFLINE": "1"} if way == "HF_HUB_OFFLINE" else {}
    command += ["--offline"] if way == "--offline" else []
    done = guard.run(*command, "chat", "starter", "What is LoRA?", "--temp", "0", "--json", **more)
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert "adapter" in answer["text"].casefold() or "lora" in answer["text"].casefold()
    assert answer["finish_reason"] == "stop"
    assert not guard.attempts


@pytest.mark.parametrize("way", ["--offline", "HF_HUB_OFFLINE"])
def test_the_window_chats_offline_without_a_connection(way: str, guard: Guard, tmp_path: Path) -> None:
    know_engine(tmp_path / "home")
    arguments = ["--home", str(tmp_path / "home")]
    more = {"HF_HUB_OFFLINE": "1"} if way == "HF_HUB_OFFLINE" else {}
    arguments += ["--offline"] if way == "--offline" else []
    done = guard.run("-m", "tests.support.window_life", "ask", "What is LoRA?", "--", *arguments, **more)
    assert done.returncode == 0, done.stderr
    *pieces, last = [json.loads(line) for line in done.stdout.splitlines()]
    assert "error" not in last, last
    assert last["offline"], "the switch in the frame does not show it"
    assert "adapter" in last["answer"].casefold() or "lora" in last["answer"].casefold()
    assert last["metrics"].endswith("finished")
    assert "".join(piece["piece"] for piece in pieces).strip() == last["answer"].strip()
    assert not guard.attempts
    assert last["sockets"] == []
    assert last["processes"] > 1
    assert any("--worker" in line for line in guard.processes), "the workers were not guarded"


def test_without_a_click_nothing_is_contacted_online_either(guard: Guard, tmp_path: Path) -> None:
    arguments = ["--home", str(tmp_path / "home")]
    for start in ("the first", "a later"):
        done = guard.run("-m", "tests.support.window_life", "ask", "What is LoRA?", "--", *arguments)
        assert done.returncode == 0, done.stderr
        assert not json.loads(done.stdout.splitlines()[-1])["offline"]
        assert not guard.attempts, f"{start} start went to the network"
