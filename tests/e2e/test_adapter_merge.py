"""Adapters merged into a new model, against the engine that applies them while it runs."""

from __future__ import annotations

import math
import os
import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import psutil
import pytest

from backend.activities.runner import Step
from backend.convert.types import ConvertType
from backend.engines.types import AdapterUse
from backend.errors import AppError, Cancelled
from backend.gguf.header import Header
from backend.gguf.reader import read_header
from backend.gguf.types import GGMLType
from backend.paths import STARTER_MODEL
from backend.quantize.types import Made
from backend.store.made import MergedAdapter
from tests.support.adapters import ATTENTION, EVERYTHING, EXPERTS, random_adapter
from tests.support.command_line import CommandLine
from tests.support.engine_logits import ask_engine
from tests.support.mixture import random_mixture
from tests.support.models import Shape, random_model
from tests.support.processes import workers
from tests.support.quantizing import QuantizeDesk, digest, life, split
from tests.support.tiny_gguf import TensorSpec, tiny_llama, write_gguf

TOKENS = [list(range(60, 100))]
Blend = tuple[tuple[Path, float], ...]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[QuantizeDesk]:
    with QuantizeDesk(tmp_path_factory.mktemp("merging")) as desk:
        yield desk


def merge(
    desk: QuantizeDesk,
    base: Path | str,
    blend: Blend,
    target: Path | None = None,
    *,
    name: str = "Both",
    type: ConvertType | None = None,
    tell: Callable[[int, int, str], None] = lambda *_told: None,
    stop: threading.Event | None = None,
) -> Made:
    uses = tuple(AdapterUse(str(path), scale) for path, scale in blend)
    step = Step(stop or threading.Event(), tell)
    return desk.backend.adapter_merger.make(step, str(base), uses, name, target, type=type)


def likeness(one: np.ndarray, other: np.ndarray) -> float:
    """The smallest cosine of the logits behind a token."""
    lengths = np.linalg.norm(one, axis=1) * np.linalg.norm(other, axis=1)
    return float(((one * other).sum(1) / lengths).min())


def plain_starter(folder: Path) -> Path:
    """The starter model with all its numbers in single precision."""
    header, data = read_header(STARTER_MODEL), STARTER_MODEL.read_bytes()
    packed = np.dtype([("d", "<f2"), ("q", "i1", 32)])
    tensors = []
    for tensor in header.tensors:
        start = header.data_offset + tensor.offset
        raw = data[start : start + tensor.nbytes]
        if tensor.type is GGMLType.Q8_0:
            blocks = np.frombuffer(raw, packed)
            raw = (blocks["d"].astype(np.float32)[:, None] * blocks["q"]).astype(np.float32).tobytes()
        tensors.append(TensorSpec(tensor.name, tensor.shape, GGMLType.F32, raw))
    metadata = dict(read_header(STARTER_MODEL, keep=1 << 24).metadata)
    metadata |= {key: list(value) for key, value in metadata.items() if hasattr(value, "raw")}  # type: ignore[call-overload]
    return write_gguf(folder / "starter-F32.gguf", metadata, tensors)


def mixture(folder: Path) -> Path:
    """A mixture of experts."""
    return random_mixture(folder / "mix.gguf", layers=1, experts_count=4, vocab=400, kind=GGMLType.F32)


