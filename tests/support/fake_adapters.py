"""Adapters, mixes, sweeps and their making without files and engine, for UI tests and pictures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from backend.activities.types import ActivityKind
from backend.adapters.merge_plan import MergeForecast
from backend.adapters.types import (
    Adapter,
    AdapterFormat,
    AdapterSource,
    CheckKind,
    CheckLine,
    CheckState,
    Compatibility,
    Mix,
    Rack,
    Strip,
    Sweep,
    SweepCell,
    SweepRequest,
)
from backend.convert.types import AdapterType, ConvertType
from backend.engines.types import AdapterUse, FinishReason, Timings
from backend.errors import AppError
from backend.events import AdaptersChanged, EventBus, MixesChanged, SweepChanged
from backend.hubs.types import HubModel, SearchPage, Source
from tests.support import fake_data as data
from tests.support.fake_gardens import when
from tests.support.fake_library import FakeActivities

MB = 1_000_000
HOME = Path("/home/anna/models/anna")
SAMPLE = Path("/opt/orangery/resources/adapters/orangery-pirate/orangery-pirate-f16.gguf")
BASE = "Qwen/Qwen3-8B-Instruct"
PROMPT = "List the members who have not paid this year."
REFUSED = "blk.0.attn_q.weight.lora_a is 2,560 × 16, the model has 4,096"

_SQL = """```sql
SELECT m.name, m.email
FROM members m
LEFT JOIN payments p
 ON p.member_id = m.id
 AND p.year = 2026
WHERE p.id IS NULL;
```

