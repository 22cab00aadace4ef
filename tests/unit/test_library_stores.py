"""What the library finds in the stores of every program, whatever lies in them. Faults 39–41."""

from __future__ import annotations

import json
import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.errors import AppError
from backend.events import LibraryChanged
from backend.hubs.types import Source
from backend.library.roots import Root, other_apps
from backend.library.stores.manifests import parse
from backend.library.types import Store
from tests.support.library_desk import LibraryDesk, digest, gguf


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[LibraryDesk]:
    with LibraryDesk(tmp_path / "home") as desk:
        yield desk


# Ollama


def test_ollama_tags_are_listed_with_the_promised_digest(desk: LibraryDesk, tmp_path: Path) -> None:
    weights = gguf(tmp_path / "w.gguf")
    eye = gguf(tmp_path / "eye.gguf", extra={"general.type": "mmproj"})
    desk.put_ollama("llama3.2", "3b", weights, layers={"projector": eye})
    desk.put_ollama("ada/helper", "latest", gguf(tmp_path / "b.gguf", seed=1), file_type="F16")
    desk.put_ollama("acme/x-GGUF", "Q8_0", gguf(tmp_path / "c.gguf", seed=2), host="hf.co", file_type="")
    rows = desk.rows()
    assert set(rows) == {"ollama:llama3.2:3b", "ollama:ada/helper:latest", "ollama:hf.co/acme/x-GGUF:Q8_0"}
    row = rows["ollama:llama3.2:3b"]
    assert (row.name, row.owner, row.quant) == ("llama3.2:3b", "", "Q4_K_M")
    assert (row.source, row.store, row.store_root) == (Source.OLLAMA, Store.OLLAMA, desk.ollama)
    assert (row.path, row.sha256, row.verified) == (desk.blob(weights), digest(weights), False)
    assert (row.architecture, row.context_length, row.size) == ("llama", 2048, weights.stat().st_size)
    assert row.projector == desk.blob(eye) and row.problem == ""
    assert (rows["ollama:ada/helper:latest"].owner, rows["ollama:ada/helper:latest"].quant) == ("ada", "F16")
    assert rows["ollama:hf.co/acme/x-GGUF:Q8_0"].quant == "Q8_0"
    assert desk.library.find("llama3.2:3b") == row
    assert desk.library.find("ollama:LLAMA3.2:3b") == row
    assert desk.library.find("ollama:ada/helper").id == "ollama:ada/helper:latest"


def test_stubs_and_mlx_models_are_no_rows_and_broken_ones_say_so(desk: LibraryDesk, tmp_path: Path) -> None:
    desk.put_ollama("far", "cloud", None)
    weights = gguf(tmp_path / "w.gguf")
    gone = desk.put_ollama("gone", "1b", weights)
    desk.blob(weights).unlink()
    (gone.parent / "odd").write_text("{}")
    (gone.parent / "noise").write_bytes(b"\xff\x00")
    short = gguf(tmp_path / "short.gguf", seed=5)
    desk.put_ollama("short", "1b", short)
    os.truncate(desk.blob(short), 100)
    rows = desk.rows()
    assert set(rows) == {f"ollama:{name}" for name in ("gone:1b", "gone:odd", "gone:noise", "short:1b")}
    assert all(len(row.problem) > 10 for row in rows.values())


def test_the_same_tag_in_two_stores_is_two_rows(desk: LibraryDesk, tmp_path: Path) -> None:
    weights = gguf(tmp_path / "w.gguf")
    desk.put_ollama("tiny", "1b", weights)
    desk.put_ollama("tiny", "1b", weights, root=desk.own_ollama)
    first, second = desk.rows().values()
    assert first.id == "ollama:tiny:1b" and first.store_root == desk.ollama
    assert second.id.startswith("ollama:tiny:1b@") and second.duplicates_of == first.id
    assert desk.library.find("ollama:tiny:1b") == first