@pytest.mark.parametrize(
    ("make", "modules", "least"),
    [
        (plain_starter, EVERYTHING, 0.9999),
        (lambda _folder: STARTER_MODEL, EVERYTHING, 0.995),
        (mixture, ("token_embd", "output", *ATTENTION, *EXPERTS), 0.9999),
    ],
    ids=["starter-F32", "starter-Q8_0", "experts-split-F32"],
)
def test_a_merged_model_computes_what_its_base_computes_with_the_adapters(
    desk: QuantizeDesk,
    tmp_path: Path,
    make: Callable[[Path], Path],
    modules: tuple[str, ...],
    least: float,
) -> None:
    base = make(tmp_path)
    options: dict[str, Any] = {"modules": modules, "gain": 0.3}
    one = random_adapter(tmp_path / "one.gguf", base, rank=8, kind=GGMLType.F16, **options)
    other = random_adapter(tmp_path / "other.gguf", base, rank=3, alpha=0.0, seed=3, **options)
    blend = ((one, 0.7), (other, 1.5))
    first = split(base, tmp_path / "parts", "mix", 3)[0] if make is mixture else base
    made = merge(desk, first, blend, tmp_path / "merged.gguf")
    (running,) = ask_engine(first, TOKENS, adapters=blend).adapted
    (merged,) = ask_engine(made.path, TOKENS).logits
    assert likeness(merged, running) >= least
    if base is STARTER_MODEL:  # what the rest is held against: these adapters change a lot
        (plain,) = ask_engine(base, TOKENS).logits
        assert likeness(plain, running) < 0.7


def raw(path: Path, header: Header) -> dict[str, bytes]:
    data = path.read_bytes()
    start = header.data_offset
    return {t.name: data[start + t.offset : start + t.offset + t.nbytes] for t in header.tensors}


def test_what_no_adapter_changes_stays_byte_for_byte_and_the_rest_says_where_it_is_from(
    desk: QuantizeDesk, tmp_path: Path
) -> None:
    adapter = random_adapter(tmp_path / "sql-helper.gguf", modules=("attn_q",))
    silent = random_adapter(tmp_path / "off.gguf", modules=("attn_k",))
    before = digest(STARTER_MODEL), digest(adapter)
    made = merge(desk, "starter", ((adapter, 0.75), (silent, 0.0)), name="Tidy  SQL")
    assert made.path == desk.paths.models / "orangery" / "Tidy SQL" / "Tidy SQL.gguf"
    assert (digest(STARTER_MODEL), digest(adapter)) == before and digest(made.path) == made.sha256
    old, new = read_header(STARTER_MODEL, keep=1 << 24), read_header(made.path, keep=1 << 24)
    was, now = raw(STARTER_MODEL, old), raw(made.path, new)
    assert [(t.name, t.shape, t.type) for t in new.tensors] == [
        (t.name, t.shape, t.type) for t in old.tensors
    ]
    assert {name for name in was if was[name] != now[name]} == {n for n in was if n.endswith("attn_q.weight")}
    own = {key: value for key, value in new.metadata.items() if value != old.metadata.get(key)}
    assert list(own.pop("orangery.merged_adapters")) == ["sql-helper=0.75"]  # type: ignore[arg-type]
    assert own == {
        "general.name": "Tidy SQL",
        "general.base_model.count": 1,
        "general.base_model.0.name": old.name,
        "general.base_model.0.organization": "Orangery",
    }
    assert set(old.metadata) <= set(new.metadata) and next(iter(new.metadata)) == "general.architecture"
    row = desk.backend.library.find(str(made.path))
    assert (row.name, row.quant, row.made_from, row.problem) == ("Tidy SQL", "Q8_0", "Starter model", "")
    recipe = desk.quantizer.recipe_of(made.sha256)
    assert recipe is not None and recipe.kind == "merge"
    assert recipe.recipe.adapters == (MergedAdapter("sql-helper", 0.75, before[1]),)
    uses = (AdapterUse(str(adapter), 0.75),)
    job = desk.backend.adapter_merger.start("starter", uses, "Tidy SQL", "F32")
    again = Path(desk.backend.activities.wait(job, timeout=60).path or "")
    assert again.name == "Tidy SQL-2.gguf"
    assert set(desk.rest()) == {again.name, made.path.name}
    changed = {t.name: t.type for t in read_header(again).tensors if t.type is not GGMLType.Q8_0}
    assert desk.backend.adapter_merger.forecast("starter", uses)[0].size == made.size
    assert changed["blk.0.attn_q.weight"] is GGMLType.F32 and "blk.0.attn_k.weight" not in changed


