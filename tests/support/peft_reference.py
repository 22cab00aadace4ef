"""What PEFT itself makes of the adapters of `tests.support.peft_cases`.

``python -m tests.support.peft_reference`` writes the logits of its merged models anew. Needs the ``dev``
extra.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import torch
import transformers
from peft import PeftModel

from tests.support import peft_cases
from tests.support.peft_cases import CASES, LAST, REFERENCE, STARTER, TOKENS


def merged_logits(base: Path, adapter: Path) -> np.ndarray:
    """Behind the last of `TOKENS`, of the model at `base` into which PEFT merged the adapter."""
    model, told = transformers.AutoModelForCausalLM.from_pretrained(
        base, dtype=torch.float32, attn_implementation="eager", output_loading_info=True
    )
    unknown = {key: names for key, names in told.items() if names and key != "error_msgs"}
    assert not unknown, unknown
    adapted = PeftModel.from_pretrained(model, adapter)
    merged = adapted.merge_and_unload().eval()
    with torch.no_grad():
        return merged(torch.tensor([list(TOKENS)])).logits[0, -LAST:].float().numpy()


def main() -> None:
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        for case in (STARTER, *CASES):
            place = Path(folder) / case
            base = (
                peft_cases.write_starter(place / "base")
                if case == STARTER
                else peft_cases.write_base(case, place / "base")
            )
            found[case] = merged_logits(base, peft_cases.write_adapter(case, place / "adapter")).astype(
                np.float16
            )
            print(case, found[case].shape, float(np.abs(found[case]).max()))
    np.savez_compressed(REFERENCE, **found)


if __name__ == "__main__":
    main()
