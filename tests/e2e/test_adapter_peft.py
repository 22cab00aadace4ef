"""What PEFT itself saves, and what it computes. Needs the ``dev`` extra (``pip install -e .[test,dev]``)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from backend.gguf.reader import read_headers
from backend.worker.convert import writing
from backend.worker.convert.adapter import plan_adapter
from backend.worker.convert.plan import make_plan
from backend.worker.convert.refusal import Refusal
from backend.worker.convert.repository import Repository
from tests.support import peft_cases
from tests.support.peft_cases import CASES, REFERENCE, STARTER

torch = pytest.importorskip("torch", reason="the dev extra is not installed")
transformers = pytest.importorskip("transformers", reason="the dev extra is not installed")
peft = pytest.importorskip("peft", reason="the dev extra is not installed")

pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.mark.parametrize("case", (STARTER, *CASES))
def test_the_kept_logits_are_those_of_this_version(case: str, tmp_path: Path) -> None:
    from tests.support.peft_reference import merged_logits

    write = (
        peft_cases.write_starter if case == STARTER else lambda folder: peft_cases.write_base(case, folder)
    )
    found = merged_logits(write(tmp_path / "base"), peft_cases.write_adapter(case, tmp_path / "adapter"))
    np.testing.assert_allclose(found, np.load(REFERENCE)[case].astype(np.float32), atol=0.02, rtol=0.01)


SAVED: dict[str, tuple[dict[str, Any], str]] = {
    "usual": ({}, ""),
    "ranks and alphas": ({"use_rslora": True, "rank_pattern": {"q_proj": 4}, "alpha_pattern": {"v": 3}}, ""),
    "the output": ({"target_modules": ["lm_head", "q_proj"]}, ""),
    "some layers": ({"layers_to_transform": [1]}, ""),
    "begun otherwise": ({"init_lora_weights": "orthogonal"}, ""),
    "DoRA": ({"use_dora": True}, "use_dora"),
    "bias": ({"bias": "lora_only"}, "bias"),
    "bias of B": ({"lora_bias": True}, "lora_bias"),
    "whole modules": ({"modules_to_save": ["norm"]}, "modules_to_save"),
    "tokens": ({"trainable_token_indices": [1, 2]}, "trainable_token_indices"),
    "a table": ({"target_modules": ["embed_tokens", "q_proj"]}, "embed_tokens"),
    "another base": ({"init_lora_weights": "olora"}, "init_lora_weights"),
    "aLoRA": ({"alora_invocation_tokens": [3]}, "alora_invocation_tokens"),
    "layers twice": ({"layer_replication": [[0, 2], [1, 3]]}, "layer_replication"),
}


def test_what_it_saves_is_taken_or_refused_by_name(tmp_path: Path) -> None:
    folder = peft_cases.write_base("LlamaForCausalLM", tmp_path / "base")
    repository = Repository(folder)
    writing.write(
        repository, make_plan(repository), tmp_path / "base.gguf", "F32", "Tiny", lambda share, tensor: None
    )
    headers = read_headers(tmp_path / "base.gguf")
    usual = {"r": 8, "lora_alpha": 16, "target_modules": ["q_proj", "v_proj"], "task_type": "CAUSAL_LM"}
    for name, (options, refused) in SAVED.items():
        model = transformers.AutoModelForCausalLM.from_pretrained(folder)
        peft.get_peft_model(model, peft.LoraConfig(**usual | options)).save_pretrained(tmp_path / name)
        try:
            assert plan_adapter(Repository(tmp_path / name), headers).matched and not refused, name
        except Refusal as refusal:
            assert refused and refused in refusal.failure.where, name