def test_what_cannot_be_merged_is_refused_before_any_process_starts(
    desk: QuantizeDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk.backend.workers, "start", lambda *_: pytest.fail("a process was started"))
    good = random_adapter(tmp_path / "good.gguf")
    wide = random_adapter(tmp_path / "wide.gguf", reshape=lambda _name, shape: (shape[0] + 32, *shape[1:]))
    small = tiny_llama(tmp_path / "tiny.gguf", width=256)
    header = read_header(small)
    tiny = random_adapter(tmp_path / "for-tiny.gguf", small)
    coarse = [
        TensorSpec(t.name, t.shape, GGMLType.IQ2_XXS if "attn" in t.name and len(t.shape) > 1 else t.type)
        for t in header.tensors
    ]
    keys = {key: value for key, value in header.metadata.items() if not hasattr(value, "raw")}
    coarse_base = write_gguf(tmp_path / "coarse.gguf", keys, coarse)
    folder = tmp_path / "peft"
    folder.mkdir()
    target = tmp_path / "out" / "new.gguf"

    def refused(base: Path | str, *blend: tuple[Path, float], name: str = "x") -> AppError:
        with pytest.raises(AppError) as caught:
            merge(desk, base, blend, target, name=name)
        assert not target.parent.exists()
        return caught.value

    assert "attn" in str(refused("starter", (good, 1.0), (wide, 1.0))), "the tensor is named"
    assert refused("starter", (folder, 1.0)).code == "adapter.refused"
    assert refused("starter", (good, math.nan)).code == "adapter.scale"
    assert refused("starter", (good, 2.5)).code == "adapter.scale"
    assert refused("starter", (good, 0.0)).code == "merge.nothing"
    assert refused("starter", (good, 1.0), name=" ").code == "merge.no_name"
    error = refused(coarse_base, (tiny, 1.0))
    assert error.code == "merge.type" and "IQ2_XXS" in error.title and "attn_q" in error.title and error.hint
    uses = (AdapterUse(str(tiny), 1.0),)
    kept, packed, plain = desk.backend.adapter_merger.forecast(str(coarse_base), uses)
    assert "IQ2_XXS" in kept.refusal and not packed.refusal and 0 < packed.size < plain.size
    with pytest.raises(AppError) as caught:
        merge(desk, "starter", ((good, 1.0),), good)
    assert caught.value.code == "quantize.same_file"


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A model and its adapter that take a while."""
    folder = tmp_path_factory.mktemp("large")
    shape = Shape(width=1024, ffn=2048)
    model = random_model(folder / "big-F16.gguf", shape=shape, quant="f16")
    return model, random_adapter(folder / "adapter.gguf", model, modules=EVERYTHING)


def test_cancelling_and_a_worker_that_is_killed_leave_nothing(
    desk: QuantizeDesk, tmp_path: Path, large: tuple[Path, Path]
) -> None:
    model, adapter = large
    out, before = tmp_path / "deep" / "new.gguf", desk.rest()
    stop = threading.Event()

    def cancel(done: int, total: int, _note: str) -> None:
        if total and done:
            assert len(list(out.parent.iterdir())) == 1
            stop.set()

    with pytest.raises(Cancelled):
        merge(desk, model, ((adapter, 1.0),), out, tell=cancel, stop=stop)
    assert stop.is_set() and not out.parent.exists() and desk.rest() == before

    killed: list[psutil.Process] = []

    def kill(done: int, total: int, _note: str) -> None:
        if total and done and not killed:
            killed.extend(workers("merge"))
            killed[0].kill()

    with pytest.raises(AppError) as caught:
        merge(desk, model, ((adapter, 1.0),), out, tell=kill)
    assert caught.value.code == "merge.ended" and caught.value.retryable
    assert not out.parent.exists() and desk.rest() == before


@pytest.mark.skipif(sys.platform != "linux", reason="needs prlimit(2)")
def test_a_write_that_fails_leaves_nothing(
    desk: QuantizeDesk, tmp_path: Path, large: tuple[Path, Path]
) -> None:
    """As on a full disk, but without having to fill one."""
    out, before = tmp_path / "deep" / "new.gguf", desk.rest()

    limited: list[psutil.Process] = []

    def fill(done: int, total: int, _note: str) -> None:
        if total and done and not limited:
            limited.extend(workers("merge"))
            limited[0].rlimit(psutil.RLIMIT_FSIZE, (8_000_000, 8_000_000))

    with pytest.raises(AppError) as caught:
        merge(desk, large[0], ((large[1], 1.0),), out, tell=fill)
    assert caught.value.code == "merge.disk" and caught.value.retryable
    assert not out.parent.exists() and desk.rest() == before


_ON_A_SMALL_DISK = """
import threading
from backend.activities.runner import Step
from backend.engines.types import AdapterUse
from backend.quantize import target
target.check_space = lambda *_: None  # another program takes what was free
step = Step(threading.Event(), lambda *_: None)
uses = (AdapterUse(str(source.parent / "adapter.gguf"), 1.0),)
try:
    desk.backend.adapter_merger.make(step, str(source), uses, "x", out / "new.gguf")
