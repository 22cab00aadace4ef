"""The settings file: typed, atomic, kind to other versions and to damage. Fault 46 for a text file."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.errors import AppError
from backend.settings import Settings, SettingsStore


def test_changes_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "config" / "settings.json"
    store = SettingsStore(path)
    assert store.get() == Settings()
    seen: list[Settings] = []
    store.subscribe(seen.append)
    changed = store.update(theme="dark", default_n_ctx=4096)
    assert changed == Settings(theme="dark", default_n_ctx=4096)
    assert seen == [changed]
    assert SettingsStore(path).get() == changed
    assert [entry.name for entry in path.parent.iterdir()] == ["settings.json"]


def test_what_another_version_wrote_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"theme": "sepia", "downloads_at_once": 99, "of_next_year": {"a": 1}, "offline": true}')
    store = SettingsStore(path)
    assert store.get() == Settings(offline=True)
    assert store.notices == ()
    store.update(offline=False)
    assert json.loads(path.read_text())["of_next_year"] == {"a": 1}


@pytest.mark.parametrize("text", ["", "\0" * 300, "{", "[1]", "[" * 100_000, "\xff"])
def test_a_damaged_file_is_set_aside(tmp_path: Path, text: str) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(text.encode("latin-1"))
    store = SettingsStore(path)
    assert store.get() == Settings()
    (notice,) = store.notices
    aside = tmp_path / "settings.json.broken"
    assert notice.code == "settings.broken"
    assert str(aside) in notice.hint
    assert aside.read_bytes() == text.encode("latin-1")
    store.update(theme="light")
    assert SettingsStore(path).get().theme == "light"


def test_undeclared_options_and_wrong_values_are_refused(tmp_path: Path) -> None:
    store = SettingsStore(tmp_path / "settings.json")
    for wrong in ({"colour": "red"}, {"offline": 1}, {"theme": "sepia"}, {"downloads_at_once": True}):
        with pytest.raises(TypeError):
            store.update(**wrong)
    with pytest.raises(ValueError, match="range"):
        store.update(downloads_at_once=0)
    assert not (tmp_path / "settings.json").exists()


def test_limits_of_memory_are_kept_by_name_of_the_gpu(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    limits = {"NVIDIA GeForce RTX 3060": 8 * 2**30}
    SettingsStore(path).update(ram_limit=2**34, gpu_limits=limits)
    read = SettingsStore(path).get()
    assert (read.ram_limit, read.gpu_limits) == (2**34, limits)
    for wrong in ({"RTX": 1}, {"RTX": 2**60}):
        with pytest.raises(ValueError):
            SettingsStore(path).update(gpu_limits=wrong)
    for odd in ({"RTX": "8 GB"}, ["RTX"], {"RTX": None}):
        with pytest.raises(TypeError):
            SettingsStore(path).update(gpu_limits=odd)
        path.write_text(json.dumps({"gpu_limits": odd, "ram_limit": 5}))
        assert SettingsStore(path).get() == Settings()


def test_a_change_that_cannot_be_saved_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    store = SettingsStore(tmp_path / "file" / "settings.json")
    with pytest.raises(AppError) as caught:
        store.update(theme="dark")
    assert caught.value.code == "settings.not_saved"
    assert store.get().theme == "system"


_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(), st.lists, max_leaves=4
)


@given(st.dictionaries(st.sampled_from([*Settings.__slots__, "other"]), _values))
def test_any_json_object_gives_usable_settings(raw: dict[str, object]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "settings.json"
        path.write_text(json.dumps(raw))
        settings = SettingsStore(path).get()
    assert settings.theme in ("system", "light", "dark")
    assert isinstance(settings.offline, bool)
    assert 1 <= settings.downloads_at_once <= 8


def test_what_another_process_saved_is_neither_missed_nor_lost(tmp_path: Path) -> None:
    one, two = SettingsStore(tmp_path / "s.json"), SettingsStore(tmp_path / "s.json")
    two.update(model_folders=("/models",))
    assert one.current().model_folders == ("/models",)
    two.update(model_folders=("/models", "/more"))
    one.update(default_n_ctx=4096)
    assert one.get().model_folders == ("/models", "/more")
    again = SettingsStore(tmp_path / "s.json").get()
    assert (again.model_folders, again.default_n_ctx) == (("/models", "/more"), 4096)
    (tmp_path / "s.json").write_text("{")
    assert one.current().model_folders == ("/models", "/more")
