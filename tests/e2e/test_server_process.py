"""``main.py serve`` as people run it: a process that serves until Ctrl+C."""

from __future__ import annotations

import contextlib
import json
import re
import signal
import socket
import subprocess
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import openai
import pytest
from openai import OpenAI

from backend.cli import serve
from tests.support.command_line import CommandLine
from tests.support.serving import ask, free_port, opened_stream

SECRET = "The password of the garden is marigold."


@pytest.fixture
def cli(tmp_path: Path) -> CommandLine:
    return CommandLine(tmp_path)


def test_it_serves_until_ctrl_c(cli: CommandLine, tmp_path: Path) -> None:
    said = tmp_path / "said.txt"
    with said.open("w") as err, contextlib.ExitStack() as stack:
        process = stack.enter_context(
            subprocess.Popen(
                cli.command("serve", "--port", "0", "--token", "ora-mine", "--json", "--offline"),
                stdout=subprocess.PIPE,
                stderr=err,
                text=True,
                env=cli.environment,
            )
        )
        stack.callback(process.kill)
        assert process.stdout is not None
        document = ""
        while not document.endswith("\n}\n"):
            line = process.stdout.readline()
            assert line, said.read_text()
            document += line
        told = json.loads(document)
        assert (told["state"], told["token"]) == ("running", "ora-mine")
        port = int(told["url"].split(":")[2].removesuffix("/v1"))
        with OpenAI(base_url=told["url"], api_key="ora-mine", max_retries=0) as api:
            turns: Any = [{"role": "user", "content": SECRET}]
            stream = api.chat.completions.create(
                model="starter", messages=turns, stream=True, temperature=0, max_tokens=8
            )
            answer = "".join(chunk.choices[0].delta.content or "" for chunk in stream)
            assert answer
            with pytest.raises(openai.NotFoundError):
                api.chat.completions.create(model="nowhere", messages=turns)
        assert ask(port, "GET", "/v1/models", authorization="Bearer ora-yours")[0] == 401
        # One answer is being written, one client is connected and silent, when it is told to end.
        endless = {"type": "array", "items": {"type": "integer"}, "minItems": 100_000}
        form = {"type": "json_schema", "json_schema": {"name": "x", "schema": endless}}
        with (
            opened_stream(port, "ora-mine", response_format=form) as raw,
            socket.create_connection(("127.0.0.1", port)),
        ):
            assert raw.recv(64)
            process.send_signal(signal.SIGINT)
            assert process.wait(60) == 130
        assert process.stdout.read() == ""
    lines = said.read_text().splitlines()
    told_of = [re.split(r" \d+\.\d\d s", line)[0].split(" ") for line in lines if line[:3].isdigit()]
    assert told_of[:3] == [
        ["200", "POST", "/v1/chat/completions", "starter"],
        ["404", "POST", "/v1/chat/completions", "nowhere"],
        ["401", "GET", "/v1/models"],
    ]
    assert "Traceback" not in said.read_text() and lines[-1] == "Cancelled."
    assert "marigold" not in said.read_text() and answer not in said.read_text()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port))


def test_without_a_token_it_warns(
    cli: CommandLine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    port, page, headers = free_port(), "https://notes.example", {}

    def wait(_seconds: float) -> None:
        headers.update(ask(port, "GET", "/v1/models", authorization=None, origin=page)[2])
        raise KeyboardInterrupt

    monkeypatch.setattr(serve, "threading", SimpleNamespace(Event=lambda: SimpleNamespace(wait=wait)))
    done = cli.inside(
        monkeypatch, capsys, "serve", "--port", str(port), "--no-token", "--origin", page, code=130
    )
    assert done.out == f"http://127.0.0.1:{port}/v1\n"
    assert headers["access-control-allow-origin"] == page
    assert "every program of this computer" in done.err.splitlines()[0]


def test_a_taken_port_ends_it_with_one_sentence(
    cli: CommandLine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        done = cli.inside(monkeypatch, capsys, "serve", "--port", port, code=1)
    (line,) = done.err.splitlines()
    assert f"Port {port} is used by another program." in line and "Use port " in line and not done.out
    refused = cli.inside(monkeypatch, capsys, "serve", "--port", "0", "--origin", "notes.example", code=2)
    assert "https://host" in refused.err and not refused.out
    for wrong in (("--token", "a", "--no-token"), ("--token", "ż"), ("--port", "65536")):
        assert not cli.inside(monkeypatch, capsys, "serve", *wrong, code=2).out
