"""Pulling what an address names: that version, as the hub's own client finds it; the usual one stays."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from tests.support.command_line import CommandLine
from tests.support.standin_hub import File, Repo, StandInHub
from tests.support.tiny_gguf import tiny_llama

REPO = "acme/Two-GGUF"


def test_a_version_is_pulled_beside_the_usual_one(tmp_path: Path) -> None:
    from huggingface_hub import hf_hub_download, try_to_load_from_cache

    old_file = tiny_llama(tmp_path / "old.gguf", quant="Q8_0", layers=1)
    new_file = tiny_llama(tmp_path / "new.gguf", quant="Q8_0", layers=2)
    with StandInHub() as hub:
        old = hub.add_repo(Repo(REPO, (File("two-Q8_0.gguf", source=str(old_file)),)))
        new = hub.add_repo(Repo(REPO, (File("two-Q8_0.gguf", source=str(new_file)),)))
        hub.branch(REPO, "refs/pr/7", old)
        cli = CommandLine(tmp_path, HF_ENDPOINT=hub.endpoint)
        cli.run("pull", REPO)
        pulled = cli.run("pull", f"{hub_page()}/tree/refs%2Fpr%2F7", "--json").json
        assert pulled["sha256"] == hashlib.sha256(old_file.read_bytes()).hexdigest()
        fitted = cli.run("fit", f"{hub_page()}/resolve/{old}/two-Q8_0.gguf", "--json").json
    assert fitted["verdict"]
    repo = cli.cache / f"models--{REPO.replace('/', '--')}"
    assert (repo / "refs/main").read_text() == new
    assert (repo / "refs/refs/pr/7").read_text() == old
    for revision, source in (("main", new_file), ("refs/pr/7", old_file), (old, old_file)):
        path = hf_hub_download(
            REPO, "two-Q8_0.gguf", revision=revision, cache_dir=cli.cache, local_files_only=True
        )
        assert Path(path).read_bytes() == source.read_bytes()
    assert isinstance(try_to_load_from_cache(REPO, "two-Q8_0.gguf", cache_dir=cli.cache, revision=new), str)


def hub_page() -> str:
    """The address of the repository, as one pastes it."""
    return f"https://huggingface.co/{REPO}"


@pytest.mark.parametrize("revision", ["nowhere", "v1.0"])
def test_a_version_that_does_not_exist_is_said_so(tmp_path: Path, revision: str) -> None:
    with StandInHub() as hub:
        hub.add_repo(Repo(REPO, (File("two-Q8_0.gguf", size=100),)))
        done = CommandLine(tmp_path, HF_ENDPOINT=hub.endpoint).run(
            "pull", f"{hub_page()}/tree/{revision}", code=1
        )
    assert "version" in done.err
    assert "Traceback" not in done.err
