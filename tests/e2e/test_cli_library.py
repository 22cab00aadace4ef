"""`ls`, `rm`, `verify` and `mv` of the real command line, over stores of several programs."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from backend.app import Backend
from backend.paths import Paths
from tests.support.command_line import CommandLine, Done
from tests.support.library_desk import LibraryDesk, digest, gguf

FIELDS = {"id", "name", "store", "path", "size", "sha256", "quantization", "architecture", "duplicates_of"}


class Home:
    """Stores filled by a `LibraryDesk`, and commands that look into them."""

    def __init__(self, folder: Path) -> None:
        self.desk = LibraryDesk(folder / "person")
        self.cli = CommandLine(
            folder,
            HOME=str(self.desk.home),
            HF_HUB_CACHE=str(self.desk.hub),
            OLLAMA_HOST="127.0.0.1:9",
            XDG_DATA_HOME=None,
            XDG_CACHE_HOME=None,
            XDG_CONFIG_HOME=None,
        )


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path)
    with home.desk:
        pass
    return home


@pytest.fixture
def here(
    home: Home, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Done]:
    """Runs a command in this process, which is quicker; it has to succeed unless `code` says otherwise."""

    def run(*arguments: str, code: int = 0) -> Done:
        return home.cli.inside(monkeypatch, capsys, *arguments, code=code)

    return run


def test_ls_lists_every_store_with_its_duplicates(
    home: Home, tmp_path: Path, here: Callable[..., Done]
) -> None:
    weights = gguf(tmp_path / "w.gguf")
    home.desk.put_hub("acme/Tiny-GGUF", "tiny-Q4_K_M.gguf", weights)
    home.desk.put_ollama("tiny", "1b", weights)
    gguf(home.desk.lm_studio / "a" / "b" / "one-Q8_0.gguf", seed=1)
    rows = {row["id"]: row for row in home.cli.run("ls", "--json").json}
    assert all(set(row) >= FIELDS for row in rows.values())
    hub, ollama = rows["hf:acme/Tiny-GGUF/tiny-Q4_K_M.gguf"], rows["ollama:tiny:1b"]
    assert (hub["store"], hub["sha256"], hub["duplicates_of"]) == ("hub", digest(weights), None)
    assert (ollama["store"], ollama["duplicates_of"]) == ("ollama", hub["id"])
    assert (ollama["quantization"], ollama["architecture"]) == ("Q4_K_M", "llama")
    studio = next(row for row in rows.values() if row["store"] == "lm_studio")
    assert studio["sha256"] is None and studio["size"] == Path(studio["path"]).stat().st_size
    shown = here("ls").out
    assert "same as hf:acme/Tiny-GGUF" in shown
    assert "\none-Q8_0 " in shown and studio["path"] not in shown  # a path only where its name is not enough


def test_each_command_asks_first_and_says_what_and_whose(
    home: Home, monkeypatch: pytest.MonkeyPatch, here: Callable[..., Done]
) -> None:
    path = gguf(home.desk.lm_studio / "a" / "b" / "one-Q8_0.gguf")
    for arguments in (
        ["rm", "one-Q8_0"],
        ["mv", "one-Q8_0", str(home.desk.home / "new")],
        ["verify", "one-Q8_0"],
    ):
        monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))
        done = here(*arguments, code=2)
        assert done.out == "" and str(path) in done.err and "--yes" in done.err
        assert "LM Studio" in done.err or arguments[0] == "verify"
    assert path.exists()


def test_rm_frees_and_leaves_what_others_need(home: Home, tmp_path: Path, here: Callable[..., Done]) -> None:
    weights = gguf(tmp_path / "w.gguf")
    home.desk.put_ollama("tiny", "1b", weights)
    home.desk.put_ollama("tiny", "latest", weights)
    done = here("rm", "ollama:tiny:1b", "--yes")
    assert "they stay" in done.err and home.desk.blob(weights).exists()
    here("rm", "tiny:latest", "--yes")
    assert not home.desk.blob(weights).exists()
    assert "no model" in here("rm", "tiny:latest", "--yes", code=1).err
    assert "Orangery" in here("rm", "starter", "--yes", code=1).err


def test_rm_chooses_nothing_by_itself(home: Home, tmp_path: Path, here: Callable[..., Done]) -> None:
    weights = gguf(tmp_path / "w.gguf")
    one = home.desk.put_hub("acme/Tiny-GGUF", "tiny-Q8_0.gguf", weights)
    two = home.desk.put_hub("acme/Tiny-GGUF", "tiny-Q4_K_M.gguf", gguf(tmp_path / "v.gguf", seed=1))
    assert here("verify", "acme/Tiny-GGUF", "--yes").out
    for spec in ("acme/Tiny-GGUF", "tiny", "ti"):
        assert "tiny-Q8_0.gguf" in here("rm", spec, "--yes", code=1).err, spec
    assert one.exists() and two.exists()
    here("rm", "acme/Tiny-GGUF:Q8_0", "--yes")
    assert not one.is_symlink() and two.exists()


def test_verify_reports_expected_and_found(home: Home, tmp_path: Path, here: Callable[..., Done]) -> None:
    weights = gguf(tmp_path / "w.gguf")
    pointer = home.desk.put_hub("acme/Tiny-GGUF", "tiny-Q8_0.gguf", weights)
    other = gguf(home.desk.lm_studio / "a" / "b" / "one-Q8_0.gguf", seed=1)
    assert "Verified" in here("verify", "acme/Tiny-GGUF", "--yes").out
    with pointer.resolve().open("r+b") as file:
        file.seek(-1, os.SEEK_END)
        file.write(b"?")
    done = here("verify", "--all", "--yes", code=1)
    assert digest(weights) in done.err and digest(pointer) in done.err
    assert f"{other}: " in done.out
    row = next(r for r in here("ls", "--json").json if r["store"] == "hub")
    assert row["problem"] and not row["verified"]
    assert here("verify", code=2).err and here("verify", "x", "--all", code=2).err


def test_what_lies_outside_the_library_is_said_before_anything_is_asked(
    home: Home, tmp_path: Path, here: Callable[..., Done]
) -> None:
    path = gguf(tmp_path / "outside.gguf")
    for arguments in (["rm", str(path)], ["mv", str(path), str(tmp_path / "new")], ["verify", str(path)]):
        assert here(*arguments, code=1).err.startswith(f"{path} is not in the library.")
    note = tmp_path / "note.txt"
    note.write_text("no model", "utf-8")
    assert here("chat", str(note), "hi", code=1).err.startswith(f"{note} is not a model file.")


def test_mv_moves_and_the_library_knows_the_new_place(
    home: Home, tmp_path: Path, here: Callable[..., Done]
) -> None:
    pointer = home.desk.put_hub("acme/Tiny-GGUF", "tiny-Q8_0.gguf", gguf(tmp_path / "w.gguf"))
    wanted = digest(pointer)
    new = tmp_path / "disk" / "acme" / "Tiny-GGUF" / "tiny-Q8_0.gguf"
    done = here("mv", "acme/Tiny-GGUF", str(tmp_path / "disk"), "--yes")
    assert done.out.strip() == str(new) and digest(new) == wanted and not pointer.is_symlink()
    row = next(r for r in here("ls", "--json").json if r["id"] != "starter")
    assert (row["path"], row["verified"]) == (str(new), True)
    (tmp_path / "file").write_text("")
    assert here("mv", str(new), str(tmp_path / "file" / "x"), "--yes", code=1).err
    assert new.exists()


def test_mv_beside_a_window_is_seen_by_it(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, here: Callable[..., Done]
) -> None:
    gguf(home.desk.lm_studio / "a" / "b" / "one-Q8_0.gguf")
    for name in ("HOME", "HF_HUB_CACHE", "OLLAMA_HOST"):
        monkeypatch.setenv(name, home.cli.environment[name])
    with Backend(Paths.under(home.cli.home)) as window:
        assert any(row.path.name == "one-Q8_0.gguf" for row in window.library.rescan())
        home.cli.run("mv", "one-Q8_0", str(tmp_path / "disk"), "--yes")
        window.settings.update(default_n_ctx=4096)
        (row,) = (row for row in window.library.rescan() if row.path.name == "one-Q8_0.gguf")
        assert row.path.is_relative_to(tmp_path / "disk")
    assert any(str(row.path) == r["path"] for r in here("ls", "--json").json)


def test_ctrl_c_stops_a_move_and_leaves_the_old_place(home: Home, tmp_path: Path) -> None:
    path = gguf(home.desk.lm_studio / "a" / "b" / "big-Q8_0.gguf", size=400_000_000)
    # A second name keeps the file from simply being renamed.
    os.link(path, tmp_path / "second-name")
    done = home.cli.interrupt(
        "mv", "big-Q8_0", str(tmp_path / "disk"), "--yes", when="Copying", stream="stderr"
    )
    assert done.code == 130, done.err
    assert path.exists() and not list((tmp_path / "disk").rglob("*"))
    assert not list((home.cli.home / "data" / "work").glob("*"))
