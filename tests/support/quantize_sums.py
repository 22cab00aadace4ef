"""SHA-256 of what llama.cpp's own ``llama-quantize`` makes of the starter model.

The tool was built from the llama.cpp inside of llama-cpp-python 0.3.36 (ggml 0.25.3) and linked against the
libraries of that very package, on x86-64 Linux with GCC. The quantizing code is compiled for the plain
architecture, so the sums hold for every x86-64 processor; other architectures may round differently.

Each file was made in a folder of its own by

    llama-quantize --allow-requantize resources/models/orangery-starter-q8_0.gguf starter-f16.gguf F16
    llama-quantize [OPTIONS] starter-f16.gguf out.gguf TYPE

with the importance matrix ``matrix.gguf`` of `tests.support.quantizing.write_matrix` in that folder, and for
``--keep-split`` the three parts of `tests.support.quantizing.split`. ``python3 -m tests.support.quantize_sums
TOOL FOLDER`` does it again and prints the table.
"""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from backend.paths import STARTER_MODEL
from tests.support.quantizing import MATRIX, digest, split, write_matrix


@dataclass(frozen=True)
class Case:
    """One call of the tool. `parts` above one takes the split source and keeps it so."""

    type: str
    imatrix: bool = False
    output: str = ""
    embedding: str = ""
    parts: int = 1

    @property
    def name(self) -> str:
        words = [self.type, "imatrix" if self.imatrix else "", self.output and f"output={self.output}"]
        words += [self.embedding and f"embedding={self.embedding}", "split" if self.parts > 1 else ""]
        return " ".join(filter(None, words))


CASES = (
    *map(Case, ("F32", "Q8_0", "Q6_K", "Q5_K_M", "Q4_K_M", "Q4_0", "Q3_K_M", "Q2_K", "TQ2_0")),
    Case("IQ4_XS", imatrix=True),
    Case("Q4_K_M", imatrix=True),
    Case("Q4_K_M", output="Q8_0"),
    Case("Q4_0", embedding="F16"),
    Case("Q4_K_M", parts=3),
)

SLOW = (
    *map(Case, ("BF16", "Q5_0", "Q5_1", "Q4_K_S", "Q4_1", "IQ4_XS", "IQ4_NL", "IQ3_M", "Q2_0", "Q1_0")),
    Case("MXFP4_MOE"),
    *(Case(kind, imatrix=True) for kind in ("Q4_0", "IQ3_XXS", "IQ2_M", "IQ1_S")),
    Case("Q5_K_S", imatrix=True, output="F16", embedding="Q5_0"),
    Case("IQ4_XS", imatrix=True, parts=3),
)
"""A minute more; where ORANGERY_LONG is set."""

F16 = "0698ff28d75e20abf8bdf72e575c908fa46db7c470c251407942e6f844582ca2"
"""The F16 file that all others are made of."""

