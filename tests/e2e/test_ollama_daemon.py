"""What our own downloader wrote into the store of Ollama, as a daemon over it shows it to the real client."""

from __future__ import annotations

import hashlib
from pathlib import Path

import ollama

from tests.support.command_line import CommandLine
from tests.support.standin_ollama import File, Layer, Model, StandInOllama, Tag
from tests.support.standin_ollama.daemon import StandInDaemon
from tests.support.tiny_gguf import tiny_llama


def test_a_pull_without_a_daemon_is_listed_by_one(tmp_path: Path) -> None:
    weights = tiny_llama(tmp_path / "tiny.gguf", quant="Q8_0", layers=1)
    tag = Tag("1b", File("w", source=str(weights)), (Layer("template", File("t", text="{{ .Prompt }}")),))
    with StandInOllama() as garden:
        garden.add(Model("tiny", (tag,), sizes=("1b",)))
        garden.add(Model("someone/tiny", (tag,)))
        cli = CommandLine(
            tmp_path,
            ORANGERY_OLLAMA_REGISTRY=garden.registry,
            ORANGERY_OLLAMA_LIBRARY=garden.library,
        )
        for name in ("tiny:1b", "someone/tiny:1b"):
            pulled = cli.run("pull", f"ollama:{name}", "--json").json
            assert pulled["sha256"] == hashlib.sha256(weights.read_bytes()).hexdigest()
    with StandInDaemon(cli.ollama) as daemon:
        client = ollama.Client(daemon.url)
        listed = {model.model: model.digest for model in client.list().models}
        assert listed == {"tiny:1b": tag.digest, "someone/tiny:1b": tag.digest}
        assert client.show("tiny:1b").template == "{{ .Prompt }}"
        client.delete("tiny:1b")
        assert [model.model for model in client.list().models] == ["someone/tiny:1b"]
        assert daemon.blob(f"sha256:{hashlib.sha256(weights.read_bytes()).hexdigest()}").exists()
        client.close()
