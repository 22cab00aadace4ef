"""Named mixes of adapters, and each as a model that can be chosen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from backend.adapters.types import Mix, Rack
from backend.engines.types import ChatModel
from backend.errors import AppError
from backend.events import EventBus, MixesChanged
from backend.i18n import tr
from backend.store.mixes import MixRepository

_PREFIX = "mix@"


class Mixes:
    """The mixes that the person saved. Blocking and thread-safe; `MixesChanged` tells of every change.

    A mix that does not exist raises `LookupError`.
    """

    def __init__(self, store: MixRepository, bus: EventBus) -> None:
        self._store = store
        self._bus = bus

    def all(self, base_id: str | None = None) -> tuple[Mix, ...]:
        """Those over one base, or all, by name."""
        return tuple(mix for mix in self._store.all() if base_id in (None, mix.base_id))

    def get(self, mix_id: int) -> Mix:
        """Also one that was deleted since the last start."""
        return self._store.get(mix_id)

    def save(self, name: str, base_id: str, rack: Rack, mix_id: int | None = None) -> Mix:
        """Keep the faders under a name; with `mix_id`, in place of what that mix is now.

        Raises:
            AppError: ``mix.no_name``, ``mix.empty``, or ``mix.taken``: another mix of this base has the name.
        """
        name = " ".join(name.split())
        if not name:
            raise AppError("mix.no_name", tr("A mix needs a name."))
        if not rack.strips:
            raise AppError(
                "mix.empty", tr("There is no adapter in this mix."), tr("Add an adapter to the mixer first.")
            )
        others = [mix for mix in self.all(base_id) if mix.id != mix_id]
        if any(mix.name.casefold() == name.casefold() for mix in others):
            raise AppError(
                "mix.taken",
                tr("There is a mix with the name {name} already.", name=name),
                tr("Choose another name, or save over that mix."),
            )
        saved = (
            self._store.add(name, base_id, rack) if mix_id is None else self._store.change(mix_id, name, rack)
        )
        self._bus.publish(MixesChanged())
        return saved

    def delete(self, mix_id: int) -> None:
        """Hide it; `restore` brings it back until the next start."""
        self._store.set_deleted(mix_id, True)
        self._bus.publish(MixesChanged())

    def restore(self, mix_id: int) -> Mix:
        """Undo `delete`."""
        mix = self._store.set_deleted(mix_id, False)
        self._bus.publish(MixesChanged())
        return mix

    def recover(self) -> None:
        """Remove what the last run deleted."""
        self._store.purge_deleted()

    # -- as models ------------------------------------------------------------------------------------------

    def model(self, mix: Mix, base: ChatModel | None) -> ChatModel:
        """A mix as a model that can be chosen; `base` None where it is gone."""
        uses = mix.rack.uses()
        if base is None:
            return ChatModel(
                id=id_of(mix),
                name=mix.name,
                quant="",
                engine="local",
                address="",
                adapters=uses,
                base_id=mix.base_id,
                problem=tr("The model that this mix was made for is no longer on this computer."),
            )
        gone = [Path(strip.path).name for strip in mix.rack.strips if not Path(strip.path).is_file()]
        problem = tr("The adapter {name} is no longer where it was.", name=gone[0]) if gone else ""
        return replace(
            base,
            id=id_of(mix),
            name=f"{base.name} + {mix.name}",
            adapters=uses,
            base_id=base.id,
            problem=base.problem or problem,
        )

    def find(self, name: str, base_of: Callable[[str], ChatModel]) -> ChatModel | None:
        """The mix that ``mix@7`` or ``base+name`` means; None where `name` means something else.

        Args:
            base_of: Finds a model by its id or name. Raises `AppError`.

        Raises:
            AppError: ``mix.gone``, or what `base_of` raises for the part before the plus.
        """
        if name.startswith(_PREFIX):
            found = next((mix for mix in self._store.all() if id_of(mix) == name), None)
            if found is None:
                raise AppError(
                    "mix.gone",
                    tr("This mix of adapters was deleted."),
                    tr("Choose another mix, or the model alone."),
                )
            try:
                return self.model(found, base_of(found.base_id))
            except AppError:
                return self.model(found, None)
        base_name, _, mix_name = name.rpartition("+")
        wanted = mix_name.strip().casefold()
        alike = [mix for mix in self._store.all() if mix.name.casefold() == wanted]
        if not base_name or not alike:
            return None
        base = base_of(base_name.strip())
        return next((self.model(mix, base) for mix in alike if mix.base_id == base.id), None)


def id_of(mix: Mix) -> str:
    """What chats and comparisons remember."""
    return f"{_PREFIX}{mix.id}"
