"""`resources/architectures.json` against the installed engine: every name that it knows is in the list, and
no other."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from backend.capacity.architectures import KNOWN, NO_CACHE
from backend.hubs.nature import known_architectures
from backend.version import installed_version
from tests.support.tiny_gguf import encode_header

_NAME = rb"[a-z0-9][a-z0-9._-]{1,31}(?=\0)"

_ASK = """
import ctypes, json, sys
import llama_cpp.llama_cpp as engine
folder, names = sys.argv[1], json.load(sys.stdin)
said = []
log = engine.llama_log_callback(lambda level, text, data: said.append(text))
engine.llama_log_set(log, ctypes.c_void_p(0))
engine.llama_backend_init()
params = engine.llama_model_default_params()
params.vocab_only = True
known = []
for name in names:
    said.clear()
    assert not engine.llama_model_load_from_file(f"{folder}/{name}.gguf".encode(), params)
    if b"unknown model architecture" not in b"".join(said):
        known.append(name)
json.dump(known, sys.stdout)
"""


def _compiled_names() -> set[str]:
    """Every text inside the engine's library that could be the name of an architecture. Linkers fold a text
    into the end of another one, so that around the list itself the ends count, too."""
    spec = importlib.util.find_spec("llama_cpp")
    assert spec is not None
    assert spec.origin is not None
    library = next(
        path
        for path in sorted((Path(spec.origin).parent / "lib").iterdir())
        if re.fullmatch(r"(lib)?llama\.(so|dylib|dll)", path.name)
    )
    data = library.read_bytes()
    names = {match.decode() for match in re.findall(_NAME, data)}
    start = data.find(b"\0clip\0")
    if start >= 0:
        listed = re.findall(_NAME, data[start : data.find(b"(unknown)", start)])
        names |= {name[k:].decode() for name in listed for k in range(len(name) - 1)}
    return {name for name in names if name[0].isalnum()}


@pytest.mark.skipif(importlib.util.find_spec("llama_cpp") is None, reason="the engine is not installed")
def test_the_list_is_that_of_the_engine(tmp_path: Path) -> None:
    ours = set(known_architectures())
    candidates = ours | _compiled_names() | {"no-such-architecture"}
    for name in candidates:
        (tmp_path / f"{name}.gguf").write_bytes(encode_header({"general.architecture": name}, ()))
    done = subprocess.run(
        [sys.executable, "-c", _ASK, str(tmp_path)],
        input=json.dumps(sorted(candidates)),
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONSAFEPATH": "1"},
    )
    known = set(json.loads(done.stdout))
    assert "no-such-architecture" not in known
    assert known - ours == set(), "new in the engine: add them to resources/architectures.json"
    assert ours - known == set(), "gone from the engine"


def test_the_list_says_which_engine_it_is_of() -> None:
    version = installed_version("llama-cpp-python")
    if version is None:
        pytest.skip("the engine is not installed")
    path = Path(__file__).parents[2] / "resources/architectures.json"
    assert json.loads(path.read_text(encoding="utf-8"))["engine"] == f"llama-cpp-python {version}"


def test_it_agrees_with_what_the_estimator_knows() -> None:
    ours = known_architectures()
    assert set(ours) >= KNOWN
    assert {name for name in NO_CACHE if ours[name] == "decoder"} == set()
