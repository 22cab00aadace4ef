"""Quantizing with the real engine in its real process: equal to llama.cpp's own tool, predicted to the byte,
refused with a reason, recorded."""

from __future__ import annotations

import os
import platform
import shutil
import struct
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from backend.activities.types import ActivityKind, ActivityState
from backend.capacity.types import Verdict
from backend.errors import AppError
from backend.gguf.reader import read_header
from backend.gguf.types import GGMLType
from backend.hubs.types import Source
from backend.library.types import Store
from backend.paths import STARTER_MODEL
from backend.quantize.catalog import quant_type
from backend.quantize.engine import QuantizeProcess
from backend.quantize.source import read_source
from backend.quantize.types import QuantizeOptions
from backend.workers.messages_quantize import QuantizeSettings
from tests.support.model_shapes import MODELS
from tests.support.quantize_sums import CASES, F16, SLOW, SUMS, Case
from tests.support.quantizing import MATRIX, QuantizeDesk, digest, split, write_matrix
from tests.support.tiny_gguf import (
    TensorSpec,
    encode_header,
    ghost_model,
    quantize,
    tiny_llama,
    tiny_llama_parts,
    tokenizer_metadata,
    write_gguf,
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[QuantizeDesk]:
    with QuantizeDesk(tmp_path / "home") as desk:
        yield desk


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_llama(tmp_path_factory.mktemp("tiny") / "tiny-F16.gguf", width=256)


def refusal(
    desk: QuantizeDesk, source: Path | str, kind: str, target: Path | None = None, **options: object
) -> str:
    with pytest.raises(AppError) as caught:
        desk.make(source, kind, target, **options)  # type: ignore[arg-type]
    assert caught.value.title and desk.rest() == []
    return caught.value.code


@pytest.mark.skipif(
    platform.machine().lower() not in ("x86_64", "amd64") or sys.platform == "darwin",
    reason="the sums are of x86-64, others may round differently",
)
def test_files_are_those_of_llama_cpp_and_of_the_predicted_size(desk: QuantizeDesk, tmp_path: Path) -> None:
    before = digest(STARTER_MODEL)
    source = desk.make("starter", "F16", tmp_path / "starter-f16.gguf", requantize=True)
    assert source.sha256 == F16 == digest(source.path) and digest(STARTER_MODEL) == before
    matrix = write_matrix(tmp_path / MATRIX, source.path)
    parts = split(source.path, tmp_path, "starter-f16", 3)
    forecasts: dict[tuple[bool, str, str, int], dict[str, int]] = {}

    def predicted(case: Case, path: Path, options: QuantizeOptions) -> int:
        key = (case.imatrix, case.output, case.embedding, case.parts)
        if key not in forecasts:
            rows = desk.quantizer.forecast(str(path), options, 4096)
            assert all(row.exact for row in rows)
            forecasts[key] = {row.type.name: row.size for row in rows}
        return forecasts[key][case.type]

    assert set(SUMS) == {case.name for case in (*CASES, *SLOW)}
    chosen = (*CASES, *SLOW) if os.environ.get("ORANGERY_LONG") else CASES[1::2]
    for number, case in enumerate(chosen):
        path = parts[0] if case.parts > 1 else source.path
        options = {
            "imatrix": matrix if case.imatrix else None,
            "output_type": case.output or None,
            "embedding_type": case.embedding or None,
            "keep_split": case.parts > 1,
        }
        made = desk.make(path, case.type, tmp_path / f"{number}" / "out.gguf", **options)
        files = sorted(made.path.parent.iterdir())
        assert tuple(map(digest, files)) == SUMS[case.name], case.name
        assert (made.path, made.sha256) == (files[0], SUMS[case.name][0])
        size = predicted(case, path, QuantizeOptions(case.type, **options))  # type: ignore[arg-type]
        assert made.size == sum(file.stat().st_size for file in files) == size, case.name
        shutil.rmtree(made.path.parent)
    assert digest(source.path) == F16 and desk.rest() == []


def test_what_is_made_is_in_the_library_with_its_record(desk: QuantizeDesk, tiny: Path) -> None:
    activity_id = desk.quantizer.start(str(tiny), QuantizeOptions("q4_k_m", output_type="q8_0"))
    row = desk.backend.activities.wait(activity_id, 60)
    assert (row.state, row.kind, row.label) == (ActivityState.DONE, ActivityKind.QUANTIZE, "Q4_K_M"), row
    assert row.path is not None and row.done == row.total > 0 and row.unit == "bytes"
    path = Path(row.path)
    assert path == desk.paths.models / "orangery" / "tiny" / "tiny-Q4_K_M.gguf"
    (model,) = (m for m in desk.backend.library.models() if m.path == path)
    assert (model.store, model.quant, model.source, model.repo_id) == (
        Store.MODELS,
        "Q4_K_M",
        Source.FOLDER,
        None,
    )
    assert (model.made_from, model.verified, model.sha256) == ("tiny", True, digest(path))
    recipe = desk.quantizer.recipe_of(digest(path))
    assert recipe is not None and recipe.source_id == str(tiny) and recipe.size == path.stat().st_size
    assert (recipe.recipe.type, recipe.recipe.output_type, recipe.engine != "") == ("Q4_K_M", "q8_0", True)
    assert desk.quantizer.recipe_of(digest(tiny)) is None
    second = desk.make(tiny, "Q4_K_M")
    assert second.path.name == "tiny-Q4_K_M-2.gguf", "never over what is there"
    forecasts = desk.quantizer.forecast(str(tiny), QuantizeOptions(""), 2048)
    by_name = {forecast.type.name: forecast for forecast in forecasts}
    assert by_name["Q4_K_M"].in_library and not by_name["Q5_K_M"].in_library
    assert sorted(desk.rest()) == ["tiny-Q4_K_M-2.gguf", "tiny-Q4_K_M.gguf"]


def test_a_forecast_covers_every_type(desk: QuantizeDesk, tiny: Path, tmp_path: Path) -> None:
    plain = {row.type.name: row for row in desk.quantizer.forecast(str(tiny), QuantizeOptions(""), 4096)}
    assert len(plain) == 35 and all(row.exact and row.fit is not None for row in plain.values())
    assert {row.fit.verdict for row in plain.values() if row.fit} <= {Verdict.FITS, Verdict.FITS_GPU}
    weights = [row.fit.ledger.weights for row in plain.values() if row.fit]
    assert weights[0] == max(weights) and plain["Q4_K_M"].fit is not None
    needing = {name for name, row in plain.items() if row.refusal}
    assert needing == {name for name, row in plain.items() if row.type.needs_imatrix}
    assert all(row.type.meaning and row.type.bits > 0 and row.type.groups for row in plain.values())
    matrix = write_matrix(tmp_path / MATRIX, tiny)
    weighed = desk.quantizer.forecast(str(tiny), QuantizeOptions("", imatrix=matrix), 4096)
    assert not any(row.refusal for row in weighed)
    lossy = desk.quantizer.forecast("starter", QuantizeOptions(""), 4096)
    assert desk.quantizer.is_quantized("starter") and not desk.quantizer.is_quantized(str(tiny))
    assert {row.type.name for row in lossy if not row.refusal} == {"Q8_0", "MXFP4_MOE"}
    assert desk.quantizer.peak_memory(str(tiny)) < 200_000_000


def test_rows_that_do_not_divide_get_another_type(desk: QuantizeDesk, tmp_path: Path) -> None:
    source = tiny_llama(tmp_path / "narrow-F16.gguf", width=96)
    size = {row.type.name: row.size for row in desk.quantizer.forecast(str(source), QuantizeOptions(""), 512)}
    row = desk.backend.activities.wait(desk.quantizer.start(str(source), QuantizeOptions("Q4_K_M")), 60)
    assert row.path is not None and "do not divide" in row.note
    kinds = {tensor.type for tensor in read_header(Path(row.path)).tensors}
    assert GGMLType.Q5_0 in kinds and GGMLType.Q4_K not in kinds
    assert Path(row.path).stat().st_size == size["Q4_K_M"]


def test_what_makes_no_sense_is_refused_with_nothing_left(
    desk: QuantizeDesk, tiny: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.gguf"
    before = digest(tiny)
    assert refusal(desk, "starter", "Q4_K_M", out) == "quantize.requantize"
    assert refusal(desk, tiny, "Q9_Z", out) == "quantize.unknown_type"
    assert refusal(desk, tiny, "Q4_0", out, output_type="Q9") == "quantize.unknown_type"
    assert refusal(desk, tiny, "IQ2_XXS", out) == "quantize.needs_imatrix"
    assert refusal(desk, tiny, "Q4_0", tiny) == "quantize.same_file"
    assert refusal(desk, tiny, "Q4_0", tiny, replace=True) == "quantize.same_file"
    (tmp_path / "link.gguf").symlink_to(tiny)
    os.link(tiny, tmp_path / "hard.gguf")
    for name in ("link.gguf", "hard.gguf"):
        assert refusal(desk, tiny, "Q4_0", tmp_path / name, replace=True) == "quantize.same_file"
        assert refusal(desk, tmp_path / name, "Q4_0", tiny, replace=True) == "quantize.same_file"
    other = write_matrix(tmp_path / "other.gguf", tiny_llama(tmp_path / "w.gguf", width=128))
    assert refusal(desk, tiny, "Q4_0", out, imatrix=other) == "quantize.imatrix_differs"
    assert refusal(desk, tiny, "Q4_0", out, imatrix=tiny) == "quantize.imatrix"
    matrix = write_matrix(tmp_path / MATRIX, tiny)
    header, data = read_header(matrix), matrix.read_bytes()
    start = header.data_offset + header.tensors[0].offset
    for number in (float("nan"), -1.0):
        spoilt = tmp_path / "spoilt.gguf"
        spoilt.write_bytes(data[:start] + struct.pack("<f", number) + data[start + 4 :])
        assert refusal(desk, tiny, "Q4_0", out, imatrix=spoilt) == "quantize.imatrix"
    assert refusal(desk, tiny, "Q4_0", matrix, replace=True, imatrix=matrix) == "quantize.same_file"
    assert refusal(desk, tiny, "Q4_0", out, imatrix=tmp_path / "none") == "quantize.imatrix"
    out.write_text("mine")
    assert refusal(desk, tiny, "Q4_0", out) == "quantize.exists" and out.read_text() == "mine"
    assert desk.make(tiny, "Q4_0", out, replace=True).sha256 == digest(out)
    assert digest(tiny) == before


def test_weights_beyond_the_end_of_the_file_never_reach_the_engine(
    desk: QuantizeDesk, tmp_path: Path
) -> None:
    """CVE-2026-7482: what the header promises beyond the end would be memory of the process."""
    metadata, tensors = tiny_llama_parts(width=256)
    path = write_gguf(tmp_path / "leak-F16.gguf", metadata, tensors)
    os.truncate(path, path.stat().st_size - 4096)
    assert refusal(desk, path, "Q8_0").startswith(("gguf.", "quantize.source"))
    metadata, tensors = tiny_llama_parts(width=256)
    huge = [
        TensorSpec(t.name, (256, 1 << 40) if "token_embd" in t.name else t.shape, t.type) for t in tensors
    ]
    lying = tmp_path / "lie-F16.gguf"
    lying.write_bytes(encode_header(metadata, huge) + bytes(1 << 20))
    assert refusal(desk, lying, "Q8_0").startswith(("gguf.", "quantize.source"))


def test_a_link_planted_at_the_part_is_not_followed(desk: QuantizeDesk, tiny: Path, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("precious")
    (tmp_path / "out.gguf.orangery.part").symlink_to(victim)
    assert refusal(desk, tiny, "Q4_0", tmp_path / "out.gguf") == "quantize.busy"
    assert victim.read_text() == "precious" and not (tmp_path / "out.gguf").exists()


def test_experts_have_a_matrix_each_and_an_odd_layout_is_refused(desk: QuantizeDesk, tmp_path: Path) -> None:
    metadata, tensors = tiny_llama_parts(
        width=256, extra={"llama.expert_count": 4, "llama.expert_used_count": 2}
    )
    random = np.random.default_rng(1)
    experts = [
        TensorSpec(
            t.name.replace(".weight", "_exps.weight"),
            (256, 256, 4),
            GGMLType.F16,
            quantize(random.normal(size=256 * 256 * 4), GGMLType.F16),
        )
        if "ffn" in t.name and len(t.shape) > 1
        else t
        for t in tensors
    ]
    source = write_gguf(tmp_path / "moe-F16.gguf", metadata, experts)
    matrix = write_matrix(tmp_path / MATRIX, source)
    options = QuantizeOptions("Q4_K_M", imatrix=matrix)
    sizes = {row.type.name: row.size for row in desk.quantizer.forecast(str(source), options, 512)}
    made = desk.make(source, "Q4_K_M", imatrix=matrix)
    plain = desk.make(source, "Q4_K_M")
    assert made.size == sizes["Q4_K_M"] and made.sha256 != plain.sha256
    assert read_header(made.path).text("quantize.imatrix.file") == MATRIX, "a name, no folder of this machine"
    odd = write_gguf(tmp_path / "odd-F16.gguf", {**metadata, "general.alignment": 64}, tensors)
    with pytest.raises(AppError) as caught:
        desk.make(odd, "Q4_0")
    assert caught.value.code == "quantize.alignment"


@pytest.mark.parametrize("name", ["Llama-3.1-8B", "gpt-oss-20b", "DeepSeek-V2-Lite", "Mamba2-1.3B"])
def test_planning_without_the_vocabulary_plans_the_same(
    desk: QuantizeDesk, tmp_path: Path, name: str
) -> None:
    metadata, tensors = MODELS[name]()
    path = ghost_model(tmp_path / "ghost-F16.gguf", {**metadata, **tokenizer_metadata(32_000)}, tensors)
    source = read_source(desk.backend.library.find(str(path)))
    ftypes = [quant_type(kind).ftype for kind in ("Q4_K_M", "IQ3_M")]
    with QuantizeProcess(desk.backend.workers, source, threading.Event()) as process:
        lean = process.plan(ftypes, QuantizeSettings())
        assert lean == tuple(process.plan([ftype], QuantizeSettings())[0] for ftype in ftypes)
    assert not any(plan.problem for plan in lean)
