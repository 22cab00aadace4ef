"""A quantizer, a lab and a converter without an engine: sizes, losses and speeds of the pictures' model."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from backend.activities.types import Activity, ActivityKind, ActivityState
from backend.capacity.types import Machine, RunConfig
from backend.convert.types import ConvertPlan, ConvertType, TargetSize
from backend.errors import AppError
from backend.events import EventBus, LabChanged
from backend.hubs.types import Source
from backend.lab.types import LabRequest, LabRow, LabText, Value
from backend.library.types import LibraryModel, Store
from backend.quantize.catalog import quant_type, quant_types
from backend.quantize.types import Imatrix, QuantizeOptions, QuantType, TypeForecast
from backend.store.made import MadeModel, Recipe
from tests.support import fake_data as data
from tests.support.fake_library import ROOTS, FakeActivities, FakeLibrary

BF16 = "hf:Qwen/Qwen3-8B-Instruct/Qwen3-8B-Instruct-BF16.gguf"
MADE_SHA = "5eed" * 16

TYPES: tuple[tuple[str, float, float, float, float, float], ...] = (
    # name, GB, bits, tokens per second, KL divergence, share of the same top token
    ("Q8_0", 8.7, 8.5, 33, 0.001, 0.990),
    ("Q6_K", 6.7, 6.6, 41.4, 0.004, 0.978),
    ("Q5_K_M", 5.9, 5.7, 46, 0.010, 0.962),
    ("Q4_K_M", 5.0, 4.9, 53.8, 0.031, 0.931),
    ("Q4_0", 4.7, 4.6, 58, 0.052, 0.906),
    ("IQ4_XS", 4.6, 4.5, 56.1, 0.036, 0.924),
    ("Q3_K_M", 4.1, 4.0, 57, 0.098, 0.864),
    ("IQ3_M", 3.9, 3.8, 58, 0.086, 0.874),
    ("IQ3_XXS", 3.4, 3.3, 62, 0.190, 0.805),
    ("Q2_K", 3.3, 3.2, 66, 0.360, 0.730),
)
HERE = ("Q6_K", "Q4_K_M", "IQ4_XS")


def original() -> LibraryModel:
    """The full weights that the pictures quantize."""
    qwen = data.library_models()[1]
    return replace(
        qwen,
        id=BF16,
        path=qwen.path.with_name("Qwen3-8B-Instruct-BF16.gguf"),
        quant="BF16",
        size=int(16.4 * data.GB),
        used=data.NOW - 2 * data.DAY,
        tokens_per_second=None,
        sha256="b16b00b5" * 8,
        store=Store.HUB_CACHE,
        store_root=ROOTS[Store.HUB_CACHE],
    )


def made() -> LibraryModel:
    """A file that was made of it here."""
    return LibraryModel(
        id=str(ROOTS[Store.MODELS] / "orangery/Qwen3-8B-Instruct/Qwen3-8B-Instruct-IQ4_XS.gguf"),
        name="Qwen3-8B-Instruct",
        owner="orangery",
        source=Source.FOLDER,
        path=ROOTS[Store.MODELS] / "orangery/Qwen3-8B-Instruct/Qwen3-8B-Instruct-IQ4_XS.gguf",
        size=int(4.6 * data.GB),
        quant="IQ4_XS",
        architecture="qwen3",
        parameters=8_200_000_000,
        context_length=40_960,
        sha256=MADE_SHA,
        verified=True,
        store=Store.MODELS,
        store_root=ROOTS[Store.MODELS],
    )


def recipe() -> MadeModel:
    """How `made` was made."""
    return MadeModel(
        MADE_SHA, int(4.6 * data.GB), "Qwen3-8B-Instruct-IQ4_XS.gguf", "quantize", BF16,
        "Qwen/Qwen3-8B-Instruct", "b16b00b5" * 8, Recipe("IQ4_XS", "neutral-qwen3-8b.gguf"),
        "0.3.36", data.NOW - 3 * data.DAY,
    )  # fmt: skip


class FakeQuantizer:
    """Its types are those of `TYPES`, or all that the engine has."""

    def __init__(self, library: FakeLibrary, machine: Machine) -> None:
        self._library, self.machine = library, machine
        self.names = tuple(name for name, *_rest in TYPES)
        self.recipes: dict[str, MadeModel] = {MADE_SHA: recipe()}

    def offer_all(self) -> None:
        """Everything that the engine has, not only what the pictures show."""
        self.names = tuple(kind.name for kind in quant_types())

    def types(self) -> tuple[QuantType, ...]:
        return tuple(quant_type(name) for name in self.names)

    def peak_memory(self, model_id: str) -> int:
        return int(1.9 * data.GB)

    def recipe_of(self, sha256: str) -> MadeModel | None:
        return self.recipes.get(sha256)

    def size(self, model_id: str, name: str) -> int:
        known = {each: size for each, size, *_rest in TYPES}
        scale = self._library.find(model_id).size / (16.4 * data.GB)
        return int(known.get(name, quant_type(name).bits * 1.025) * scale * data.GB)

    def forecast(self, model_id: str, options: QuantizeOptions, n_ctx: int) -> tuple[TypeForecast, ...]:
        rows = []
        for kind in self.types():
            size = self.size(model_id, kind.name)
            if options.output_type and kind.bits < 8:
                size += int(0.2 * data.GB) * (2 if options.embedding_type else 1)
            needs = kind.needs_imatrix and options.imatrix is None
            refusal = f"{kind.name} needs an importance matrix." if needs else ""
            fit = data.fit_of(size, RunConfig(n_ctx=n_ctx), self.machine)
            rows.append(TypeForecast(kind, size, kind.bits, True, fit, "", refusal))
        return tuple(rows)


class FakeLab:
    """Predicts everything; `measured` turns rows into measured ones.

    Attributes:
        measured: What was measured, by type: KL divergence, same top token, tokens per second.
        matrices: Model, text and tokens of the matrices that were asked for.
        started: The requests that were started.
        exported: Where results were written.
        error: What reading the rows raises; None while it works.
    """

    def __init__(
        self, bus: EventBus, library: FakeLibrary, quantizer: FakeQuantizer, activities: FakeActivities
    ) -> None:
        self._bus, self._library, self._quantizer, self._activities = bus, library, quantizer, activities
        self.measured: dict[str, tuple[float, float, float]] = {}
        self.here: tuple[str, ...] = ()
        self.started: list[LabRequest] = []
        self.matrices: list[tuple[str, LabText, int]] = []
        self.exported: list[tuple[Path, str]] = []
        self.error: AppError | None = None
        self.saved: tuple[Imatrix, ...] = ()

    def measure(self, *names: str, here: bool = True) -> None:
        """These types are measured now."""
        for name, _size, _bits, speed, loss, same in TYPES:
            if name in names:
                self.measured[name] = (loss, same, speed)
        if here:
            self.here = (*self.here, *names)
        self._bus.publish(LabChanged(BF16))

    def texts(self) -> tuple[LabText, ...]:
        return (
            LabText("neutral", "neutral", bytes=210_000),
            LabText("chats", "chats", bytes=48_000),
            LabText("both", "both"),
        )

    def imatrices(self, model_id: str) -> tuple[Imatrix, ...]:
        return self.saved

    def save_matrix(self) -> None:
        """There is a matrix that was computed before."""
        path = Path("/home/anna/.local/share/Orangery/imatrix/neutral-qwen3-8b.gguf")
        self.saved = (
            Imatrix(path, BF16, "Qwen3-8B-Instruct", "b16b00b5" * 8, "Neutral text", "", 48_000, data.NOW),
        )

    def rows(self, model_id: str, *, n_ctx: int, quick: bool = False) -> tuple[LabRow, ...]:
        if self.error is not None:
            raise self.error
        model = self._library.find(model_id)
        forecasts = self._quantizer.forecast(model_id, QuantizeOptions(""), n_ctx)
        fit = data.fit_of(model.size, RunConfig(n_ctx=n_ctx), self._quantizer.machine)
        bits = 16.0 if model.id == BF16 else 4.9
        first = LabRow(
            model.quant, model.size, True, bits, fit, _value(9.62, measured=True), None, None,
            _value(4.1), None, path=model.path, in_library=model.id,
        )  # fmt: skip
        return (first, *(self._row(forecast, quick) for forecast in forecasts))

    def _row(self, forecast: TypeForecast, quick: bool) -> LabRow:
        name = forecast.type.name
        here = name in self.here
        known = self.measured.get(name)
        loss, same, speed = known or _typical(name)
        return LabRow(
            name, forecast.size, not quick or here, forecast.bits_per_weight, forecast.fit,
            _value(9.62 * (1 + loss), True) if known else None,
            _value(loss, known is not None, 1.6), _value(same, known is not None, 1.01),
            _value(speed, known is not None, 1.2),
            _value(forecast.size + 1.3e9, True) if known else None,
            in_library=f"made:{name}" if here else "", refusal="" if here else forecast.refusal,
            measured_on="Neutral text" if known else "",
        )  # fmt: skip

    def estimate_seconds(self, request: LabRequest) -> float | None:
        return 180.0 * len(request.types) if request.measure else None

    def start(self, request: LabRequest) -> str:
        self.started.append(request)
        name = self._library.find(request.model_id).name
        return self._activities.start(
            ActivityKind.LAB, name, ", ".join(request.types), 16_000, request.model_id
        )

    def start_imatrix(self, model_id: str, text: LabText, tokens: int) -> str:
        self.matrices.append((model_id, text, tokens))
        name = self._library.find(model_id).name
        return self._activities.start(ActivityKind.IMATRIX, name, text.name, tokens, model_id)

    def export(self, model_id: str, path: Path, kind: str) -> None:
        self.exported.append((path, kind))


class FakeConverter:
    """Knows one folder that can be converted and refuses all others."""

    def __init__(self, activities: FakeActivities) -> None:
        self._activities = activities
        self.started: list[tuple[Path, str]] = []

    def inspect(self, folder: Path) -> ConvertPlan:
        if folder.name != "SmolLM3-3B":
            refusal = AppError(
                "convert.unknown",
                "The tokenizer is none that Orangery knows, so the text would come out wrong.",
                "Look for a GGUF file of the model in Discover. Nothing was written.",
            )
            return ConvertPlan(folder, folder.name, refusal=refusal)
        bytes_each: tuple[tuple[ConvertType, int], ...] = (
            ("F16", 16),
            ("BF16", 16),
            ("F32", 32),
            ("Q8_0", 8),
        )
        sizes = tuple(TargetSize(kind, int(3.1e9 * bits / 8)) for kind, bits in bytes_each)
        return ConvertPlan(
            folder, folder.name, "SmolLM3ForCausalLM", "smollm3", 3_080_000_000, 326, 65_536,
            "gpt2 / smaug-bpe", sizes, ("The tools part of the chat template is left as it is.",),
        )  # fmt: skip

    def start(self, folder: Path, kind: str) -> str:
        self.started.append((folder, kind))
        return self._activities.start(ActivityKind.CONVERT, folder.name, kind)


def _typical(name: str) -> tuple[float, float, float]:
    for each, _size, _bits, speed, loss, same in TYPES:
        if each == name:
            return loss, same, speed
    bits = max(quant_type(name).bits, 1.2)
    loss = min(6.0 * 2.0 ** (-1.55 * (bits - 1.0)), 3.0)
    return loss, max(0.05, 1 - 0.42 * loss**0.5), round(300 / (bits + 1.2))


def _value(value: float, measured: bool = False, spread: float = 1.3) -> Value:
    if measured:
        return Value(value, value, value, True)
    high = min(value * spread, 1.0) if spread < 1.1 else value * spread
    return Value(value, value / spread, high, False)


def engine_work(model_id: str = BF16) -> tuple[Activity, ...]:
    """Jobs of every kind that the engine's lane has, in several states."""
    name, running = "Qwen3-8B-Instruct", ActivityState.RUNNING
    return (
        Activity(
            "e1", ActivityKind.QUANTIZE, name, "IQ4_XS", running, total=16_400_000_000, done=9_512_000_000,
            speed=53e6, eta=130.0, note="blk.20.ffn_down", created=data.NOW - 180, model_id=model_id,
        ),
        Activity(
            "e2", ActivityKind.LAB, name, "Q5_K_M, IQ3_M", running, total=16_384, done=6_100,
            speed=412.0, eta=25.0, note="Measuring Q5_K_M, 1 of 2", created=data.NOW - 500,
            model_id=model_id, unit="tokens",
        ),
        Activity(
            "e3", ActivityKind.IMATRIX, name, "Neutral text", ActivityState.QUEUED, total=48_000,
            created=data.NOW - 20, model_id=model_id, unit="tokens",
        ),
        Activity(
            "e4", ActivityKind.CONVERT, "SmolLM3-3B", "BF16", ActivityState.FAILED,
            error_code="convert.tokenizer", error_title="The tokenizer of SmolLM3-3B is not known.",
            error_hint="Download a GGUF file of it in Discover instead. Nothing was written.",
            error_detail="pre-tokenizer hash 1fa4c2", created=data.NOW - 800, finished=data.NOW - 790,
        ),
        Activity(
            "e5", ActivityKind.QUANTIZE, name, "Q4_K_M", ActivityState.DONE, total=16_400_000_000,
            done=16_400_000_000, note="Made and verified.", path=str(made().path),
            created=data.NOW - 2_000, finished=data.NOW - 1_700, model_id=model_id,
        ),
    )  # fmt: skip
