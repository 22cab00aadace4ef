"""Deterministic content for UI tests and pictures. Names and numbers are invented; nothing is read or
measured."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from backend.capacity.types import Disk, Fit, Ledger, Machine, Pool, PoolKind, RunConfig, Verdict
from backend.chats.types import Chat, Message, MessageState, Preset
from backend.downloads.types import DownloadJob, DownloadRequest, DownloadState
from backend.engines.types import DeviceMemory, EngineDevice, EngineFlags, EngineReport, Sampling, Timings
from backend.hubs.types import HubModel, QuantFile, RemoteFile, RepoDetail, Source
from backend.library.types import LibraryModel

NOW = datetime(2026, 11, 20, 20, 5, tzinfo=UTC).timestamp()
"""The time that all content is relative to; `tools/pictures.py` stops the clock there."""

GB = 1_000_000_000
DAY = 86_400.0

MACHINE = Machine(
    pools=(
        Pool(PoolKind.RAM, "RAM", 16 * GB, int(10.1 * GB), "psutil", int(0.9 * GB)),
        Pool(PoolKind.GPU, "NVIDIA GeForce RTX 3060", 12 * GB, int(10.9 * GB), "engine", int(0.5 * GB)),
    ),
    cpu_name="AMD Ryzen 7 5800X",
    threads=16,
)
SMALL_MACHINE = Machine(
    pools=(Pool(PoolKind.RAM, "RAM", 8 * GB, int(4.6 * GB), "psutil", int(0.2 * GB)),),
    cpu_name="Intel(R) Core(TM) i5-8250U",
    threads=8,
)
DISK = Disk("/home/anna/.cache/huggingface/hub", 512 * GB, 212 * GB)

REPORT = EngineReport(
    version="0.3.36",
    build="b7104 (3a1c2f0)",
    features="AVX2 FMA F16C BMI2 SSE3 LLAMAFILE OPENMP REPACK",
    cpu="AMD Ryzen 7 5800X 8-Core Processor",
    flags=EngineFlags(use_extra_bufts=False),
    devices=(
        EngineDevice("CPU", "AMD Ryzen 7 5800X 8-Core Processor", "cpu", 16 * GB, 10 * GB),
        EngineDevice("CUDA0", "NVIDIA GeForce RTX 3060", "gpu", 12 * GB, int(4.7 * GB)),
    ),
    rejected=("repacked weights: the probe process ended with SIGILL",),
)

_HUB: tuple[tuple[str, float, str, int, int, float, bool], ...] = (
    ("google/Gemma-3-12B-it", 12.2e9, "gemma3", 2_100_000, 1_800, 91, False),
    ("Qwen/Qwen3-8B-Instruct", 8.2e9, "qwen3", 4_600_000, 2_300, 152, False),
    ("openai/gpt-oss-20b", 20.9e9, "gpt-oss", 6_900_000, 4_100, 122, False),
    ("Qwen/Qwen3-30B-A3B-Instruct", 30.5e9, "qwen3moe", 1_900_000, 1_100, 61, False),
    ("meta-llama/Llama-3.2-3B-Instruct", 3.2e9, "llama", 3_800_000, 1_700, 426, True),
    ("HuggingFaceTB/SmolLM3-3B", 3.1e9, "smollm3", 412_000, 736, 122, False),
    ("mistralai/Mistral-Small-3.2-24B", 23.6e9, "llama", 688_000, 512, 152, False),
    ("Qwen/Qwen2.5-Coder-7B-Instruct", 7.6e9, "qwen2", 1_400_000, 903, 365, False),
    ("microsoft/phi-4", 14.7e9, "phi3", 1_200_000, 2_000, 304, False),
    ("google/Gemma-3-4B-it", 4.3e9, "gemma3", 1_900_000, 1_100, 91, False),
    ("deepseek-ai/DeepSeek-R1-Distill-Qwen-14B", 14.8e9, "qwen2", 922_000, 604, 274, False),
    ("meta-llama/Llama-3.3-70B-Instruct", 70.6e9, "llama", 1_100_000, 2_500, 335, True),
    ("ibm-granite/Granite-4.0-H-Tiny", 6.9e9, "granitehybrid", 210_000, 188, 42, False),
    ("Qwen/Qwen3-Embedding-0.6B", 0.6e9, "qwen3", 1_600_000, 640, 152, False),
)

QUANTS: tuple[tuple[str, float], ...] = (
    ("Q2_K", 3.1),
    ("Q3_K_M", 3.9),
    ("IQ4_XS", 4.3),
    ("Q4_K_M", 4.8),
    ("Q5_K_M", 5.5),
    ("Q6_K", 6.3),
    ("Q8_0", 8.2),
    ("BF16", 16.0),
)

CARD = """# Gemma 3 12B instruct

