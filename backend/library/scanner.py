"""One look at all stores: which models lie where."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from backend.errors import AppError
from backend.i18n import tr
from backend.library.roots import Root, distinct
from backend.library.stores import hub, jan, ollama, plain
from backend.library.stores.found import FoundModel, Inside, shown
from backend.library.stores.walk import Troubles
from backend.library.types import Store, StoreInfo


@dataclass(frozen=True, slots=True)
class Scan:
    """What one look found. `troubles` has a sentence for each root that could not be read as a whole."""

    roots: tuple[Root, ...]
    models: tuple[FoundModel, ...]
    troubles: dict[Path, str]


class Scanner:
    """Looks into all stores. A store or folder that is not there is simply empty.

    Attributes:
        served: Models of a daemon; those that no store shows get rows of their own.
    """

    def __init__(
        self,
        own: Sequence[Root],
        others: Callable[[], Sequence[Root]],
        folders: Callable[[], Sequence[str]],
        files: Callable[[], Sequence[str]],
    ) -> None:
        """Args:
        own: Roots that are always looked into, the hub cache first.
        others: Roots of other programs.
        folders, files: What the person added.
        """
        self._own = own
        self._others = others
        self._folders = folders
        self._files = files
        self.served: tuple[FoundModel, ...] = ()

    def roots(self) -> tuple[Root, ...]:
        added = [Root(Store.FOLDER, Path(folder)) for folder in self._folders()]
        return distinct([*self._own, *self._others(), *added])

    def covers(self, path: Path) -> bool:
        """Whether a plain file at `path` would be found.

        Raises:
            AppError: ``library.move_place``: it lies in a store that is no place for plain files.
        """
        real = os.path.realpath(path)
        roots = [root for root in self.roots() if Inside([os.path.realpath(root.path)]).has(real)]
        for root in roots:
            if root.store in (Store.HUB_CACHE, Store.OLLAMA):
                raise AppError(
                    "library.move_place",
                    tr("{path} lies in a store with a layout of its own.", path=shown(str(path.parent))),
                    tr("Choose a folder outside of {folder}.", folder=shown(str(root.path))),
                )
        return bool(roots)

    def scan(self) -> Scan:
        """Everything that is there now. Never raises for what is on the disk."""
        roots = self.roots()
        real = [os.path.realpath(root.path) for root in roots]
        inside, skip = Inside(real), frozenset(real)
        names: set[str] = set()
        ids: set[str] = set()
        models: list[FoundModel] = []
        troubles: dict[Path, str] = {}

        def add(found: FoundModel) -> None:
            # Tags of Ollama may share a content; any other file is what its first finder says.
            if found.store is not Store.OLLAMA and any(str(part.path) in names for part in found.parts):
                return
            names.update(str(part.path) for part in found.parts)
            if found.id in ids:  # the same tag in a second store
                found = replace(found, id=f"{found.id}@{found.root}")
            if found.id not in ids:
                ids.add(found.id)
                models.append(found)

        for root in roots:
            trouble = Troubles()
            for found in _models(root, plain.Ground(inside, skip, trouble)):
                add(found)
            if trouble.sentence:
                troubles[root.path] = trouble.sentence
        for file in self._files():
            path = Path(file)
            # The person chose it, so it may itself be a link to anywhere.
            own = Inside([*real, os.path.realpath(path.parent), os.path.dirname(os.path.realpath(path))])  # noqa: PTH120
            if file not in names and (single := plain.single(path, Store.FOLDER, own)) is not None:
                add(single)
        models += (found for found in self.served if found.id not in ids)
        return Scan(roots, tuple(models), troubles)


def _models(root: Root, ground: plain.Ground) -> Iterator[FoundModel]:
    match root.store:
        case Store.HUB_CACHE:
            return hub.scan(root.path, ground.troubles)
        case Store.OLLAMA:
            return ollama.scan(root.path, ground.troubles)
        case Store.LM_STUDIO | Store.MODELS:
            return plain.scan_published(root.store, root.path, ground)
        case Store.JAN:
            return jan.scan(root.path, ground)
        case Store.LLAMA_CPP:
            return plain.scan_llama_cpp(root.path, ground)
        case Store.FOLDER | Store.BUNDLED:
            # What was moved here lies as LM Studio would have it.
            return plain.scan_published(root.store, root.path, ground)


def store_infos(scan: Scan, models: Sequence[FoundModel]) -> tuple[StoreInfo, ...]:
    """One line for each root; content that lies in a store under two names counts once."""
    infos = []
    bundled = [Root(Store.BUNDLED, model.path.parent) for model in models if model.store is Store.BUNDLED]
    for root in (*bundled, *scan.roots):
        mine = [
            model
            for model in models
            if model.store is root.store and (model.root == root.path or root.store is Store.BUNDLED)
        ]
        contents = {part.identity: part.size for model in mine for part in model.parts}
        exists = os.path.isdir(root.path)  # noqa: PTH112
        infos.append(
            StoreInfo(
                root.store,
                root.path,
                exists,
                exists and os.access(root.path, os.W_OK),
                sum(contents.values()),
                len(mine),
                scan.troubles.get(root.path, ""),
            )
        )
    return tuple(infos)