except AppError as error:
    told["code"] = error.code
"""


@pytest.mark.skipif(not os.environ.get("ORANGERY_LONG"), reason="long; ORANGERY_LONG=1 runs it")
@pytest.mark.skipif(not shutil.which("unshare"), reason="needs unshare(1)")
def test_a_disk_that_gets_full_meanwhile_leaves_nothing(tmp_path: Path, large: tuple[Path, Path]) -> None:
    out = tmp_path / "out"
    mount = f'mount -t tmpfs -o size=4m none {out} && exec "$0" "$@"'
    told = life(["unshare", "-m", "sh", "-c", mount], tmp_path / "home", large[0], out, _ON_A_SMALL_DISK)
    assert told == {"code": "merge.full", "same": True, "rest": []}


def test_the_command_merges_and_says_plainly_what_it_cannot(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    cli = CommandLine(tmp_path)
    one = random_adapter(tmp_path / "one-f16.gguf")
    two = random_adapter(tmp_path / "two.gguf", seed=2, modules=EVERYTHING)
    out = tmp_path / "Sea-talk.gguf"
    command = ("adapters", "merge", "starter", f"{one}=0.5", str(two), "-o", str(out))
    made = cli.inside(monkeypatch, capsys, *command, "--json", code=0).json
    assert made == {"path": str(out), "size": out.stat().st_size, "sha256": digest(out)}
    assert read_header(out).name == "Sea-talk"
    assert "already a file" in cli.inside(monkeypatch, capsys, *command, code=1).err
    more = ("--force", "--name", "Sea", "--type", "f16")
    assert cli.inside(monkeypatch, capsys, *command, *more, code=0).out.strip() == str(out)
    header = read_header(out)
    assert header.name == "Sea" and out.stat().st_size > made["size"]
    assert cli.inside(monkeypatch, capsys, "adapters", "merge", "starter", f"{one}=3", code=2).err
    library = cli.inside(monkeypatch, capsys, "adapters", "merge", "starter", str(one), code=0).out.strip()
    assert Path(library).name == "Starter model-one.gguf" and Path(library).is_file()
    rows = cli.inside(monkeypatch, capsys, "ls", "--json", code=0).json
    assert next(row["quant"] for row in rows if row["path"] == library) == "Q8_0", "not the adapter's"
    said = cli.inside(monkeypatch, capsys, "chat", library, "Hello", "--max-tokens", "4", code=0)
    assert said.out.strip()