"""
TEXTS = (
    "To find members who have not paid, compare the list of members with the payments of this year. Anyone "
    "in the first list who is missing in the second has not paid.\n\nWould you like me to write this as a "
    "query? I would need the names of your tables.",
    "You can compare both tables:\n\n```sql\nSELECT * FROM members\nWHERE id NOT IN\n (SELECT member_id\n"
    "  FROM payments);\n```\n\nThis lists members with no payment at all. Add the year if you keep older "
    "payments.",
    _SQL.replace(" AND p.year = 2026\n", "").replace("m.name, m.email", "m.*")
    + "This gives every member without a payment. Filter on the year in the join.",
    f"{_SQL}Members without a payment in 2026.",
    _SQL.replace("NULL;", "NULL\nORDER BY m.name;"),
)
KLS = (0.0, 0.06, 0.19, 0.38, 0.61)


def _adapter(
    name: str,
    rank: int,
    size: int,
    *,
    format: AdapterFormat = "gguf",
    source: AdapterSource = "disk",
    base: str = BASE,
    architecture: str = "qwen3",
    **more: object,
) -> Adapter:
    suffix = "" if format == "peft" else "-F16.gguf"
    path = HOME / name / f"{name}{suffix}"
    row = Adapter(
        str(path), name, path, format, size * MB, source, "anna", base, architecture, (rank,), 2.0 * rank,
        ("attn_k", "attn_output", "attn_q", "attn_v"), "Apache-2.0", data.NOW - 3 * data.DAY,
    )  # fmt: skip
    return replace(row, **more)  # type: ignore[arg-type]


def sample() -> Adapter:
    """The adapter that comes with the app."""
    row = _adapter("Orangery Pirate", 8, 1, source="bundled", base="orangery-starter", architecture="llama")
    return replace(row, id="sample", path=SAMPLE, owner="Orangery", licence="MIT")


def shelf() -> tuple[Adapter, ...]:
    """One of every kind."""
    return (
        _adapter("sql-helper", 16, 87, source="made", made_from="/home/anna/training/sql-helper"),
        _adapter("terse-style", 16, 87, source="made"),
        _adapter("python-idioms", 32, 175, source="hub", owner="mirei"),
        _adapter("pirate", 8, 44),
        _adapter("letters-to-grandma", 16, 89, format="peft", modules=("q_proj", "v_proj"), licence=""),
        _adapter("gemma-recipes", 16, 92, base="google/gemma-3-4b-it", architecture="gemma3"),
        _adapter("torn-download", 16, 12, problem="The file ends before its data does."),
        sample(),
    )


def many(count: int) -> tuple[Adapter, ...]:
    """A shelf of somebody who trains adapters every day."""
    tones = ("dry", "formal", "haiku", "kind", "legal", "medical", "terse", "warm")
    return tuple(
        _adapter(f"{tones[at % len(tones)]}-{at:02}", (8, 16, 32)[at % 3], 40 + 3 * at) for at in range(count)
    )


def lines_for(adapter: Adapter, base_id: str) -> tuple[CheckLine, ...]:
    """What a check says, without the measured line."""

    def line(kind: CheckKind, text: str, state: CheckState = "ok") -> CheckLine:
        return CheckLine(kind, state, text)

    if adapter.problem:
        return (line(CheckKind.FILE, adapter.problem, "bad"),)
    here = "llama" if base_id == "starter" else "gemma3" if "gemma" in base_id else "qwen3"
    architecture = line(CheckKind.ARCHITECTURE, f"{adapter.architecture}, 36 layers, both")
    if adapter.architecture != here:
        return (
            line(CheckKind.FILE, "whole, 92 MB"),
            line(CheckKind.ARCHITECTURE, f"{adapter.architecture}, the model is {here}", "bad"),
            line(CheckKind.BASE, f"{adapter.base}, another model", "bad"),
            line(CheckKind.SHAPES, REFUSED, "bad"),
        )
    return (
        architecture,
        line(CheckKind.BASE, f"{adapter.base}, by its name"),
        line(CheckKind.SHAPES, f"252 of 252 match, rank {adapter.ranks[0]}, alpha {adapter.alpha:.0f}"),
        line(CheckKind.FORMAT, "PEFT, has to be converted", "warning")
        if adapter.format == "peft"
        else line(CheckKind.FORMAT, "GGUF, F16, 87 MB"),
        line(CheckKind.VOCABULARY, "unchanged, no extra tokens"),
        line(CheckKind.PRECISION, "BF16; on Q4_K_M the effect can be weaker", "warning"),
    )


class FakeAdapters:
    """Attributes:
    measured: What `measure` was asked.
    error: Raised by the garden.
    gone: Paths of files that are not there any more.
    """

    def __init__(self, bus: EventBus, state: str) -> None:
        self._bus = bus
        self._rows = (sample(),) if state == "empty" else shelf()
        self.error: AppError | None = None
        self.measured: list[tuple[str, str, float]] = []
        self.gone: set[str] = set()
        self.downloaded: list[str] = []
        if state == "error":
            self.error = AppError(
                "net.unreachable",
                "huggingface.co could not be reached.",
                "Check the network connection, then try again.",
                retryable=True,
            )

    def all(self) -> tuple[Adapter, ...]:
        return self._rows

    def refresh(self) -> None:
        self._bus.publish(AdaptersChanged())

    def missing(self, paths: Iterable[str]) -> frozenset[str]:
        return frozenset(self.gone.intersection(paths))

    def find(self, spec: str) -> Adapter:
        found = next((row for row in self._rows if spec in (row.id, row.name, str(row.path))), None)
        if found is None:
            raise AppError("adapter.not_found", f"There is no adapter {spec}.")
        return found

    def add(self, path: Path) -> Adapter:
        if path.suffix not in ("", ".gguf"):
            raise AppError(
                "adapter.kind", f"{path.name} is no adapter.", "Choose a GGUF file or a PEFT folder."
            )
        row = replace(_adapter(path.stem, 8, 21), id=str(path), path=path)
        self.put(row)
        return row

    def put(self, *rows: Adapter) -> None:
        """Other adapters on the disk."""
        ids = {row.id for row in rows}
        self._rows = (*(each for each in self._rows if each.id not in ids), *rows)
        self._bus.publish(AdaptersChanged())

    def check(self, adapter: Adapter, base_id: str) -> Compatibility:
        return Compatibility(lines_for(adapter, base_id), adapter.size)

    def verdicts(self, base_id: str) -> dict[str, Compatibility]:
        return {row.id: self.check(row, base_id) for row in self._rows}

    def measure(self, adapter: Adapter, base_id: str, scale: float = 1.0) -> CheckLine:
        self.measured.append((adapter.id, base_id, scale))
        return CheckLine(CheckKind.EFFECT, "ok", f"yes, mean KL 0.38 against the base at {scale:.2f}")

    def garden(self, base_id: str, text: str = "", cursor: str | None = None) -> SearchPage:
        if self.error is not None:
            raise self.error
        rows = tuple(row for row in _garden() if text.casefold() in row.id.casefold())
        return SearchPage(rows, None)

    def download(self, row: HubModel) -> None:
        if self.error is not None:
            raise self.error
        self.downloaded.append(row.id)


def _garden() -> tuple[HubModel, ...]:
    rows = (
        ("kanzlei-labs/qwen3-8b-legal-lora", 1_840, False, "apache-2.0"),
        ("openhealth/Qwen3-8B-medical-qa", 960, True, "cc-by-nc-4.0"),
        ("mirei/qwen3-haiku", 612, True, "mit"),
        ("klartext/qwen3-8b-german-easy", 240, False, "apache-2.0"),
        ("actionlab/Qwen3-8B-tool-use", 88, False, None),
    )
    return tuple(
        HubModel(
            repo,
            Source.HUGGING_FACE,
            *repo.split("/"),
            downloads=downloads,
            likes=downloads // 40,
            updated=when(20 + place * 30),
            has_gguf=gguf,
            license=licence,
            tags=("lora", f"base_model:adapter:{BASE}"),
            base_models=(BASE,),
        )
        for place, (repo, downloads, gguf, licence) in enumerate(rows)
    )


def rack() -> Rack:
    """The mixer of the pictures."""
    sql, terse, _, pirate = (str(row.path) for row in shelf()[:4])
    return Rack((Strip(sql, 0.75), Strip(terse, 0.4), Strip(pirate, 0.6, muted=True)))


class FakeMixes:
    """Named mixers, kept in a dictionary."""

    def __init__(self, bus: EventBus, base_id: str, state: str) -> None:
        self._bus = bus
        self._rows: dict[int, Mix] = {}
        self._gone: dict[int, Mix] = {}
        if state != "empty":
            self._rows[1] = Mix(1, "Short SQL", base_id, rack(), data.NOW - data.DAY)
            softer = Rack((replace(rack().strips[0], scale=0.5),))
            self._rows[2] = Mix(2, "SQL, softer", base_id, softer, data.NOW)

    def all(self, base_id: str | None = None) -> tuple[Mix, ...]:
        return tuple(mix for mix in self._rows.values() if base_id in (None, mix.base_id))

    def get(self, mix_id: int) -> Mix:
        return self._rows[mix_id]

    def save(self, name: str, base_id: str, rack: Rack, id: int | None = None) -> Mix:
        if any(mix.name == name and mix.id != id for mix in self.all(base_id)):
            raise AppError("mix.taken", f"There is already a mix called {name}.", "Choose another name.")
        number = id or max(self._rows, default=0) + 1
        mix = self._rows[number] = Mix(number, name, base_id, rack, data.NOW)
        self._bus.publish(MixesChanged())
        return mix

    def delete(self, mix_id: int) -> None:
        self._gone[mix_id] = self._rows.pop(mix_id)
        self._bus.publish(MixesChanged())

    def restore(self, mix_id: int) -> None:
        self._rows[mix_id] = self._gone.pop(mix_id)
        self._bus.publish(MixesChanged())


class FakeSweeps:
    """A sweep writes as far as `write` says, and ends with `end`."""

    def __init__(self, bus: EventBus) -> None:
        self._bus = bus
        self.sweeps: dict[int, Sweep] = {}

    def start(self, request: SweepRequest) -> int:
        number = len(self.sweeps) + 1
        cells = tuple(SweepCell(at, uses) for at, uses in enumerate(request.cells))
        self._show(Sweep(number, request, cells, running=True))
        return number

    def stop(self, sweep_id: int) -> None:
        self._show(replace(self.sweeps[sweep_id], running=False, seconds=1.2))

    def get(self, sweep_id: int) -> Sweep:
        return self.sweeps[sweep_id]

    def write(self, sweep_id: int, share: float) -> None:
        """Every cell has this share of its text."""
        sweep = self.sweeps[sweep_id]
        cells = tuple(
            replace(cell, text=text[: round(len(text) * share)])
            for cell, text in zip(sweep.cells, self._texts(sweep), strict=True)
        )
        self._show(replace(sweep, cells=cells))

    def end(self, sweep_id: int, failed: int | None = None) -> None:
        """All cells are written and measured; the one with the number `failed` is not."""
        sweep = self.sweeps[sweep_id]
        cells = []
        for cell, text in zip(sweep.cells, self._texts(sweep), strict=True):
            count = 71 - 5 * min(cell.index, 6)
            timings = Timings(18, 0, count, 0.2, 400.0, 24.6)
            kl = KLS[cell.index % len(KLS)] if cell.uses else 0.0
            done = replace(cell, text=text, finish_reason=FinishReason.STOP, timings=timings, divergence=kl)
            if cell.index == failed:
                done = replace(
                    cell,
                    finish_reason=FinishReason.ERROR,
                    error_title="The memory is not enough.",
                    error_hint="Sweep fewer scales.",
                )
            cells.append(done)
        self._show(
            replace(sweep, cells=tuple(cells), running=False, seconds=6.4, extra_memory=int(0.8 * data.GB))
        )

    @staticmethod
    def _texts(sweep: Sweep) -> list[str]:
        return [TEXTS[cell.index % len(TEXTS)] for cell in sweep.cells]

    def _show(self, sweep: Sweep) -> None:
        self.sweeps[sweep.id] = sweep
        self._bus.publish(SweepChanged(sweep))


class FakeAdapterConverter:
    """Attributes:
    asked: What was asked for, in order.
    """

    def __init__(self, activities: FakeActivities, adapters: FakeAdapters) -> None:
        self._activities = activities
        self._adapters = adapters
        self.asked: list[tuple[Path, AdapterType, str]] = []

    def start(self, adapter_dir: Path, kind: AdapterType = "f16", base_id: str = "") -> str:
        self.asked.append((adapter_dir, kind, base_id))
        return self._activities.start(ActivityKind.CONVERT, adapter_dir.name, kind.upper())

    def finish(self) -> Adapter:
        """As if the last one were done: its file is there."""
        folder = self.asked[-1][0]
        row = _adapter(f"{folder.name}-lora", 16, 44, source="made", made_from=str(folder))
        self._adapters.put(row)
        return row


class FakeAdapterMerger:
    """Attributes:
    asked: Base, adapters, name and type of each model.
    refusal: Why the types of the base cannot be kept; empty where they can.
    error: Raised instead of making the next one.
    """

    def __init__(self, activities: FakeActivities) -> None:
        self._activities = activities
        self.asked: list[tuple[str, tuple[AdapterUse, ...], str, ConvertType | None]] = []
        self.refusal = ""
        self.error: AppError | None = None

    def forecast(self, base_id: str, uses: Sequence[AdapterUse]) -> tuple[MergeForecast, ...]:
        kept = MergeForecast(None, 0 if self.refusal else 5_030 * MB, self.refusal)
        return (kept, MergeForecast("Q8_0", 8_320 * MB), MergeForecast("F16", 14_900 * MB))

    def start(
        self, base_id: str, uses: Sequence[AdapterUse], name: str, type: ConvertType | None = None
    ) -> str:
        if self.error is not None:
            error, self.error = self.error, None
            raise error
        self.asked.append((base_id, tuple(uses), name, type))
        return self._activities.start(ActivityKind.MERGE, name, model_id=base_id)