A model for **chat**, *writing* and reading images, with a context of 131,072 tokens.

## How to use it

Ask it plainly. It answers in more than 140 languages.

| Benchmark | Score |
|---|---:|
| MMLU-Pro | 60.6 |
| GPQA | 40.9 |

```python
print("Hello")
```

The [licence](https://ai.google.dev/gemma/terms) has conditions.
"""


def hub_models() -> tuple[HubModel, ...]:
    """Search results, most popular first."""
    return tuple(
        HubModel(
            id=repo,
            source=Source.HUGGING_FACE,
            owner=repo.split("/")[0],
            name=repo.split("/")[1],
            parameters=int(parameters),
            architecture=architecture,
            context_length=131_072,
            downloads=downloads,
            likes=likes,
            updated=datetime.fromtimestamp(NOW - days * DAY, tz=UTC),
            created=datetime.fromtimestamp(NOW - (days + 30) * DAY, tz=UTC),
            gated=gated,
            has_gguf=True,
            pipeline_tag="text-generation",
            license="apache-2.0",
            tags=("gguf",),
        )
        for repo, parameters, architecture, downloads, likes, days, gated in _HUB
    )


def quant_file(repo_id: str, label: str, bits: float, parameters: int) -> QuantFile:
    """One GGUF of a repository."""
    name = repo_id.split("/")[1]
    size = int(parameters * bits / 8)
    digest = hashlib.sha256(f"{repo_id}/{label}".encode()).hexdigest()
    return QuantFile(label, (RemoteFile(f"{name}-{label}.gguf", size, sha256=digest),))


def detail_of(model: HubModel) -> RepoDetail:
    """Files of a search result."""
    parameters = model.parameters or 1_000_000_000
    quants = tuple(quant_file(model.id, label, bits, parameters) for label, bits in QUANTS)
    projector = QuantFile(
        "F16", (RemoteFile("mmproj-F16.gguf", int(0.9 * GB), sha256="a1" * 32),), "projector"
    )
    files = tuple(part for quant in (*quants, projector) for part in quant.files)
    return RepoDetail(model, "5b1ae3c" + "0" * 33, (*quants, projector), files)


def fit_of(size: int, run: RunConfig, machine: Machine = MACHINE, *, approximate: bool = False) -> Fit:
    """A plausible verdict from the file size alone."""
    kv = round(run.n_ctx * 120_000 * {"f16": 1.0, "q8_0": 0.53, "q4_0": 0.28}[run.kv_type])
    ledger = Ledger(size, kv, int(0.3 * GB), 0, gpu=size + kv if machine.gpus else 0)
    gpu_total = machine.gpus[0].total - GB if machine.gpus else 0
    ram_total = machine.ram.total - 3 * GB
    if ledger.total < gpu_total * 0.88:
        verdict = Verdict.FITS_GPU
    elif ledger.total < gpu_total:
        verdict = Verdict.TIGHT
    elif ledger.total < gpu_total + ram_total * 0.4:
        verdict = Verdict.FITS
    elif ledger.total < gpu_total + ram_total * 0.8:
        verdict = Verdict.TIGHT
    else:
        verdict = Verdict.TOO_BIG
    if verdict is Verdict.FITS and machine.gpus:
        ledger = replace(ledger, devices=_divided(ledger, gpu_total))
    speed = 300.0 / max(ledger.total / GB, 0.5)
    free = gpu_total if machine.gpus else ram_total
    return Fit(verdict, ledger, run, free, GB // 2, round(speed, 1), approximate)


def _divided(ledger: Ledger, room: int) -> tuple[DeviceMemory, ...]:
    """As many weights and as much context on the GPU as `room` has, the rest in main memory."""
    share = min(1.0, (room - ledger.compute) / (ledger.weights + ledger.kv))
    weights, kv = int(ledger.weights * share), int(ledger.kv * share)
    here = DeviceMemory("CPU", ledger.weights - weights, ledger.kv - kv, ledger.compute // 6)
    return here, DeviceMemory("GPU0", weights, kv, ledger.compute - ledger.compute // 6)


def library_models() -> tuple[LibraryModel, ...]:
    """The starter, then what was downloaded."""
    rows: tuple[tuple[str, str, str, float, float | None, float | None, str], ...] = (
        ("Qwen/Qwen3-8B-Instruct", "Q4_K_M", "qwen3", 8.2e9, 0.0, 53.8, ""),
        ("google/Gemma-3-4B-it", "Q4_K_M", "gemma3", 4.3e9, 3_600.0, 91.2, ""),
        ("meta-llama/Llama-3.2-3B-Instruct", "Q8_0", "llama", 3.2e9, DAY, 78.4, ""),
        ("HuggingFaceTB/SmolLM3-3B", "Q4_K_M", "smollm3", 3.1e9, 1.2 * DAY, 116.0, ""),
        ("Qwen/Qwen2.5-Coder-7B-Instruct", "Q5_K_M", "qwen2", 7.6e9, 3 * DAY, 49.1, ""),
        (
            "microsoft/phi-4",
            "Q3_K_M",
            "phi3",
            14.7e9,
            None,
            None,
            "The file is shorter than its header says.",
        ),
    )
    bits = dict(QUANTS)
    starter = LibraryModel(
        id="starter",
        name="Orangery Starter",
        owner="Orangery",
        source=Source.BUNDLED,
        path=Path("/opt/orangery/resources/models/orangery-starter-q8_0.gguf"),
        size=3_400_000,
        quant="Q8_0",
        architecture="llama",
        parameters=3_100_000,
        context_length=512,
        verified=True,
        used=NOW - 21 * DAY,
        tokens_per_second=910.0,
    )
    cache = Path("/home/anna/.cache/huggingface/hub")
    return (
        starter,
        *(
            LibraryModel(
                id=f"hf:{repo}/{repo.split('/')[1]}-{quant}.gguf",
                name=repo.split("/")[1],
                owner=repo.split("/")[0],
                source=Source.HUGGING_FACE,
                path=cache
                / f"models--{repo.replace('/', '--')}/snapshots/5b1ae3c/{repo.split('/')[1]}-{quant}.gguf",
                size=int(parameters * bits[quant] / 8),
                quant=quant,
                repo_id=repo,
                commit="5b1ae3c" + "0" * 33,
                architecture=architecture,
                parameters=int(parameters),
                context_length=40_960,
                sha256="d98cdcbd" * 8,
                verified=not problem,
                problem=problem,
                modified=NOW - 30 * DAY,
                used=None if used is None else NOW - used,
                tokens_per_second=speed,
            )
            for repo, quant, architecture, parameters, used, speed, problem in rows
        ),
    )


def jobs() -> tuple[DownloadJob, ...]:
    """One job of every state, and a few that wait."""
    models = {model.id: model for model in hub_models()}

    def job(
        number: int, repo: str, label: str, state: DownloadState, share: float, **more: object
    ) -> DownloadJob:
        model = models[repo]
        bits = dict(QUANTS)[label]
        quant = quant_file(repo, label, bits, model.parameters or 0)
        return DownloadJob(
            id=f"job-{number}",
            request=DownloadRequest(repo, "5b1ae3c" + "0" * 33, quant),
            state=state,
            name=model.name,
            label=label,
            total=quant.size,
            done=int(quant.size * share),
            sequence=number,
            created=NOW - 600 * (8 - number),
            **more,  # type: ignore[arg-type]
        )

    return (
        job(
            1, "HuggingFaceTB/SmolLM3-3B", "Q4_K_M", DownloadState.DONE, 1,
            path="/home/anna/.cache/huggingface/hub/SmolLM3-3B-Q4_K_M.gguf", finished=NOW - 4_148.0,
            place_of="Hugging Face cache",
        ),
        job(2, "microsoft/phi-4", "Q6_K", DownloadState.CANCELLED, 0.2, finished=NOW - 3_000.0),
        job(
            3, "meta-llama/Llama-3.2-3B-Instruct", "Q8_0", DownloadState.FAILED, 0,
            error_code="hub.gated", error_title="The owner of Llama-3.2-3B-Instruct has to let you in first.",
            error_hint="Open its page, accept the licence, then try again.",
            error_detail="403 GatedRepo\nhttps://huggingface.co/meta-llama/Llama-3.2-3B-Instruct",
        ),
        job(4, "google/Gemma-3-4B-it", "Q8_0", DownloadState.PAUSED, 0.34),
        job(
            5, "google/Gemma-3-12B-it", "Q4_K_M", DownloadState.RUNNING, 0.64, speed=38e6, eta=71.0,
            note="one stalled and was restarted", connections=4, current="Gemma-3-12B-it-Q4_K_M.gguf",
            ranges=stretches(7_320_000_000), place_of="Hugging Face cache",
        ),
        job(6, "Qwen/Qwen3-8B-Instruct", "Q6_K", DownloadState.VERIFYING, 1),
        job(7, "Qwen/Qwen3-30B-A3B-Instruct", "Q4_K_M", DownloadState.QUEUED, 0),
        job(8, "openai/gpt-oss-20b", "Q4_K_M", DownloadState.QUEUED, 0.1),
        job(9, "mistralai/Mistral-Small-3.2-24B", "IQ4_XS", DownloadState.QUEUED, 0),
    )  # fmt: skip


def stretches(total: int) -> tuple[tuple[int, int], ...]:
    """What four connections have fetched of a file of `total` bytes: 64 % of it."""
    shares = ((0.0, 0.46), (0.5, 0.56), (0.625, 0.685), (0.75, 0.81))
    return tuple((round(start * total), round(end * total)) for start, end in shares)


_CODE = """This reads the date from each photo and renames the file. Photos without a date are skipped.

```python
from pathlib import Path
from PIL import Image

def taken(path):
    raw = Image.open(path).getexif().get(36867)
    return raw or None

for p in sorted(Path("photos").glob("*.jpg")):
    when = taken(p)  # None: no date in the file
    if when and not p.stem.startswith(when):
        p.rename(p.with_name(f"{when}{p.suffix}"))
```

Run `pip install pillow` first, and try it on a copy of the folder."""


def chats() -> tuple[Chat, ...]:
    """Newest first, over several weeks."""
    rows = (
        ("Rename photos by date", 60.0, "Qwen/Qwen3-8B-Instruct", "Q4_K_M"),
        ("Sourdough too dense", 6 * 3600.0, "google/Gemma-3-4B-it", "Q4_K_M"),
        ("SQL for the club ledger", 9 * 3600.0, "Qwen/Qwen2.5-Coder-7B-Instruct", "Q5_K_M"),
        ("Explain mixture of experts", 1.1 * DAY, "Qwen/Qwen3-8B-Instruct", "Q4_K_M"),
        ("Letter to the landlord", 1.2 * DAY, "google/Gemma-3-4B-it", "Q4_K_M"),
        ("Train quiz, French verbs", 4 * DAY, "HuggingFaceTB/SmolLM3-3B", "Q4_K_M"),
        ("Regex for part numbers", 5 * DAY, "Qwen/Qwen2.5-Coder-7B-Instruct", "Q5_K_M"),
        ("Names for a sailing boat", 6 * DAY, "meta-llama/Llama-3.2-3B-Instruct", "Q8_0"),
        ("Tomatoes: blight or not", 33 * DAY, "google/Gemma-3-4B-it", "Q4_K_M"),
    )
    return tuple(
        Chat(
            id=number,
            title=title,
            model_id=f"hf:{repo}/{repo.split('/')[1]}-{quant}.gguf",
            system_prompt="Write short, working Python for a beginner." if number == 1 else "",
            sampling=Sampling(),
            n_ctx=8192,
            leaf_id=4 if number == 1 else None,
            created=NOW - age - 300,
            updated=NOW - age,
            sequence=100 - number,
        )
        for number, (title, age, repo, quant) in enumerate(rows, start=1)
    )


def presets() -> tuple[Preset, ...]:
    """Own presets beside the built-in ones."""
    coder = "Write short, working Python for a beginner."
    return (
        Preset(1, "Careful coder", coder, Sampling()),
        Preset(2, "Letters", "You write polite, short letters.", Sampling(temperature=0.9)),
    )


def messages(streaming: bool = False, failed: bool = False) -> tuple[Message, ...]:
    """The conversation of chat 1; its last answer may still be written, or have failed."""
    model = {"model_id": chats()[0].model_id, "model_name": "Qwen3-8B-Instruct", "quant": "Q4_K_M"}
    timings = Timings(212, 0, 428, 0.31, 640.0, 53.8, 225)
    state = MessageState.STREAMING if streaming else MessageState.FAILED if failed else MessageState.DONE
    return (
        Message(
            1, 1, None, "user",
            "Write a Python script that renames my photos by the date they were taken. "
            "Leave files alone that already have the right name.",
            MessageState.DONE, NOW - 180, siblings=(1,),
        ),
        Message(
            2, 1, 1, "assistant", _CODE, MessageState.DONE, NOW - 170,
            reasoning="The EXIF tag 36867 holds the date.", finish_reason="stop", timings=timings,
            siblings=(10, 2, 11), **model,
        ),
        Message(
            3, 1, 2, "user", "Two photos in the same second would clash. Fix that.",
            MessageState.DONE, NOW - 60, siblings=(3,),
        ),
        Message(
            4, 1, 3, "assistant",
            "" if failed else "Add a counter to a taken name: try `_2`, then `_3`, until it is free.",
            state, NOW - 50, finish_reason="" if streaming else "error" if failed else "stop",
            timings=Timings() if streaming or failed else timings,
            error_title="Qwen3-8B-Instruct ran out of memory." if failed else "",
            error_hint="Close other programs, or choose a context of 4,096 tokens." if failed else "",
            siblings=(4,), **model,
        ),
    )  # fmt: skip
