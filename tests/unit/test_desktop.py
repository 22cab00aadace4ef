"""Without a display or a library that Qt needs, one sentence and exit code 3 instead of a crash."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from backend import desktop
from backend.cli.arguments import Globals, is_command_line, split
from backend.errors import AppError

MAIN = Path(__file__).resolve().parents[2] / "main.py"


def all_there(_: str) -> bool:
    return True


def lacks(*names: str) -> desktop.Loads:
    return lambda name: name not in names


def test_nothing_is_wrong_where_everything_is_there() -> None:
    for environment in (
        {"QT_QPA_PLATFORM": "offscreen"},
        {"DISPLAY": ":0"},
        {"WAYLAND_DISPLAY": "wayland-0"},
    ):
        assert desktop.problem(environment, loads=all_there, x_server_answers=lambda: True) is None
    assert desktop.problem({}, system="darwin") is None


@pytest.mark.parametrize("name", sorted(desktop.PACKAGES))
def test_each_missing_library_is_named_with_its_packages(name: str) -> None:
    environment = {"WAYLAND_DISPLAY": "wayland-0"} if "wayland" in name else {"DISPLAY": ":0"}
    found = desktop.problem(environment, loads=lacks(name), x_server_answers=lambda: True)
    assert found is not None
    debian, fedora = desktop.PACKAGES[name]
    for text in (name, debian, fedora):
        assert text in str(found)


def test_another_way_to_a_display_is_enough() -> None:
    both = {"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}
    for missing in ("libxcb-cursor.so.0", "libwayland-cursor.so.0"):
        assert desktop.problem(both, loads=lacks(missing), x_server_answers=lambda: True) is None


def test_a_display_that_does_not_answer_is_named() -> None:
    found = desktop.problem({"DISPLAY": ":77"}, loads=all_there, x_server_answers=lambda: False)
    assert found is not None
    assert ":77" in found.title
    assert desktop.problem({"QT_QPA_PLATFORM": "xcb"}, loads=all_there) is not None


def start(tmp_path: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    plain = {
        k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    }
    return subprocess.run(
        [sys.executable, str(MAIN), "--home", str(tmp_path / "home")],
        env=plain | environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="about Linux desktops")
def test_main_without_a_display_says_what_to_set(tmp_path: Path) -> None:
    done = start(tmp_path)
    assert done.returncode == 3
    assert "DISPLAY" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "home").exists()


def test_main_names_the_package_of_a_library_that_qt_misses(tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    (broken / "PySide6").mkdir(parents=True)
    cause = "libEGL.so.1: cannot open shared object file: No such file or directory"
    (broken / "PySide6" / "__init__.py").write_text("")
    (broken / "PySide6" / "QtCore.py").write_text(f"raise ImportError({cause!r})")
    done = start(tmp_path, PYTHONPATH=str(broken), QT_QPA_PLATFORM="offscreen")
    assert done.returncode == 3
    assert "libegl1" in done.stderr
    assert "mesa-libEGL" in done.stderr
    assert "Traceback" not in done.stderr


def test_global_options_stand_anywhere() -> None:
    expected = (Globals(Path("/x"), True), ["chat", "starter", "hi"])
    assert split(["--home", "/x", "--offline", "chat", "starter", "hi"]) == expected
    assert split(["chat", "starter", "hi", "--offline", "--home=/x"]) == expected
    assert split(["chat", "starter", "--", "--offline"]) == (
        Globals(),
        ["chat", "starter", "--", "--offline"],
    )
    with pytest.raises(AppError):
        split(["ls", "--home"])


def test_words_are_commands_and_everything_else_is_the_window() -> None:
    for rest in (["ls"], ["mistyped"], ["--help"], ["--version"]):
        assert is_command_line(rest)
    for rest in ([], ["-platform", "offscreen"]):
        assert not is_command_line(rest)
