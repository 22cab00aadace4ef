"""From what was found in the stores to the rows of the library: headers, digests, uses and equal weights."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from backend.gguf.names import UNKNOWN
from backend.hubs.types import Source
from backend.i18n import tr
from backend.library.facts import Facts, FactsCache
from backend.library.stores.found import FoundModel, Part, shown, stable_id
from backend.library.types import LibraryModel, Store


class ModelUse(Protocol):
    """The last use of a model, as `backend.store.models.ModelUse` has it."""

    @property
    def model_id(self) -> str: ...
    @property
    def used(self) -> float: ...
    @property
    def tokens_per_second(self) -> float | None: ...
    @property
    def memory(self) -> int | None: ...


class Offer(Protocol):
    """What a garden has, as `backend.store.models.Offer` has it."""

    @property
    def model_id(self) -> str: ...
    @property
    def version(self) -> str: ...
    @property
    def sha256(self) -> str: ...


_GARDENS = frozenset({Store.HUB_CACHE, Store.OLLAMA, Store.BUNDLED})
_MOST_ALIKE = 16
"""Rows that one row names as looking the same; the rest is found through those."""

Verified = Mapping[str, tuple[int, int, str]]
"""Size, modification time and digest by path."""

Damaged = Mapping[str, tuple[int, int]]
"""Size and modification time, by path, of files that were hashed and were not what they had to be."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A row with what was found behind it.

    Attributes:
        digests: SHA-256 of each part: hashed by us, else promised by its store, else None.
        hashed: Which of them we hashed ourselves, unchanged since.
        fingerprints: Of the headers of the parts; empty strings where unreadable.
    """

    row: LibraryModel
    found: FoundModel
    digests: tuple[str | None, ...]
    hashed: tuple[bool, ...]
    fingerprints: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """Whether every part is there and may be opened."""
        return bool(self.found.parts) and not self.found.problem and all(p.real for p in self.found.parts)


def describe(found: FoundModel, facts: FactsCache, verified: Verified, damaged: Damaged) -> Entry:
    """The row of one found model, without use and without its neighbours."""
    heads = [
        facts.read(part.real, part.size, part.mtime_ns) if part.real else Facts() for part in found.parts
    ]
    hashes = [_hashed(part, verified) for part in found.parts]
    digests = tuple(own or part.promise for own, part in zip(hashes, found.parts, strict=True))
    first = heads[0] if heads else Facts()
    counts = [head.parameters for head in heads]
    problem = found.problem or next((h.problem for h in heads if h.problem), "")
    rotten = (_rot(part, own, damaged) for part, own in zip(found.parts, hashes, strict=True))
    rot = "" if problem else next(filter(None, rotten), "")
    problem = problem or rot
    kind = first.role if first.role != "model" or found.kind == "model" else found.kind
    row = LibraryModel(
        id=found.id,
        name=shown(found.name) or shown(found.path.name),
        owner=shown(found.owner),
        source=found.source,
        path=found.path,
        size=found.size,
        quant=found.quant if found.quant != UNKNOWN else first.quant,
        parts=tuple(part.path for part in found.parts),
        repo_id=found.repo_id,
        commit=found.commit,
        architecture=first.architecture,
        parameters=sum(n for n in counts if n is not None) if counts and None not in counts else None,
        context_length=first.context_length,
        sha256=digests[0] if digests else None,
        verified=bool(hashes) and all(hashes) and not problem,
        problem=problem,
        modified=found.modified,
        store=found.store,
        store_root=found.root,
        kind=kind,
        projector=found.projector if kind == "model" else None,
        damaged=bool(rot),
    )
    return Entry(
        row, found, digests, tuple(h is not None for h in hashes), tuple(h.fingerprint for h in heads)
    )


def _hashed(part: Part, verified: Verified) -> str | None:
    known = verified.get(stable_id(part.real)) if part.real else None
    return known[2] if known and known[0] == part.size and known[1] == part.mtime_ns else None


def _rot(part: Part, own: str | None, damaged: Damaged) -> str:
    now = bool(part.real) and damaged.get(stable_id(part.real)) == (part.size, part.mtime_ns)
    if now or (own is not None and part.promise is not None and own != part.promise):
        return tr(
            "{name} is damaged: its content is not what it was published with.", name=shown(part.path.name)
        )
    return ""


def with_neighbours(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """`entries` with what they share: equal weights, the same bytes on the disk, likely equal weights."""
    first: dict[tuple[str, ...], str] = {}
    at: dict[tuple[tuple[int, int], ...], str] = {}
    looks: dict[tuple[object, ...], list[Entry]] = defaultdict(list)
    places: dict[tuple[tuple[int, int], ...], int] = defaultdict(int)
    for entry in entries:
        if entry.whole:
            places[tuple(part.identity for part in entry.found.parts)] += 1
            if all(entry.fingerprints):
                looks[look_of(entry)].append(entry)
    for group in looks.values():
        group.sort(key=lambda entry: all(entry.digests))
    result = []
    for entry in entries:
        row = entry.row
        if entry.whole:
            places_of = tuple(part.identity for part in entry.found.parts)
            same = at.setdefault(places_of, row.id)
            digests = tuple(d for d in entry.digests if d is not None)
            if len(digests) == len(entry.digests) and not row.problem:
                same = first.setdefault(digests, same)
            if same != row.id:
                row = replace(row, duplicates_of=same)
            group = looks.get(look_of(entry), []) if all(entry.fingerprints) else []
            alike = _alike(entry, group)
            if alike or places[places_of] > 1:
                row = replace(row, shared=places[places_of] > 1, alike=alike)
        result.append(entry if row is entry.row else replace(entry, row=row))
    return tuple(result)


def look_of(entry: Entry) -> tuple[object, ...]:
    """The same for models that look the same."""
    return tuple((p.size, f) for p, f in zip(entry.found.parts, entry.fingerprints, strict=True))


def _alike(entry: Entry, group: Sequence[Entry]) -> tuple[str, ...]:
    """The first rows of `group` that are neither known to be equal to `entry` nor known to differ."""
    known = all(entry.digests)
    place = [part.identity for part in entry.found.parts]
    ids: list[str] = []
    for other in group:
        if len(ids) == _MOST_ALIKE or (known and all(other.digests)):
            break  # those that are not known come first
        if other.row.id != entry.row.id and [part.identity for part in other.found.parts] != place:
            ids.append(other.row.id)
    return tuple(ids)


def with_uses(
    entries: Sequence[Entry], uses: Iterable[ModelUse], offers: Iterable[Offer]
) -> tuple[Entry, ...]:
    """`entries` with what is remembered about them."""
    by_id = {use.model_id: use for use in uses}
    offered = {offer.model_id: offer for offer in offers}
    result = []
    for entry in entries:
        use, offer, row = by_id.get(entry.row.id), offered.get(entry.row.id), entry.row
        if use is not None:
            row = replace(row, used=use.used, tokens_per_second=use.tokens_per_second, memory=use.memory)
        # Bit rot makes a digest another one too, and is no older version.
        known = row.sha256 if not row.damaged else None
        newer = offer.version if offer and known and offer.sha256 not in ("", known) else None
        if newer != row.newer:
            row = replace(row, newer=newer)
        result.append(entry if row is entry.row else replace(entry, row=row))
    return tuple(result)


def with_origins(entries: Sequence[Entry], made_from: Mapping[str, str]) -> tuple[Entry, ...]:
    """`entries` with what Orangery made them from.

    Such a file is of no garden, whatever its folder is called. One with the same content that lies in the
    store of a garden came from there.
    """
    result = []
    for entry in entries:
        row = entry.row
        origin = made_from.get(row.sha256 or "", "") if row.store not in _GARDENS else ""
        if origin and origin != row.made_from:
            row = replace(row, made_from=origin, source=Source.FOLDER, repo_id=None)
        result.append(entry if row is entry.row else replace(entry, row=row))
    return tuple(result)


STARTER_ID = "starter"


def starter_of(found: FoundModel) -> FoundModel:
    return replace(found, id=STARTER_ID, name=tr("Starter model"), owner="Orangery", store=Store.BUNDLED)
