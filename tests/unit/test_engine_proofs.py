"""What is remembered of adapters that changed a model, and what makes it void."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from backend.engines.card import EngineIdentity
from backend.engines.proofs import Proofs
from backend.engines.types import AdapterUse, EngineFlags
from backend.workers.messages_adapters import FileKey

ENGINE = EngineIdentity("engine 1", EngineFlags(), "a processor")


@pytest.fixture
def model(tmp_path: Path) -> str:
    (path := tmp_path / "m-00001-of-00002.gguf").write_bytes(b"model")
    (tmp_path / "m-00002-of-00002.gguf").write_bytes(b"more")
    return str(path)


@pytest.fixture
def adapter(tmp_path: Path) -> str:
    (path := tmp_path / "tone.gguf").write_bytes(b"adapter")
    return str(path)


def proofs(model: str, engine: EngineIdentity = ENGINE) -> Proofs:
    return Proofs(Path(model).parent / "cache" / "proofs.json", lambda: engine)


def use(*paths: str) -> tuple[AdapterUse, ...]:
    return tuple(AdapterUse(path, 0.5) for path in paths)


def touch(path: str) -> None:
    os.utime(path, ns=(1, Path(path).stat().st_mtime_ns + 1))


def test_they_are_known_to_whoever_opens_the_same_model_with_the_same_engine(
    model: str, adapter: str
) -> None:
    one, side_by_side = proofs(model), proofs(model)
    other = str(Path(adapter).with_name("other.gguf"))
    Path(other).write_bytes(b"adapter")
    assert one.known(model) == side_by_side.known(model) == ()
    with one.noting(model, use(adapter)):
        pass
    with side_by_side.noting(model, use(other)):
        pass
    assert set(proofs(model).known(model)) == {FileKey.at(adapter), FileKey.at(other)}
    assert proofs(model, EngineIdentity("engine 2", EngineFlags(), "a processor")).known(model) == ()
    touch(adapter)
    with one.noting(model, use(adapter)):
        pass
    assert set(one.known(model)) == {FileKey.at(adapter), FileKey.at(other)}  # not as it was before
    touch(model.replace("00001-of", "00002-of"))
    assert proofs(model).known(model) == ()
    (Path(model).parent / "cache" / "proofs.json").write_text('{"format": 1, "proved": []}', "utf-8")
    assert one.known(model) == ()


def test_what_failed_or_changed_meanwhile_is_not_noted(model: str, adapter: str) -> None:
    noting = proofs(model)
    with noting.noting(model, use(adapter)):
        pass  # a model that nobody opened
    noting.known(model)
    with pytest.raises(ValueError, match="no effect"), noting.noting(model, use(adapter)):
        raise ValueError("no effect")
    with noting.noting(model, use(adapter)):
        touch(adapter)
    touch(model)  # the process has the old one
    with noting.noting(model, use(adapter)):
        pass
    assert noting.known(model) == ()
    with noting.noting(model, use(adapter)):
        pass  # in a process with the old model, or with the new
    assert proofs(model).known(model) == ()


def test_the_oldest_make_room(model: str, adapter: str) -> None:
    files = [str(Path(adapter).with_name(f"{number}.gguf")) for number in range(70)]
    one = proofs(model)
    one.known(model)
    for file in files:
        Path(file).touch()
        with one.noting(model, use(file)):
            pass
    assert [Path(key.path).stem for key in one.known(model)] == [str(number) for number in range(6, 70)]