def test_an_adapter_of_a_tag_is_a_row_of_its_own(desk: LibraryDesk, tmp_path: Path) -> None:
    adapter = gguf(tmp_path / "a.gguf", seed=1, extra={"general.type": "adapter"})
    desk.put_ollama("tuned", "1b", gguf(tmp_path / "w.gguf"), layers={"adapter": adapter})
    rows = desk.rows()
    assert [(row.id, row.kind) for row in rows.values()] == [
        ("ollama:tuned:1b", "model"),
        ("ollama:tuned:1b#adapter", "adapter"),
    ]
    assert rows["ollama:tuned:1b#adapter"].path == desk.blob(adapter)
    with pytest.raises(AppError):
        desk.library.delete("ollama:tuned:1b#adapter")
    desk.library.delete("ollama:tuned:1b")
    assert desk.rows() == {}


_DIGESTS = st.sampled_from(
    ["sha256:" + "a" * 64, "sha256:" + "A" * 64, "../../etc/passwd", "", "sha256:..", 3]
)
_LAYERS = st.fixed_dictionaries(
    {},
    optional={
        "mediaType": st.sampled_from(["application/vnd.ollama.image.model", "x", "", 7]),
        "digest": _DIGESTS,
        "size": st.one_of(st.integers(-2, 10), st.booleans(), st.floats(), st.text(max_size=3)),
    },
)
_JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=5), _LAYERS),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.sampled_from(["layers", "config", "x"]), inner)
    ),
    max_leaves=8,
)


@given(st.one_of(st.binary(max_size=200), _JSON.map(lambda value: json.dumps(value).encode())))
def test_a_manifest_gives_safe_digests_or_nothing(data: bytes) -> None:
    try:
        config, layers = parse(data)
    except (ValueError, RecursionError):
        return
    for name in (config, *(layer.digest for layer in layers)):
        assert name == "" or (len(name) == 64 and set(name) <= set("0123456789abcdef"))
    assert all(layer.size >= 0 for layer in layers)


# LM Studio, Jan, llama.cpp, folders


def test_lm_studio_says_publisher_and_name(desk: LibraryDesk) -> None:
    path = gguf(desk.lm_studio / "acme" / "Tiny-1B-GGUF" / "tiny-1b-Q4_K_M.gguf")
    gguf(desk.lm_studio / "acme" / "Tiny-1B-GGUF" / "mmproj-tiny-1b-f16.gguf", seed=3)
    row = desk.row(path)
    assert (row.id, row.name, row.owner, row.quant) == (str(path), "Tiny-1B", "acme", "Q4_K_M")
    assert (row.store, row.source, row.repo_id) == (Store.LM_STUDIO, Source.HUGGING_FACE, "acme/Tiny-1B-GGUF")
    assert row.projector is not None and row.projector.name == "mmproj-tiny-1b-f16.gguf"
    assert len(desk.rows()) == 1
    assert desk.library.find("acme/Tiny-1B-GGUF") == row


def test_lm_studio_may_lie_elsewhere(desk: LibraryDesk, tmp_path: Path) -> None:
    pointed = tmp_path / "other disk" / "lms"
    (desk.home / ".lmstudio-home-pointer").write_text(f"{pointed}\n")
    far = gguf(pointed / "models" / "a" / "b" / "far-Q8_0.gguf")
    old = gguf(desk.home / ".cache" / "lm-studio" / "models" / "c" / "d" / "old-Q8_0.gguf", seed=1)
    chosen = gguf(tmp_path / "chosen" / "e" / "f" / "chosen-Q8_0.gguf", seed=2)
    (pointed / "settings.json").write_text(json.dumps({"downloadsFolder": str(tmp_path / "chosen")}))
    assert {row.path for row in desk.rows().values()} == {far, old, chosen}
    assert {row.store for row in desk.rows().values()} == {Store.LM_STUDIO}


