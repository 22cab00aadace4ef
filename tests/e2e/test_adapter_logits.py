"""Converted adapters against PEFT: the logits of its merged models were computed once and are kept beside
`tests.support.peft_cases`. A few architectures by default; all that can be converted with ORANGERY_LONG."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from backend.gguf.reader import read_headers
from backend.worker.convert import writing
from backend.worker.convert.adapter import Label, plan_adapter, write_adapter
from backend.worker.convert.plan import make_plan
from backend.worker.convert.repository import Repository
from tests.support import peft_cases
from tests.support.engine_logits import ask_engine
from tests.support.examples import LONG
from tests.support.peft_cases import CASES, LAST, REFERENCE, STARTER, TOKENS

SHORT = ("LlamaForCausalLM", "Gemma3ForCausalLM", "Phi3ForCausalLM")
"""Rows in another order, norms around, and fused layers."""


def quiet(share: float, tensor: str) -> None:
    """Hears of progress."""


def base_file(case: str, folder: Path) -> Path:
    if case == STARTER:
        return peft_cases.starter_file(folder / "base.gguf")
    repository = Repository(peft_cases.write_base(case, folder / "base"))
    writing.write(repository, make_plan(repository), folder / "base.gguf", "F32", "Tiny", quiet)
    return folder / "base.gguf"


def cosines(ours: np.ndarray, theirs: np.ndarray) -> np.ndarray:
    return (ours * theirs).sum(axis=1) / (np.linalg.norm(ours, axis=1) * np.linalg.norm(theirs, axis=1))


@pytest.mark.parametrize("case", (STARTER, *(CASES if LONG else SHORT)))
def test_the_engine_computes_what_peft_does(case: str, tmp_path: Path) -> None:
    base = base_file(case, tmp_path)
    repository = Repository(peft_cases.write_adapter(case, tmp_path / "adapter"))
    plan = plan_adapter(repository, read_headers(base))
    write_adapter(repository, plan, tmp_path / "adapter.gguf", "F16", Label("Test"), quiet)
    answer = ask_engine(base, [TOKENS], adapters=[(tmp_path / "adapter.gguf", 1.0)])
    plain, ours = answer.logits[0][-LAST:], answer.adapted[0][-LAST:]
    theirs = np.load(REFERENCE)[case].astype(np.float64)
    print(
        case,
        cosines(ours, theirs).min(),
        cosines(ours - plain, theirs - plain).min(),
        np.linalg.norm(theirs - plain) / np.linalg.norm(plain),
        cosines(plain, theirs).min(),
    )
    assert cosines(ours, theirs).min() >= 0.9999
    assert cosines(ours - plain, theirs - plain).min() >= 0.999
