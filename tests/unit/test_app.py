"""The whole backend: it asks nobody at the start, and lets go of everything when it cannot start."""

from __future__ import annotations

import os
import stat
import threading
from pathlib import Path

import pytest

from backend import app
from backend.app import Backend
from backend.engines.types import LoadedModel, LoadOptions
from backend.errors import AppError
from backend.paths import Paths
from tests.support.library_desk import gguf


def test_the_start_asks_nothing_of_the_network(tmp_path: Path) -> None:
    with Backend(Paths.under(tmp_path)) as backend:
        backend.start()
        for thread in threading.enumerate():
            if thread.name == "warm-up":
                thread.join()
        assert backend.library.models()
        assert backend.network.ledger() == ()


def test_a_start_that_fails_leaves_nothing_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AppError("store.busy", "The database is in use.")

    with monkeypatch.context() as patch:
        patch.setattr(app, "Downloads", refuse)
        with pytest.raises(AppError, match="in use"):
            Backend(Paths.under(tmp_path))
    assert "database" not in {thread.name for thread in threading.enumerate()}
    Backend(Paths.under(tmp_path)).close()


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_chats_are_nobody_elses_business(tmp_path: Path) -> None:
    paths = Paths.under(tmp_path / "home").ensure()
    assert stat.S_IMODE(paths.data.stat().st_mode) == 0o700


def test_the_limits_of_the_settings_reach_the_downloads(tmp_path: Path) -> None:
    with Backend(Paths.under(tmp_path)) as backend:
        assert backend.downloads.bandwidth is None
        backend.settings.update(bandwidth_limit=250_000)
        assert backend.downloads.bandwidth == 250_000
    with Backend(Paths.under(tmp_path)) as backend:
        assert backend.downloads.bandwidth == 250_000
        backend.settings.update(bandwidth_limit=None)
        assert backend.downloads.bandwidth is None


def test_a_model_is_in_use_under_each_of_its_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, name = gguf(tmp_path / "models" / "m-Q8_0.gguf"), tmp_path / "name.gguf"
    name.symlink_to(file)
    with Backend(Paths.under(tmp_path / "home")) as backend:
        model = backend.library.add_file(file)
        monkeypatch.setattr(
            backend.engine,
            "loaded",
            lambda: (LoadedModel("m", str(name), "x", "llama", 1, 1, 1, 1, LoadOptions()),),
        )
        with pytest.raises(AppError) as caught:
            backend.library.delete(model.id)
        assert caught.value.code == "library.in_use" and file.exists()
        monkeypatch.undo()