def test_jan_names_come_from_its_notes(desk: LibraryDesk, tmp_path: Path) -> None:
    folder = desk.jan / "janhq" / "Jan-v1-4B"
    path = gguf(folder / "model.gguf")
    (folder / "model.yml").write_text(
        "model_path: llamacpp/models/janhq/Jan-v1-4B/model.gguf\nname: 'Jan-v1-4B-Q4_K_M'\n"
        f"size_bytes: 1\nmodel_sha256: {digest(path)}\n"
    )
    outside = gguf(tmp_path / "Downloads" / "imported-Q8_0.gguf", seed=1)
    (desk.jan / "imported").mkdir()
    (desk.jan / "imported" / "model.yml").write_text(f"model_path: {outside}\nname: imported\n")
    (desk.jan / "broken").mkdir()
    (desk.jan / "broken" / "model.yml").write_bytes(b"model_path: ../../../../etc/passwd\nname: \xff\0\n")
    rows = {row.path: row for row in desk.rows().values()}
    assert set(rows) == {path, outside}
    assert (rows[path].name, rows[path].owner, rows[path].store) == ("Jan-v1-4B-Q4_K_M", "janhq", Store.JAN)
    assert rows[path].sha256 == digest(path) and rows[path].quant == "F32"
    assert rows[outside].name == "imported" and rows[outside].store is Store.JAN


def test_jan_may_lie_elsewhere(desk: LibraryDesk, tmp_path: Path) -> None:
    config = desk.home / ".config" / "Jan" / "settings.json"
    config.parent.mkdir(parents=True)
    config.write_text(json.dumps({"data_folder": str(tmp_path / "jan-data")}))
    path = gguf(tmp_path / "jan-data" / "llamacpp" / "models" / "x" / "model.gguf")
    old = gguf(desk.home / "jan" / "models" / "y" / "old-Q4_0.gguf", seed=1)
    assert {(row.path, row.store) for row in desk.rows().values()} == {(path, Store.JAN), (old, Store.JAN)}


def test_llama_cpp_files_say_where_they_are_from(desk: LibraryDesk) -> None:
    noted = gguf(desk.llama_cpp / "acme_My_Model-GGUF_my-model-Q4_K_M.gguf")
    (desk.llama_cpp / f"{noted.name}.json").write_text(
        json.dumps({"url": "https://huggingface.co/acme/My_Model-GGUF/resolve/main/my-model-Q4_K_M.gguf"})
    )
    listed = gguf(desk.llama_cpp / "ggml-org_gemma-3-1b-it-GGUF_gemma-3-1b-it-Q8_0.gguf", seed=1)
    (desk.llama_cpp / "manifest=ggml-org=gemma-3-1b-it-GGUF=latest.json").write_text("{}")
    plain = gguf(desk.llama_cpp / "somebody_what_is_this-Q5_0.gguf", seed=2)
    (desk.llama_cpp / f"{plain.name}.json").write_text("[1")
    rows = {row.path: row for row in desk.rows().values()}
    assert (rows[noted].repo_id, rows[noted].name) == ("acme/My_Model-GGUF", "My_Model")
    assert (rows[listed].repo_id, rows[listed].owner) == ("ggml-org/gemma-3-1b-it-GGUF", "ggml-org")
    assert (rows[plain].repo_id, rows[plain].name) == (None, "somebody_what_is_this")
    assert {row.store for row in rows.values()} == {Store.LLAMA_CPP}


@pytest.mark.parametrize(
    ("platform", "env", "expected"),
    [
        ("darwin", {}, "Library/Application Support/Jan/data/llamacpp/models"),
        ("darwin", {}, "Library/Caches/llama.cpp"),
        ("win32", {}, "AppData/Roaming/Jan/data/llamacpp/models"),
        ("win32", {}, "AppData/Local/llama.cpp"),
        ("linux", {"XDG_CACHE_HOME": "{home}/c"}, "c/llama.cpp"),
        ("linux", {"LLAMA_CACHE": "{home}/lc"}, "lc"),
        ("linux", {"OLLAMA_MODELS": "{home}/om"}, "om"),
        ("linux", {}, ".lmstudio/models"),
        ("linux", {}, ".ollama/models"),
    ],
)
def test_every_system_has_its_folders(
    tmp_path: Path, platform: str, env: dict[str, str], expected: str
) -> None:
    home = {"HOME": str(tmp_path), "USERPROFILE": str(tmp_path)}
    filled = {name: value.format(home=tmp_path) for name, value in env.items()}
    assert tmp_path / expected in [root.path for root in other_apps({**home, **filled}, platform)]


