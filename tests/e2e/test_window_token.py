"""An access token through the real window and backend: it reaches the hub and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import keyring.backends.fail
import pytest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from tests.support.driving import prepare, running, shown, write
from tests.support.keyrings import installed
from tests.support.standin_hub import StandInHub

SECRET = "hf_a1B2c3D4e5F6secret"


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[StandInHub]:
    """A hub that knows one account, and a system without a keyring."""
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hf"))
    for name in ("HF_TOKEN", "HUGGING_FACE_HUB_TOKEN", "HF_TOKEN_PATH"):
        monkeypatch.delenv(name, raising=False)
    # Not by the environment: another test of this process may have asked for the keyring before.
    with installed(keyring.backends.fail.Keyring()), StandInHub(tmp_path / "hub") as hub:
        hub.account(SECRET, "anna-k")
        monkeypatch.setenv("HF_ENDPOINT", hub.endpoint)
        yield hub


def test_a_token_signs_in_and_is_gone_with_the_session(
    qtbot: QtBot, tmp_path: Path, hub: StandInHub, qapp: QApplication
) -> None:
    prepare(qapp)
    home = tmp_path / "home"
    with running(home) as run:
        run.window.open_settings("connections")
        run.wait_for(QLabel, "^This system has no keyring")
        write(run.wait_for(QLineEdit, "^New access token$"), SECRET, enter=True)
        run.wait_for(QLabel, "^Signed in as anna-k$")
        run.wait_for(QLabel, "for this session only")
        entry = hub.log("/api/whoami-v2")[-1]
        assert entry.token == SECRET
        assert SECRET not in repr(run.backend.network.ledger())
    written = [file for file in home.rglob("*") if file.is_file()]
    assert written, "the profile is there"
    assert not [file.name for file in written if SECRET.encode() in file.read_bytes()]

    with running(home) as run:
        run.window.open_settings("connections")
        run.wait_for(QLabel, "^None. Everything but gated")
        assert run.backend.tokens.current() is None
        assert not shown(run.window, QLabel, "anna-k")
