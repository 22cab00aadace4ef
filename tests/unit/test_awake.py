"""The computer is kept awake by a program that runs exactly as long as it is wanted."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import psutil
import pytest

from backend.awake import Awake


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems have other ways")
def test_the_program_that_keeps_awake_lives_from_hold_to_release(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tail = shutil.which("tail")
    assert tail is not None
    (tmp_path / "tail").symlink_to(tail)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not Awake().possible
    stand_in = tmp_path / "systemd-inhibit"
    stand_in.write_text('#!/bin/sh\nwhile [ "${1#--}" != "$1" ]; do shift; done\nexec "$@"\n')
    stand_in.chmod(0o755)
    others = psutil.Process().children()
    awake = Awake()
    assert awake.possible and not awake.held
    awake.release()
    awake.hold()
    awake.hold()
    (child,) = (child for child in psutil.Process().children() if child not in others)
    assert awake.held and child.is_running()
    awake.release()
    assert not awake.held and not child.is_running()
    assert child not in psutil.Process().children()
