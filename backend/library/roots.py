"""Which store folders this person has, or could have."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from backend.files import read_start
from backend.hubs.home import expanded
from backend.library.types import Store

_MOST = 64 << 10
_SYSTEM_OLLAMA = Path("/usr/share/ollama/.ollama/models")


@dataclass(frozen=True, slots=True)
class Root:
    """A folder that need not exist, and whose it is."""

    store: Store
    path: Path


def other_apps(env: Mapping[str, str] | None = None, platform: str = sys.platform) -> tuple[Root, ...]:
    """The folders of Ollama, LM Studio, Jan and llama.cpp, those that are likeliest first. Never raises."""
    env = os.environ if env is None else env
    home = Path(env.get("USERPROFILE" if platform == "win32" else "HOME") or Path.home())
    found = [
        *(Root(Store.OLLAMA, path) for path in _ollama(env, home, platform)),
        *(Root(Store.LM_STUDIO, path) for path in _lm_studio(home)),
        *(Root(Store.JAN, path) for path in _jan(env, home, platform)),
        *(Root(Store.LLAMA_CPP, path) for path in _llama_cpp(env, home, platform)),
    ]
    return distinct(found)


def distinct(roots: Sequence[Root]) -> tuple[Root, ...]:
    """`roots` without folders that are another one by a different name; the first stays."""
    seen: dict[str, Root] = {}
    for root in roots:
        seen.setdefault(os.path.realpath(root.path), root)
    return tuple(seen.values())


def _ollama(env: Mapping[str, str], home: Path, platform: str) -> Iterator[Path]:
    if chosen := env.get("OLLAMA_MODELS"):
        yield expanded(chosen)
    yield home / ".ollama" / "models"
    if platform == "linux" and _is_folder(_SYSTEM_OLLAMA):
        yield _SYSTEM_OLLAMA


def _lm_studio(home: Path) -> Iterator[Path]:
    base = home / ".lmstudio"
    if pointed := _text(home / ".lmstudio-home-pointer").strip():
        base = Path(os.path.abspath(os.path.expanduser(pointed)))  # noqa: PTH100, PTH111
    if (chosen := _json(base / "settings.json").get("downloadsFolder")) and isinstance(chosen, str):
        yield Path(os.path.abspath(os.path.expanduser(chosen)))  # noqa: PTH100, PTH111
    yield base / "models"
    if _is_folder(home / ".cache" / "lm-studio" / "models"):
        yield home / ".cache" / "lm-studio" / "models"


def _jan(env: Mapping[str, str], home: Path, platform: str) -> Iterator[Path]:
    if platform == "darwin":
        bases = [home / "Library" / "Application Support" / "Jan"]
    elif platform == "win32":
        bases = [Path(env.get("APPDATA") or home / "AppData" / "Roaming") / "Jan"]
    else:
        bases = [
            Path(env.get("XDG_DATA_HOME") or home / ".local" / "share") / "Jan",
            Path(env.get("XDG_CONFIG_HOME") or home / ".config") / "Jan",
        ]
    for base in bases:
        chosen = _json(base / "settings.json").get("data_folder")
        if isinstance(chosen, str) and chosen and "\0" not in chosen:
            yield Path(chosen) / "llamacpp" / "models"
            if _is_folder(Path(chosen) / "models"):
                yield Path(chosen) / "models"
    yield bases[0] / "data" / "llamacpp" / "models"
    for old in (*(base / "data" / "models" for base in bases), home / "jan" / "models"):
        if _is_folder(old):
            yield old


def _llama_cpp(env: Mapping[str, str], home: Path, platform: str) -> Iterator[Path]:
    if chosen := env.get("LLAMA_CACHE"):
        yield expanded(chosen)
        return
    if platform == "darwin":
        yield home / "Library" / "Caches" / "llama.cpp"
    elif platform == "win32":
        yield Path(env.get("LOCALAPPDATA") or home / "AppData" / "Local") / "llama.cpp"
    else:
        yield Path(env.get("XDG_CACHE_HOME") or home / ".cache") / "llama.cpp"


def _is_folder(path: Path) -> bool:
    return os.path.isdir(path)  # noqa: PTH112  # unlike Path's, never raises


def _text(path: Path) -> str:
    try:
        return read_start(path, _MOST).decode("utf-8", "replace").replace("\0", "")
    except OSError:
        return ""


def _json(path: Path) -> Mapping[str, object]:
    try:
        raw = json.loads(_text(path) or "{}")
    except (ValueError, RecursionError):
        return {}
    return raw if isinstance(raw, dict) else {}
