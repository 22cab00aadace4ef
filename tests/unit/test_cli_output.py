"""What the command line prints: on any terminal, and whatever strangers wrote into names and answers."""

from __future__ import annotations

import io
import json
import sys

import pytest

from backend.cli import output


def narrow(monkeypatch: pytest.MonkeyPatch) -> io.BytesIO:
    """Make standard output one that only takes ASCII, as a pipe on Windows takes only its code page."""
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii", write_through=True))
    output.prepare()
    return raw


def test_a_terminal_without_the_letter_gets_another(monkeypatch: pytest.MonkeyPatch) -> None:
    printed = narrow(monkeypatch)
    output.table([["gemma", "–"]], ["Model", "Size"])
    assert printed.getvalue().split()[-2:] == [b"gemma", b"?"]


def test_json_loses_no_letter_on_such_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    printed = narrow(monkeypatch)
    output.document({"text": "zażółć 🌳"})
    assert json.loads(printed.getvalue()) == {"text": "zażółć 🌳"}


def test_no_name_steers_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    output.line("a\x1b[2Jb\x9b1mc\rd\n\te")
    output.say("\x1b]0;title\x07")
    shown = capsys.readouterr()
    assert shown.out == "a�[2Jb�1mc�d\n\te\n"
    assert "\x1b" not in shown.err and "\x07" not in shown.err
