"""The wheel: everything the program needs is in it, nothing else, and it works where it is installed."""

from __future__ import annotations

import importlib.metadata
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("main.py", "pyproject.toml", "README.md", "LICENSE", "backend", "ui", "resources", "tests", "tools")
SHIPPED = ("backend", "ui", "resources")
WITHOUT_NETWORK = ("No matching distribution", "Could not find a version", "connection", "Temporary failure")
HERE = "import backend.paths, main; print(backend.paths.RESOURCES); print(main.__file__)"
LOOKS = """
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QApplication
app = QApplication([])
from backend.i18n import tr
from ui import i18n
from ui.theme import icons, theme
assert i18n.install(app, "pl") == "pl"
theme.apply(app, "dark")
assert not icons.app_icon().isNull()
assert not icons.pixmap("download", "text.1", 16, 1.0).isNull()
assert {"Inter", "JetBrains Mono"} <= set(QFontDatabase.families()), QFontDatabase.families()
print(tr("Library"))
"""


def run(*command: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command],
        cwd=cwd,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PIP_NO_CACHE_DIR": "1", **environment},
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )


def modern_setuptools() -> bool:
    try:
        return int(importlib.metadata.version("setuptools").split(".")[0]) >= 77
    except importlib.metadata.PackageNotFoundError:
        return False


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from a copy, so that no build folder is left in the project."""
    source = tmp_path_factory.mktemp("source")
    for part in PARTS:
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, source / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / part, source)
    out = tmp_path_factory.mktemp("wheel")
    how = ["--no-build-isolation"] if modern_setuptools() else []
    done = run("-m", "pip", "wheel", str(source), "--no-deps", "--wheel-dir", str(out), *how, cwd=out)
    if done.returncode and any(words in done.stderr for words in WITHOUT_NETWORK):
        pytest.skip("setuptools 77 or newer is neither installed nor can be fetched")
    assert done.returncode == 0, done.stderr
    (built,) = out.glob("orangery-*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("site")
    done = run(
        *("-m", "pip", "install", "--no-deps", "--no-index", "--target", str(target), str(wheel)), cwd=target
    )
    assert done.returncode == 0, done.stderr
    return target


def test_the_wheel_has_all_of_the_program_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        metadata = archive.read(next(name for name in names if name.endswith("METADATA"))).decode()
    wanted = {
        path.relative_to(ROOT).as_posix()
        for part in SHIPPED
        for path in (ROOT / part).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    pictures = {name for name in wanted if name.startswith("resources/pictures/")}
    assert wanted - pictures <= names
    assert "main.py" in names
    others = {name for name in names - wanted if ".dist-info/" not in name}
    assert others == {"main.py"}
    for kind in ("licenses/LICENSE", "inter.txt", "jetbrains-mono.txt", "lucide.txt"):
        assert any(name.endswith(kind) and ".dist-info/" in name for name in names), kind
    for suffix in (".qm", ".ttf", ".svg", ".qss", ".gguf", ".safetensors"):
        assert any(name.startswith("resources/") and name.endswith(suffix) for name in names), suffix
    assert "Requires-Dist: llama-cpp-python==" in metadata


def test_the_installed_program_uses_its_own_files(installed: Path, tmp_path: Path) -> None:
    done = run("-c", HERE, cwd=tmp_path, PYTHONPATH=str(installed))
    assert done.returncode == 0, done.stderr
    resources, module = done.stdout.split()
    assert Path(resources) == installed / "resources"
    assert Path(module) == installed / "main.py"


def test_the_installed_commands_work(installed: Path, tmp_path: Path) -> None:
    home = ("--home", str(tmp_path / "home"), "--offline", "--json")
    done = run("-m", "main", "ls", *home, cwd=tmp_path, PYTHONPATH=str(installed))
    assert done.returncode == 0, done.stderr
    assert "starter" in json.dumps(json.loads(done.stdout))
    script = installed / "bin" / ("orangery.exe" if sys.platform == "win32" else "orangery")
    done = run(
        str(script), "chat", "starter", "What is LoRA?", *home, cwd=tmp_path, PYTHONPATH=str(installed)
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["text"].strip()


def test_the_installed_window_has_its_looks(installed: Path, tmp_path: Path) -> None:
    done = run("-c", LOOKS, cwd=tmp_path, PYTHONPATH=str(installed))
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "Biblioteka"
