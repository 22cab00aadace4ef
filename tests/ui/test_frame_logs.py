"""The log file keeps no secrets; a crash of the run before is found."""

from __future__ import annotations

import logging
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.paths import RESOURCES
from ui.frame import logs


@pytest.fixture
def log_file(tmp_path: Path) -> Iterator[Path]:
    level = logging.getLogger().level
    handler = logs.open_log(tmp_path)
    yield tmp_path / logs.LOG
    logs.close_log(handler)
    logging.getLogger().setLevel(level)


def test_tokens_never_reach_the_log(log_file: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Also not inside of a traceback."""
    log = logging.getLogger("test")
    log.info("sent Authorization: Bearer hf_abcdefghijklmnop to the hub")
    try:
        raise ValueError("hf_zyxwvutsrqponm refused")
    except ValueError:
        log.info("failed", exc_info=True)
    text = log_file.read_text(encoding="utf-8")
    assert "refused" in text and "to the hub" in text
    assert "abcdefgh" not in text and "zyxwvut" not in text


def test_a_long_log_is_set_aside(tmp_path: Path) -> None:
    (tmp_path / logs.LOG).write_bytes(b"x" * (logs.MAX_BYTES + 1))
    level = logging.getLogger().level
    logs.close_log(logs.open_log(tmp_path))
    logging.getLogger().setLevel(level)
    assert (tmp_path / "orangery.1.log").exists()


def test_a_folder_that_cannot_be_written_is_no_reason_to_stop(tmp_path: Path) -> None:
    (tmp_path / logs.LOG).mkdir()
    handler = logs.open_log(tmp_path / "missing" / "folder")
    logs.close_log(handler)
    assert logs.enable_fault_log(tmp_path / "missing") is None


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a disk that is always full")
def test_a_full_disk_does_not_fill_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / logs.LOG).symlink_to("/dev/full")
    level = logging.getLogger().level
    handler = logs.open_log(tmp_path)
    try:
        logging.getLogger("tests").info("a line that does not fit")
    finally:
        logs.close_log(handler)
        logging.getLogger().setLevel(level)
    assert not capsys.readouterr().err


def test_a_native_crash_is_found_by_the_next_start(tmp_path: Path) -> None:
    code = (
        "import sys, faulthandler; from pathlib import Path; from ui.frame import logs;"
        "print(logs.enable_fault_log(Path(sys.argv[1])) is not None, flush=True);"
        "faulthandler._sigabrt() if sys.argv[2] == 'crash' else None"
    )

    def start(what: str) -> str:
        command = [sys.executable, "-c", code, str(tmp_path), what]
        return subprocess.run(
            command, capture_output=True, text=True, cwd=RESOURCES.parent, check=False
        ).stdout

    assert start("crash") == "False\n"
    assert start("end") == "True\n"
    assert start("end") == "False\n"
    assert "Fatal Python error" in (tmp_path / "crash.previous.log").read_text(encoding="utf-8")
