"""Names of types and of new files, and the record of how a file was made."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from backend.errors import AppError
from backend.gguf.names import file_type_label
from backend.hubs.types import Source
from backend.library.drafts import recover
from backend.library.types import LibraryModel
from backend.quantize.catalog import quant_type, quant_types, tensor_type, tensor_types
from backend.quantize.drafting import drafted
from backend.quantize.target import check_place, check_space, free_target, stem_of, target_at
from backend.store.database import Database
from backend.store.made import MadeModel, MadeRepository, Recipe


def row(path: str, name: str = "Some model") -> LibraryModel:
    return LibraryModel(path, name, "acme", Source.FOLDER, Path(path), 1, "F16")


def test_every_type_is_what_the_header_will_say() -> None:
    types = quant_types()
    assert all(file_type_label(kind.ftype) == kind.name for kind in types)
    assert len({kind.ftype for kind in types}) == len(types)
    assert {"usual", "small", "other"} == {group for kind in types for group in kind.groups}
    assert all(kind.wants_imatrix for kind in types if kind.needs_imatrix)
    assert quant_type(" q4_k ").name == "Q4_K_M" and quant_type("bf16").ftype == 32
    assert tensor_type("q8_0") is not None and tensor_type(None) is None and "Q8_1" not in tensor_types()
    for wrong in ("", "Q4_0_4_4", "NVFP4", "COPY"):
        with pytest.raises(AppError) as caught:
            quant_type(wrong)
        assert "Q4_K_M" in caught.value.hint


@pytest.mark.parametrize(
    ("path", "name", "stem"),
    [
        ("/m/Llama-3.2-1B-Instruct-F16.gguf", "", "Llama-3.2-1B-Instruct"),
        ("/m/tiny.Q8_0.gguf", "", "tiny"),
        ("/m/big-BF16-00001-of-00003.gguf", "", "big"),
        ("/m/tiny-Q4_K_M-2.gguf", "", "tiny"),
        ("/m/F16.gguf", "", "F16"),
        ("/blobs/sha256-0123", "llama3.2:1b", "llama3.2_1b"),
        ("/blobs/sha256-0123", "../../etc", "_.._etc"),
        ("/m/ .gguf", "", "_"),
        ("/m/con-F16.gguf", "", "_con"),
        ("/m/a\u202eb.gguf", "", "a_b"),
        ("/blobs/sha256-0123", "..", "model"),
        (f"/m/{'x' * 119}. y.gguf", "", "x" * 119),
        ("/blobs/sha256-0123", "字" * 120, "字" * 60),
    ],
)
def test_a_new_file_is_called_after_its_model(path: str, name: str, stem: str) -> None:
    assert stem_of(row(path, name)) == stem


def test_a_taken_name_is_numbered_and_parts_are_hidden_while_they_are_written(tmp_path: Path) -> None:
    model = row("/m/tiny-F16.gguf")
    first = free_target(tmp_path, model, "Q4_0", 1)
    assert first.files == (tmp_path / "orangery" / "tiny" / "tiny-Q4_0.gguf",)
    assert first.drafts[0].name == "tiny-Q4_0.gguf.orangery.part" and first.written == first.drafts[0]
    first.folder.mkdir(parents=True)
    first.files[0].touch()
    second = free_target(tmp_path, model, "Q4_0", 1)
    assert second.files[0].name == "tiny-Q4_0-2.gguf"
    second.drafts[0].touch()
    assert free_target(tmp_path, model, "Q4_0", 1).files[0].name == "tiny-Q4_0-3.gguf"
    split = target_at(tmp_path / "new.gguf", 2)
    assert [path.name for path in split.files] == ["new-00001-of-00002.gguf", "new-00002-of-00002.gguf"]
    assert all(path.parent.name.startswith(".") for path in split.drafts)


@pytest.mark.skipif(sys.platform == "win32", reason="needs pipes of POSIX")
def test_what_is_no_plain_file_is_never_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.gguf"
    os.mkfifo(pipe)
    for taken in (pipe, tmp_path):
        with pytest.raises(AppError) as caught:
            check_place(target_at(taken, 1), (), replace=True)
        assert caught.value.code == "quantize.exists"


def test_the_note_of_a_draft_stays_where_the_draft_cannot_be_deleted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows, where another program reads it."""
    notes, unlink = tmp_path / "notes", Path.unlink

    def held(path: Path, *, missing_ok: bool = False) -> None:
        if path.name.endswith(".part"):
            raise PermissionError
        unlink(path, missing_ok=missing_ok)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", held)
        with drafted(target_at(tmp_path / "other.gguf", 1), notes):
            pass
    assert [path.name for path in tmp_path.glob("*.part")] == ["other.gguf.orangery.part"]
    recover(notes, lambda _note: None)
    assert list(tmp_path.glob("*.part")) == [] and list(notes.iterdir()) == []


def test_too_little_space_names_the_folder_and_the_bytes(tmp_path: Path) -> None:
    with pytest.raises(AppError) as caught:
        check_space(tmp_path, 10**18)
    assert caught.value.code == "quantize.no_space" and str(tmp_path) in caught.value.title
    assert str(10**18 + 10**18 // 20) in caught.value.detail
    check_space(tmp_path / "not" / "there", 1000)


def test_a_record_outlives_the_app_and_the_newest_counts(tmp_path: Path) -> None:
    made = MadeModel(
        "a" * 64,
        5,
        "x.gguf",
        "quantize",
        "id",
        "acme/X",
        "b" * 64,
        Recipe("Q4_0", imatrix="m.gguf"),
        "1",
        2.0,
    )
    with_later = replace(made, name="y.gguf", created=3.0)
    other = replace(made, sha256="c" * 64, created=1.0)
    database = Database(tmp_path / "x.sqlite3")
    repository = MadeRepository(database)
    for each in (made, other, with_later):
        repository.note(each)
    database.close()
    database = Database(tmp_path / "x.sqlite3")
    repository = MadeRepository(database)
    assert repository.all() == (with_later, other)
    assert repository.recipe_of("a" * 64) == with_later and repository.recipe_of("d" * 64) is None
    database.close()
