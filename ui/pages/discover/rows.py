"""One line of the result list as a value: everything that painting it and speaking it need."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from backend.capacity.sentence import verdict_word
from backend.capacity.types import Fit
from backend.hubs.nature import Nature, Runs
from backend.hubs.types import HubModel, Purpose, Source
from backend.i18n import tr
from ui import format as fmt

_OTHER_MAKING = ("base_model:finetune:", "base_model:adapter:", "base_model:merge:")
_QUANTIZED = "base_model:quantized:"


class RowKind(IntEnum):
    CARD = 0
    """A model, the first of its group."""
    FOLD = 1
    """The other uploads of the card above, folded or not."""
    MEMBER = 2
    """One of the other uploads, while the fold is open."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the list.

    Attributes:
        model: The model; of a fold, the one it lies under.
        sources: The gardens in which its weights were found, its own first.
        local: Whether something of it is on this disk.
        bundled: Whether it is from the list that comes with the app, because its garden could not be read.
        count, owners, open: Of a fold: how many uploads, whose (in order), and whether they are shown.
    """

    kind: RowKind
    model: HubModel
    nature: Nature
    sources: tuple[Source, ...]
    fit: Fit | None = None
    local: bool = False
    bundled: bool = False
    count: int = 0
    owners: tuple[str, ...] = ()
    open: bool = False

    @property
    def runnable(self) -> bool:
        """Whether this engine may be able to load it; where it is not known, it may."""
        return self.nature.runs not in (Runs.NO_GGUF, Runs.UNSUPPORTED)

    @property
    def reads_images(self) -> bool:
        return Purpose.VISION in self.nature.purposes


def base_of(model: HubModel) -> str:
    """What model, in lower case, `model` is another form of: the original of a quantization, else itself.

    A finetune, a merge or an adapter is a work of its own.
    """
    for tag in model.tags:
        if tag.startswith(_QUANTIZED):
            return f"{model.source.value}:{tag[len(_QUANTIZED) :]}".lower()
    if model.base_models and not any(tag.startswith(_OTHER_MAKING) for tag in model.tags):
        return f"{model.source.value}:{model.base_models[0]}".lower()
    return model.key.lower()


def source_name(source: Source) -> str:
    """The garden's name for people."""
    return "Ollama" if source is Source.OLLAMA else "Hugging Face"


def cannot_run(row: Row) -> str:
    """Why it cannot run here, in one or two words; empty where it can."""
    match row.nature.runs:
        case Runs.NO_GGUF:
            return tr("no GGUF files")
        case Runs.UNSUPPORTED:
            return tr("not supported yet")
        case _:
            return ""


def special_purpose(row: Row) -> str:
    """A word for models that do something else than people expect of a chat model; else empty."""
    if row.nature.runs is Runs.NO_CHAT:
        return tr("reranking") if Purpose.RERANKING in row.nature.purposes else tr("embedding")
    return ""


def sizes(model: HubModel) -> str:
    """Number of weights, or the sizes that one card of Ollama offers."""
    if model.sizes:
        shown = [size.upper() for size in model.sizes]
        return ", ".join(shown) if len(shown) < 6 else f"{', '.join(shown[:4])} … {shown[-1]}"
    return fmt.count(model.parameters) if model.parameters else ""


def owner(model: HubModel) -> str:
    """Who uploaded it; models of Ollama's own library have no other owner than Ollama."""
    return "Ollama" if model.source is Source.OLLAMA and "/" not in model.id else model.owner


def fold_words(row: Row) -> str:
    """What the line of a fold says."""
    return tr("and {n} other uploads", n=row.count)


def spoken(row: Row) -> str:
    """What a screen reader says of a line."""
    if row.kind is RowKind.FOLD:
        state = tr("unfolded") if row.open else tr("folded")
        return ", ".join((fold_words(row), tr("of {name}", name=row.model.name), state))
    model = row.model
    parts = [tr("{name} by {owner}", name=model.name, owner=owner(model))]
    parts.append(tr("in {gardens}", gardens=", ".join(source_name(source) for source in row.sources)))
    if model.parameters:
        parts.append(tr("{count} parameters", count=fmt.count(model.parameters)))
    elif model.sizes:
        parts.append(tr("sizes {sizes}", sizes=sizes(model)))
    if model.gated:
        parts.append(tr("gated"))
    if row.reads_images:
        parts.append(tr("reads images"))
    if row.local:
        parts.append(tr("on this disk"))
    if row.bundled:
        parts.append(tr("from the bundled list"))
    parts += [word for word in (special_purpose(row), cannot_run(row)) if word]
    if row.fit is not None:
        verdict = verdict_word(row.fit.verdict)
        choice = row.fit.choice
        parts.append(tr("{choice}: {verdict}", choice=choice, verdict=verdict) if choice else verdict)
    return ", ".join(parts)