@pytest.mark.parametrize(
    "content", [b"\xff\xfe", b"[]", b'{"data_folder": 3}', b'{"data_folder": "\\u0000"}', b"{"]
)
def test_damaged_settings_of_other_programs_do_no_harm(tmp_path: Path, content: bytes) -> None:
    for name in (".lmstudio/settings.json", ".config/Jan/settings.json", ".lmstudio-home-pointer"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    assert Root(Store.OLLAMA, tmp_path / ".ollama" / "models") in other_apps({"HOME": str(tmp_path)}, "linux")


def test_added_folders_and_files_are_shown_in_place(desk: LibraryDesk, tmp_path: Path) -> None:
    inside = gguf(tmp_path / "mine" / "deep" / "er" / "some-model-Q6_K.gguf")
    single = gguf(tmp_path / "Downloads" / "single-Q8_0.gguf", seed=1)
    desk.library.add_folder(tmp_path / "mine")
    row = desk.library.add_file(single)
    assert (row.id, row.store, row.name) == (str(single), Store.FOLDER, "single")
    assert desk.settings.get().model_folders == (str(tmp_path / "mine"),)
    assert {row.path for row in desk.open().models()[1:]} == {inside, single}
    for again, call in ((single, desk.library.add_file), (tmp_path / "mine", desk.library.add_folder)):
        with pytest.raises(AppError) as caught:
            call(again)
        assert caught.value.code == "library.already"
    desk.library.remove_file(single)
    desk.library.remove_folder(tmp_path / "mine")
    assert desk.rows() == {} and inside.exists() and single.exists()


def test_an_added_file_may_be_a_link(desk: LibraryDesk, tmp_path: Path) -> None:
    real, link = gguf(tmp_path / "big" / "real-Q8_0.gguf"), tmp_path / "here" / "link-Q8_0.gguf"
    link.parent.mkdir()
    link.symlink_to(real)
    row = desk.library.add_file(link)
    assert (row.path, row.problem, row.architecture) == (link, "", "llama")
    assert desk.library.delete_preview(row.id).frees == 0 == desk.library.delete(row.id)
    assert real.exists() and not link.is_symlink()


def test_what_cannot_be_added_says_why(desk: LibraryDesk, tmp_path: Path) -> None:
    (tmp_path / "page.gguf").write_text("<!DOCTYPE html>")
    (tmp_path / "file").write_text("")
    for call, path, code in (
        (desk.library.add_file, tmp_path / "page.gguf", "gguf."),
        (desk.library.add_file, tmp_path / "nothing.gguf", "library.no_file"),
        (desk.library.add_file, tmp_path, "library.no_file"),
        (desk.library.add_folder, tmp_path / "nowhere", "library.no_folder"),
        (desk.library.add_folder, tmp_path / "file", "library.no_folder"),
        (desk.library.add_folder, Path(os.fsdecode(bytes(tmp_path) + b"/\xff")), "library.no_folder"),
    ):
        with pytest.raises(AppError) as caught:
            call(path)
        assert caught.value.code.startswith(code) and len(caught.value.title) > 10
    assert desk.rows() == {}


# Odd layouts


def test_a_store_inside_another_folder_is_listed_once(desk: LibraryDesk, tmp_path: Path) -> None:
    gguf(desk.lm_studio / "a" / "b" / "one-Q8_0.gguf")
    pointer = desk.put_hub("acme/Tiny-GGUF", "tiny-Q8_0.gguf", gguf(tmp_path / "w.gguf", seed=1))
    desk.put_ollama("tiny", "1b", gguf(tmp_path / "v.gguf", seed=2))
    loose = gguf(desk.home / "loose-Q8_0.gguf", seed=3)
    before = set(desk.rows())
    desk.library.add_folder(desk.home)
    rows = desk.rows()
    own = {str(desk.starter)}  # it lies in this home too
    assert set(rows) - before - own == {str(loose)}
    assert desk.row(pointer).store is Store.HUB_CACHE


def test_links_loops_and_names_that_lie(desk: LibraryDesk, tmp_path: Path) -> None:
    """Nothing outside of the shown folders is opened, and nothing is walked twice."""
    secret = gguf(tmp_path / "outside" / "secret.gguf")
    base = desk.lm_studio / "a" / "b"
    good = gguf(base / "good-Q8_0.gguf", seed=1)
    (base / "out.gguf").symlink_to(secret)
    (base / "loop.gguf").symlink_to("loop.gguf")
    (base / "gone.gguf").symlink_to("nothing")
    (base / "folder.gguf").mkdir()
    (base / "device.gguf").symlink_to("/dev/zero")
    (base / "again").symlink_to(desk.lm_studio)
    (base / "aside").symlink_to(secret.parent)
    os.mkfifo(base / "pipe.gguf")
    shown = desk.put_hub("acme/T-GGUF", "t-Q8_0.gguf", gguf(tmp_path / "w.gguf", seed=2))
    (base / "known-Q8_0.gguf").symlink_to(shown.resolve())
    rows = {row.path.name: row for row in desk.rows().values() if row.store is Store.LM_STUDIO}
    assert set(rows) == {good.name, "out.gguf", "loop.gguf", "gone.gguf", "device.gguf", "known-Q8_0.gguf"}
    for name in ("out.gguf", "loop.gguf", "gone.gguf", "device.gguf"):
        assert rows[name].problem and rows[name].architecture is None
    assert not rows["known-Q8_0.gguf"].problem and rows["known-Q8_0.gguf"].shared
    (info,) = [info for info in desk.library.stores() if info.root == desk.lm_studio]
    assert "aside" in info.problem or "again" in info.problem


def test_names_of_all_kinds_are_shown_safely_and_found_again(desk: LibraryDesk) -> None:
    base = desk.lm_studio / "a" / "b"
    names = [
        "🍊 orange-Q8_0.gguf",
        "abc\u202efugg.gguf",
        "line\nbreak\x1b[31m-Q4_0.gguf",
        "e\u0301.gguf",
        "\u00e9.gguf",
        "x" * 250 + ".gguf",
        "UPPER-Q8_0.GGUF",
    ]
    for k, name in enumerate(names):
        gguf(base / name, seed=k)
    broken = Path(os.fsdecode(bytes(base) + b"/bad\xff-Q8_0.gguf"))
    shutil.copy(base / names[0], broken)
    weights = gguf(base / names[0])
    desk.put_hub("acme/Odd-GGUF", os.fsdecode(b"odd\xff\n.gguf"), weights)
    desk.put_ollama(os.fsdecode(b"\xe2\x80\xae/na\xffme"), "t\x1bag", weights)
    rows = desk.rows()
    assert len(rows) == len(names) + 3
    for row in rows.values():
        desk.library.delete_preview(row.id)
    for row in rows.values():
        assert row.problem == "" and row.id.encode() and row.name.isprintable() and row.name
        assert desk.library.find(row.id) == row
        desk.library.note_use(row.id, 3.0)
        assert desk.library.find(row.id).tokens_per_second == 3.0


def test_a_folder_that_cannot_be_read_is_a_problem_of_its_store(
    desk: LibraryDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    gguf(desk.lm_studio / "a" / "b" / "fine-Q8_0.gguf")
    (desk.lm_studio / "closed").mkdir(mode=0)
    real = os.scandir

    def scandir(path: str | Path) -> object:
        if str(path).endswith("closed"):  # root may read everything
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    assert len(desk.rows()) == 1
    (info,) = [info for info in desk.library.stores() if info.root == desk.lm_studio]
    assert "closed" in info.problem and (info.count, info.exists) == (1, True)


def test_an_unplugged_disk_takes_its_rows_along_and_brings_them_back(
    desk: LibraryDesk, tmp_path: Path
) -> None:
    disk = tmp_path / "disk"
    gguf(disk / "far-Q8_0.gguf")
    desk.library.add_folder(disk)
    assert len(desk.rows()) == 1
    disk.rename(tmp_path / "unplugged")
    seen: list[object] = []
    desk.bus.subscribe(seen.append)
    assert desk.rows() == {} and seen == [LibraryChanged()]
    (info,) = [info for info in desk.library.stores() if info.root == disk]
    assert not info.exists and info.count == 0
    (tmp_path / "unplugged").rename(disk)
    assert len(desk.rows()) == 1


def test_rows_are_there_while_the_disk_is_looked_at(
    desk: LibraryDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A slow disk holds up whoever asked for a look, and nobody else."""
    path = gguf(desk.lm_studio / "a" / "b" / "one-Q8_0.gguf")
    before = desk.library.rescan()
    inside, go_on = threading.Event(), threading.Event()
    real = os.scandir

    def scandir(folder: str | Path) -> object:
        inside.set()
        assert go_on.wait(30)
        return real(folder)

    monkeypatch.setattr(os, "scandir", scandir)
    gguf(path.with_name("two-Q8_0.gguf"), seed=1)
    scan = threading.Thread(target=desk.library.rescan)
    scan.start()
    assert inside.wait(30)
    assert desk.library.models() == before and desk.library.find(str(path)) and desk.library.stores()
    go_on.set()
    scan.join()
    assert len(desk.library.models()) == len(before) + 1


def test_split_models_are_one_row_in_plain_folders_too(desk: LibraryDesk) -> None:
    base = desk.lm_studio / "acme" / "Big-GGUF"
    for k in (1, 2):
        gguf(base / f"big-Q4_0-0000{k}-of-00003.gguf", seed=k)
    (row,) = desk.rows().values()
    assert len(row.parts) == 2 and "00003-of-00003" in row.problem and row.name == "Big"


def test_unfinished_downloads_are_no_models(desk: LibraryDesk) -> None:
    base = desk.lm_studio / "a" / "b"
    whole = gguf(base / "whole-Q8_0.gguf")
    for name in (
        "x.gguf.part",
        "y.gguf.orangery.part",
        "z.gguf.crdownload",
        "._whole-Q8_0.gguf",
        "i.imatrix.gguf",
    ):
        shutil.copy(whole, base / name)
    (base / ".orangery").mkdir()
    shutil.copy(whole, base / ".orangery" / "hidden.gguf")
    assert [row.path for row in desk.rows().values()] == [whole]


def test_two_names_of_one_file_are_the_same_without_hashing(desk: LibraryDesk) -> None:
    path = gguf(desk.lm_studio / "a" / "b" / "one-Q8_0.gguf")
    twin = path.with_name("two-Q8_0.gguf")
    os.link(path, twin)
    rows = desk.rows()
    assert (rows[str(twin)].duplicates_of, rows[str(path)].duplicates_of) == (str(path), None)
    assert rows[str(path)].shared and rows[str(twin)].shared and rows[str(path)].alike == ()


def test_a_file_that_could_not_be_read_for_a_while_is_read_again(
    desk: LibraryDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = gguf(desk.lm_studio / "a" / "b" / "one-Q8_0.gguf")
    real = Path.open

    def refuse(self: Path, *arguments: object, **options: object) -> object:
        if self == path:
            raise PermissionError(13, "Permission denied")
        return real(self, *arguments, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", refuse)
    assert desk.row(path).problem
    monkeypatch.undo()
    assert desk.row(path).problem == ""


def test_stores_tell_their_size_once_for_each_content(desk: LibraryDesk, tmp_path: Path) -> None:
    path = gguf(desk.lm_studio / "a" / "b" / "one-Q8_0.gguf")
    os.link(path, path.with_name("two-Q8_0.gguf"))
    desk.put_ollama("tiny", "1b", gguf(tmp_path / "w.gguf", seed=1))
    infos = {(info.store, info.root): info for info in desk.library.stores()}
    studio = infos[Store.LM_STUDIO, desk.lm_studio]
    assert (studio.size, studio.count, studio.exists, studio.writable) == (path.stat().st_size, 2, True, True)
    assert infos[Store.OLLAMA, desk.ollama].count == 1
    assert not infos[Store.JAN, desk.jan].exists