SUMS: dict[str, tuple[str, ...]] = {
    "F32": ("b3ba1d73c0a17404b022ae70ba390cec9af3be8a06858ee653af7f3f969d6857",),
    "BF16": ("62e71ea7a3522c0e4b6ef44587257642eb5330a140c9ebc886b3bf06818d67e9",),
    "Q8_0": ("022c8ae43a169d93b7c030e0491370d11c4c7180b1133d433cad842e9282702c",),
    "Q6_K": ("dbe31a041604758af17432399a6a2abe6496d6dbf80a4e7664c6cc365d26c9ae",),
    "Q5_K_M": ("316299843dd507bcc86fc7439930c4c0f4518fc431af9c4f0a4bafa73b533444",),
    "Q5_0": ("3af2f4a356ff5fa1507a4765e1cc79913736f9382a9a1a73770c1470713d7331",),
    "Q5_1": ("372a6c4a5fe5f3654280099085e7d39729bc5f2db46ac42c9499cc56f1ee9ece",),
    "Q4_K_M": ("19e9faa3cac293eaf1ddf29d1675f4f3891e4e62e878497ed5b0b9d9858205ca",),
    "Q4_K_S": ("1f784fac1d42c87fdeb1ca8499ca192f9cdaeb961e445b1a39dfc8bc8d378335",),
    "Q4_0": ("8c8a4ec624165786df0d8e9e1133e25ec489399cba0029b496e1f9e8c894c37f",),
    "Q4_1": ("ab8205ac2db8bcab2e2f153c2a8bc115725a8cde1fee3746ec019cc1b975d6d9",),
    "IQ4_XS": ("c018276e3a4b5ff52b326836c53f3a191135e5c76bfb2eec67cf67e68d222ea2",),
    "IQ4_NL": ("78c448e410f020241083bcf10ddb6409aac8d17e9cac02ad4c8120c5d30c8c64",),
    "Q3_K_M": ("8b6fc5c70a7580fd79ad808c604a8c3dd0b6db10eff20eba3d16acf18eba3290",),
    "IQ3_M": ("5f939555335c2d39330293c9efae5a7527ee13593b0fa85ac78535d3aee572c7",),
    "Q2_K": ("de19b806c720acc71cbf890e2cc7714b2721cf5c2986f7cb372a13404dd5de98",),
    "TQ2_0": ("61fc8cfb5546128e0f389dc8eb3d02a0a583f76f4d2651df64d17bd0744fc7bc",),
    "Q2_0": ("afcf623e59df4e50b48d3ebbd33a3245877db0efb4cb5cde479c52c96611466b",),
    "Q1_0": ("8b6c362babd0caa50c2533ddb501470c2a43e648524d5deee334fde032a0a193",),
    "MXFP4_MOE": ("2ef78d56fe8a739c73e35d9dc7f2329239b5e293d1a438a9d3974dcbf414c339",),
    "Q4_K_M imatrix": ("e2ae6310b46e826c98e9474be6e6f41088bf3bc8bac538d91e8df7c74bef900a",),
    "Q4_0 imatrix": ("1b1f36bd9befb7a69d496b6c65d5e370531c9d347e47a146c2d8afa18d9e3552",),
    "IQ4_XS imatrix": ("eb231421e0f25d44b4c732f994511b1c54bb0c475e4ed78cf8e95e7a78906944",),
    "IQ3_XXS imatrix": ("9684ea12730b430ae78b7063161c1ebca0b747f5a55eee39590d411985f2c7f2",),
    "IQ2_M imatrix": ("43ec79bd23e005475e4e61afef208a95ad18c24c443ffbdc574d18b952d8c3fa",),
    "IQ1_S imatrix": ("8989bd83b9ce35bc94d352e26d3e3a442985ef30af9c72b474b39e5d6dadca01",),
    "Q4_K_M output=Q8_0": ("6089f2d63820714aa325f6fdfaca9e73d75fb98348022aac995ee1ae3be06012",),
    "Q4_0 embedding=F16": ("a4766f7c36af8b0a81e62f79c5c17aad8bcca8f8c103b18a86a5178423592493",),
    "Q5_K_S imatrix output=F16 embedding=Q5_0": (
        "3b7322ab3a985e194be4e523751aa01b6738f8957592e0ad1b29d2da92610043",
    ),
    "Q4_K_M split": (
        "b0e435aeb3fd95ed50278a44a909edc646672f337d78f9c8351ff89ed60565e7",
        "4317ce4ec16bc9269b33fe161e9ab4186fb97701e9331ecd1f5a921189e1f287",
        "8e82c321da0aec7c364a5b64a644edec8c20a5984cb7a44f39f0259fe935587c",
    ),
    "IQ4_XS imatrix split": (
        "80bca79e6022384de3f54d1abf43eaeb4e33643da9b8210f4cff30a635a2fc48",
        "6e1ffc4360c7a29d772c7dbc6244168dc36af57e82762c52c07f5c4d4c25bfdd",
        "fbca8f0956b007bf5234758bd7fb809b196d128cac6159156afe9bd6540ac968",
    ),
}
"""Of each part, by `Case.name`."""


def main(tool: str, folder: Path) -> None:
    folder.mkdir(parents=True)

    def run(*arguments: str) -> None:
        subprocess.run([tool, *arguments], cwd=folder, check=True, capture_output=True)

    source = folder / "starter-f16.gguf"
    run("--allow-requantize", str(STARTER_MODEL), source.name, "F16")
    print(f'F16 = "{digest(source)}"')
    write_matrix(folder / MATRIX, source)
    first, *_ = split(source, folder, "starter-f16", 3)
    print("SUMS = {")
    for case in (*CASES, *SLOW):
        options = ["--imatrix", MATRIX] if case.imatrix else []
        options += ["--output-tensor-type", case.output] if case.output else []
        options += ["--token-embedding-type", case.embedding] if case.embedding else []
        options += ["--keep-split"] if case.parts > 1 else []
        run(*options, first.name if case.parts > 1 else source.name, "out.gguf", case.type)
        made = sorted(folder.glob("out*.gguf"))
        print(f'    "{case.name}": (')
        for path in made:
            print(f'        "{digest(path)}",')
            path.unlink()
        print("    ),")
    print("}")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
