"""Offline, the command line and the window answer with the starter model and attempt no connection at all."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
GUARD = ROOT / "tests" / "support" / "socket_guard"


@pytest.fixture
def guarded(tmp_path: Path) -> tuple[dict[str, str], Path]:
    """An environment in which every network address is refused and noted, and the file of notes."""
    log = tmp_path / "sockets.log"
    environment = dict(os.environ)
    environment["PYTHONPATH"] = str(GUARD)
    environment["ORANGERY_SOCKET_LOG"] = str(log)
    return environment, log


def test_the_guard_itself_bites(guarded: tuple[dict[str, str], Path]) -> None:
    environment, log = guarded
    code = "import socket; socket.create_connection(('127.0.0.1', 9))"
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, timeout=60, check=False)
    assert done.returncode != 0
    assert "127.0.0.1" in log.read_text()


@pytest.mark.parametrize("way", ["--offline", "HF_HUB_OFFLINE"])
def test_chat_answers_offline_without_a_connection(
    way: str, guarded: tuple[dict[str, str], Path], tmp_path: Path
) -> None:
    environment, log = guarded
    command = [sys.executable, str(ROOT / "main.py"), "--home", str(tmp_path / "home")]
    if way == "--offline":
        command.append("--offline")
    else:
        environment["HF_HUB_OFFLINE"] = "1"
    command += ["chat", "starter", "What is LoRA?", "--temp", "0", "--json"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=180, check=False)
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert "adapter" in answer["text"].casefold() or "lora" in answer["text"].casefold()
    assert answer["finish_reason"] == "stop"
    assert not log.exists(), log.read_text()
