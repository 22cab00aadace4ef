"""Models of other engines on the command line: list, chat, and how it fails."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.command_line import CommandLine
from tests.support.standin_ollama.daemon import StandInDaemon
from tests.support.standin_openai import StandInOpenAI


def test_models_of_connections(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with (
        StandInOpenAI("vllm", ("upper/words", "echo")) as server,
        StandInDaemon(tmp_path / "store") as daemon,
    ):
        daemon.have("echo:1b")
        cli = CommandLine(tmp_path, OLLAMA_HOST=daemon.url)
        settings = cli.home / "config" / "settings.json"
        settings.parent.mkdir(parents=True)
        rows = [{"id": "box", "kind": "openai", "name": "My box", "url": server.url}]
        rows.append({"id": "dead", "kind": "openai", "name": "Dead", "url": "http://127.0.0.1:9/v1"})
        settings.write_text(json.dumps({"connections": rows}))

        listed = cli.inside(monkeypatch, capsys, "ls", "--remote", "--json")
        assert [row["id"] for row in listed.json] == [
            "ollama@ollama/echo:1b",
            "openai@box/upper/words",
            "openai@box/echo",
        ]
        assert "Dead" in listed.err
        table = cli.inside(monkeypatch, capsys, "ls", "--remote").out
        assert "openai@box/echo" in table
        answer = cli.inside(monkeypatch, capsys, "chat", "openai@box/upper/words", "good day", "--json").json
        assert (answer["text"], answer["finish_reason"], answer["n_ctx"]) == ("GOOD DAY", "stop", 4096)
        streamed = cli.inside(monkeypatch, capsys, "chat", "ollama@ollama/echo:1b", "good day")
        assert streamed.out.strip() == "good day"
        for spec, words in (
            ("openai@box/nothing", "nothing"),
            ("openai@gone/x", "gone"),
            ("openai@dead/x", "9"),
        ):
            done = cli.inside(monkeypatch, capsys, "chat", spec, "hello")
            assert done.code == 1
            assert words in done.err
