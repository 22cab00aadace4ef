"""Where Ollama's models lie, and which names may become paths there."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.downloads.stores import writable
from backend.errors import AppError
from backend.library.layout_ollama import OllamaStore, ollama_store_dir, own_ollama_store
from backend.paths import Paths

STORE = OllamaStore(Path("/store"))
DIGEST = "ab" * 32


def test_the_store_is_where_ollama_looks(tmp_path: Path) -> None:
    assert ollama_store_dir({"OLLAMA_MODELS": "/a", "HOME": "/b"}) == Path("/a")
    (tmp_path / ".ollama/models").mkdir(parents=True)
    assert ollama_store_dir({"HOME": str(tmp_path)}) == tmp_path / ".ollama/models"
    assert own_ollama_store(Paths.under(tmp_path)).is_relative_to(tmp_path)


def test_paths_are_those_of_ollama() -> None:
    registry = Path("/store/manifests/registry.ollama.ai")
    assert STORE.manifest("llama3.2", "3b") == registry / "library/llama3.2/3b"
    assert STORE.manifest("user/name", "latest") == registry / "user/name/latest"
    assert STORE.blob(DIGEST) == Path(f"/store/blobs/sha256-{DIGEST}")
    ours = {STORE.part(DIGEST), STORE.journal(DIGEST), STORE.lock(DIGEST)}
    assert len(ours) == 3 and {path.parent for path in ours} == {Path("/store/.orangery")}


@pytest.mark.parametrize(
    "digest", ["", DIGEST[:-1], DIGEST.upper(), "../" * 21 + "x", DIGEST + "\n", "g" * 64]
)
def test_only_digests_become_blobs(digest: str) -> None:
    for path in (STORE.blob, STORE.part, STORE.journal, STORE.lock):
        with pytest.raises(AppError) as caught:
            path(digest)
        assert caught.value.code == "download.bad_name"


@given(st.text(max_size=40), st.text(max_size=40))
def test_every_accepted_name_stays_inside(model: str, tag: str) -> None:
    try:
        path = STORE.manifest(model, tag)
    except AppError as error:
        assert error.code == "download.bad_name"
        return
    inside = path.relative_to("/store/manifests/registry.ollama.ai")
    assert len(inside.parts) == 3 and ".." not in inside.parts


def test_a_store_that_does_not_exist_yet_can_be_written_where_its_parent_can(tmp_path: Path) -> None:
    assert writable(tmp_path / "a/b/c")
    (tmp_path / "file").write_text("")
    assert not writable(tmp_path / "file")
    (tmp_path / "store").mkdir()
    (tmp_path / "store/manifests").write_text("")
    assert not writable(tmp_path / "store")
