"""The quant lab with the starter model in real workers: what is measured, kept and cleaned up."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from backend.activities.runner import Step
from backend.activities.types import ActivityState
from backend.errors import AppError, Cancelled
from backend.gguf.reader import read_header
from backend.lab.types import LabRequest, LabText
from backend.quantize.types import Made, QuantizeOptions
from tests.support.mixture import IMATRIX, RULE_TEXT, random_mixture
from tests.support.quantizing import QuantizeDesk, split
from tests.support.tiny_gguf import tiny_llama_parts, write_gguf

_LONG = bool(os.environ.get("ORANGERY_LONG"))
_TOKENS = 1024
_TYPES = ("Q8_0", "Q4_0", "Q2_K") if _LONG else ("Q8_0", "Q2_K")
"""From the largest to the smallest."""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[QuantizeDesk]:
    with QuantizeDesk(tmp_path / "home") as opened:
        yield opened


def _request(desk: QuantizeDesk, *types: str, text: LabText | None = None) -> LabRequest:
    chosen = text or desk.backend.lab.texts()[0]
    return LabRequest("starter", types, True, chosen, _TOKENS, requantize=True, keep=False)


def _step(stop: threading.Event | None = None) -> Step:
    return Step(stop or threading.Event(), lambda done, total, note: None)


def _left(desk: QuantizeDesk) -> list[Path]:
    folders = (desk.paths.cache / "lab", desk.paths.data / "imatrix")
    return [path for folder in folders for path in folder.glob("*")]


def _tensors(path: Path) -> dict[str, npt.NDArray[np.float32]]:
    """All numbers of an importance matrix: by expert, or one row, and column."""
    header, data = read_header(path), np.fromfile(path, np.uint8)
    found = {}
    for tensor in header.tensors:
        start = header.data_offset + tensor.offset
        values = data[start : start + tensor.nbytes].view("<f4")
        found[tensor.name] = values.reshape(tuple(reversed(tensor.shape)))
    return found


def test_smaller_types_lose_more_and_nothing_is_left(desk: QuantizeDesk, tmp_path: Path) -> None:
    lab = desk.backend.lab
    lab.run(_step(), _request(desk, *_TYPES))
    rows = {row.type: row for row in lab.rows("starter", n_ctx=512, quick=True)[1:]}
    losses = [rows[name].kl_divergence for name in _TYPES]
    assert all(loss is not None and loss.measured for loss in losses)
    same, *less = (loss.value for loss in losses if loss is not None)
    assert abs(same) < 1e-6 < less[0]  # the starter model is Q8_0 itself
    assert less == sorted(less)
    assert rows["Q8_0"].same_top is not None and rows["Q8_0"].same_top.value == 1
    assert not _left(desk) and not list(desk.paths.models.rglob("*.gguf"))
    for kind in ("csv", "json", "md"):
        lab.export("starter", tmp_path / f"rows.{kind}", kind)  # type: ignore[arg-type]
        assert "Neutral text" in (tmp_path / f"rows.{kind}").read_text("utf-8")
    table = json.loads((tmp_path / "rows.json").read_text("utf-8"))
    assert table[0]["type"] == "Q8_0" and len(table) == 1 + len(_TYPES)
    assert (tmp_path / "rows.csv").read_text("utf-8").count("\n") == 2 + len(_TYPES)


def test_a_matrix_is_saved_and_makes_small_types_possible(desk: QuantizeDesk, tmp_path: Path) -> None:
    lab = desk.backend.lab
    found = lab.make_imatrix(_step(), "starter", lab.texts()[0], _TOKENS)
    assert [matrix.path for matrix in lab.imatrices("starter")] == [found.path]
    header = read_header(found.path)
    assert header.integer("imatrix.chunk_count") == 2 and header.integer("imatrix.chunk_size") == 512
    for name, values in _tensors(found.path).items():
        assert (values == _TOKENS).all() if name.endswith(".counts") else (values > 0).any()
    desk.make("starter", "IQ2_XS", tmp_path / "small.gguf", imatrix=found.path, requantize=True)


def test_sums_of_a_mixture_are_those_of_llama_imatrix(desk: QuantizeDesk, tmp_path: Path) -> None:
    model = random_mixture(tmp_path / "mix.gguf", layers=1, experts_count=4)
    text = tmp_path / "rule.txt"
    text.write_text(RULE_TEXT, "utf-8")
    target = tmp_path / "matrix.gguf"
    desk.backend.lab.make_imatrix(_step(), str(model), LabText("file", text.name, text), _TOKENS, target)
    found = _tensors(target)
    for name, (counts, sums) in IMATRIX.items():
        weight = f"blk.0.{name}.weight"
        # Another processor rounds otherwise, and may send a token or two to another expert.
        assert found[f"{weight}.counts"].ravel() == pytest.approx(counts, abs=2)
        assert found[f"{weight}.in_sum2"].sum(axis=1, dtype=float) == pytest.approx(sums, rel=0.01)


def test_threads_and_the_split_reach_the_quantizer(
    desk: QuantizeDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    metadata, tensors = tiny_llama_parts(width=256)
    whole = write_gguf(tmp_path / "tiny-F16.gguf", metadata, tensors)
    first, *_ = split(whole, tmp_path, "parts-F16", 2)
    make, asked = desk.quantizer.make, []

    def spied(step: Step, model_id: str, options: QuantizeOptions, *rest: Any, **more: Any) -> Made:
        asked.append((options.threads, options.keep_split))
        return make(step, model_id, options, *rest, **more)

    monkeypatch.setattr(desk.quantizer, "make", spied)
    for source in (first, whole):
        request = LabRequest(str(source), ("Q8_0",), False, desk.backend.lab.texts()[0])
        desk.backend.lab.run(_step(), replace(request, threads=1, keep_split=True))
    made = sorted(path.name for path in desk.paths.models.rglob("*.gguf"))
    assert asked == [(1, True), (1, False)]
    assert len(made) == 3 and sum("-of-00002" in name for name in made) == 2


def test_stopping_leaves_no_file(desk: QuantizeDesk) -> None:
    lab, stop = desk.backend.lab, threading.Event()

    def told(done: int, _total: int, _note: str) -> None:
        if done:
            stop.set()

    with pytest.raises(Cancelled):
        lab.run(Step(stop, told), _request(desk, "Q4_0"))
    assert not _left(desk) and not desk.rest()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"too short", "lab.text_short"),
        (b"\xff\xfe not utf-8", "lab.text_encoding"),
        (b"  \n", "lab.text_empty"),
        (b"x" * (2**21 + 1), "lab.text_large"),
    ],
)
def test_texts_that_cannot_be_used(desk: QuantizeDesk, tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "text.txt"
    path.write_bytes(content)
    text = LabText("file", path.name, path)
    activity = desk.backend.lab.start(_request(desk, "Q4_0", text=text))
    row = desk.backend.activities.wait(activity, 60)
    assert (row.state, row.error_code) == (ActivityState.FAILED, code)
    assert not _left(desk)


def test_a_full_disk_is_said_before(desk: QuantizeDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backend.lab.measuring.disk_free", lambda folder: 1_000_000)
    with pytest.raises(AppError) as caught:
        desk.backend.lab.run(_step(), _request(desk, "Q4_0"))
    assert caught.value.code == "lab.no_space" and not _left(desk)


@pytest.mark.parametrize(
    ("kind", "twice", "code"),
    [
        ("Q4_K", False, "quantize.requantize"),
        ("IQ1_S", True, "quantize.needs_imatrix"),
        ("Q9_X", True, "quantize.unknown_type"),
    ],
)
def test_what_cannot_be_made_is_refused_before_anything_is_measured(
    desk: QuantizeDesk, kind: str, twice: bool, code: str
) -> None:
    said: list[str] = []
    step = Step(threading.Event(), lambda _done, _total, note: said.append(note))
    request = replace(_request(desk, kind), requantize=twice)
    with pytest.raises(AppError) as caught:
        desk.backend.lab.run(step, request)
    assert caught.value.code == code and not said and not _left(desk)
