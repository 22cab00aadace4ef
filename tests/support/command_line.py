"""Runs the real `main.py` in a process of its own, with its own folders and hub cache."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import main
from tests.support.known_engine import know_engine

_OLLAMA = ("ORANGERY_OLLAMA_REGISTRY", "ORANGERY_OLLAMA_LIBRARY", "OLLAMA_MODELS")

MAIN = Path(__file__).resolve().parents[2] / "main.py"


_INSIDE = (
    "HOME",
    "XDG_CONFIG_HOME",
    "XDG_DATA_HOME",
    "XDG_CACHE_HOME",
    "HF_HUB_CACHE",
    "HF_ENDPOINT",
    "OLLAMA_MODELS",
    "OLLAMA_HOST",
    "ORANGERY_OLLAMA_REGISTRY",
    "ORANGERY_OLLAMA_LIBRARY",
)


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one document on stdout."""
        return json.loads(self.out)


class CommandLine:
    """`main.py --home …` below `folder`; `environment` replaces single variables, None removes one."""

    def __init__(self, folder: Path, **environment: str | None) -> None:
        self.home = folder / "home"
        self.cache = folder / "hub"
        self.ollama = folder / "ollama"
        know_engine(self.home)
        alone = {
            "HF_HUB_CACHE": str(self.cache),
            "OLLAMA_MODELS": str(self.ollama),
            "OLLAMA_HOST": "127.0.0.1:9",
            "ORANGERY_OLLAMA_REGISTRY": "http://127.0.0.1:9",
            "ORANGERY_OLLAMA_LIBRARY": "http://127.0.0.1:9",
            "PYTHONWARNINGS": "",
        }
        merged = {**os.environ, **alone, **environment}
        self.environment = {name: value for name, value in merged.items() if value is not None}

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, str(MAIN), "--home", str(self.home), *arguments]

    def run(self, *arguments: str, stdin: str = "", cwd: Path | None = None, code: int | None = 0) -> Done:
        """Run a command to its end and check its exit code (None: any)."""
        ended = subprocess.run(
            self.command(*arguments),
            input=stdin,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
            cwd=cwd,
            env=self.environment,
        )
        if code is not None:
            assert ended.returncode == code, f"{ended.returncode}\n{ended.stdout}\n{ended.stderr}"
        return Done(ended.returncode, ended.stdout, ended.stderr)

    def inside(
        self,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
        *arguments: str,
        code: int | None = None,
    ) -> Done:
        """Run a command in this process, which is quicker; the same code from `main.main` on. Its exit code
        is checked where one is given."""
        with monkeypatch.context() as patch:
            for name in _INSIDE:
                if name in self.environment:
                    patch.setenv(name, self.environment[name])
                else:
                    patch.delenv(name, raising=False)
            capsys.readouterr()
            ended = main.main(["--home", str(self.home), *arguments])
        shown = capsys.readouterr()
        if code is not None:
            assert ended == code, f"{ended}\n{shown.out}\n{shown.err}"
        return Done(ended, shown.out, shown.err)

    def interrupt(self, *arguments: str, when: str, stream: str = "stdout", stdin: bool = False) -> Done:
        """Run a command, press Ctrl+C once `when` was printed to `stream`, and wait for its end."""
        process = subprocess.Popen(
            self.command(*arguments),
            stdin=subprocess.PIPE if stdin else subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=self.environment,
            bufsize=1,
        )
        printed: dict[str, list[str]] = {"stdout": [], "stderr": []}
        seen = threading.Event()

        def read(name: str) -> None:
            pipe = getattr(process, name)
            while letter := pipe.read(1):
                printed[name].append(letter)
                if name == stream and when in "".join(printed[name]):
                    seen.set()

        readers = [threading.Thread(target=read, args=(name,)) for name in printed]
        for reader in readers:
            reader.start()
        try:
            assert seen.wait(90), "".join(printed["stderr"])
            process.send_signal(signal.SIGINT)
            code = process.wait(60)
        finally:
            process.kill()
            process.wait()
            for reader in readers:
                reader.join()
            for pipe in (process.stdin, process.stdout, process.stderr):
                if pipe is not None:
                    pipe.close()
        return Done(code, "".join(printed["stdout"]), "".join(printed["stderr"]))
