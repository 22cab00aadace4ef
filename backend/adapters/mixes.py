"""Mixes: named settings of the mixer over a base, which can be chosen wherever a model can."""

from __future__ import annotations

import re
import threading

from backend.adapters.types import Mix, Rack
from backend.errors import AppError
from backend.events import EventBus, MixesChanged
from backend.i18n import tr
from backend.store.database import Database
from backend.store.mixes import MixRepository

_ID = re.compile(r"mix@([1-9][0-9]{0,17})")


def mix_id(number: int) -> str:
    """The id by which chats, comparisons and benchmarks name a mix."""
    return f"mix@{number}"


def mix_number(model_id: str) -> int | None:
    """The number of the mix that an id names; None where it names no mix."""
    found = _ID.fullmatch(model_id)
    return int(found[1]) if found else None


class Mixes:
    """The saved mixes. Blocking and thread-safe; changes are published as `MixesChanged`.

    A deleted mix is hidden: what names it says so, and `restore` brings it back.
    """

    def __init__(self, store: Database, bus: EventBus) -> None:
        self._store = MixRepository(store)
        self._bus = bus
        self._lock = threading.Lock()

    def all(self, base_id: str | None = None) -> tuple[Mix, ...]:
        """By base and name; only those over `base_id` where it is given."""
        return tuple(mix for mix in self._store.all() if base_id in (None, mix.base_id))

    def get(self, id: int) -> Mix:
        """The mix with this number.

        Raises:
            AppError: ``mix.gone``: it was deleted.
        """
        try:
            mix, deleted = self._store.get(id)
        except LookupError as error:
            raise _gone(tr("This mix is not there any more."), str(error)) from error
        if deleted:
            raise _gone(tr("The mix “{name}” was deleted.", name=mix.name))
        return mix

    def save(self, name: str, base_id: str, rack: Rack, id: int | None = None) -> Mix:
        """Keep a new mix, or change the one with `id`.

        Raises:
            AppError: ``mix.no_name``, ``mix.empty`` (there is no adapter in it), ``mix.name_taken``,
                ``mix.gone``.
        """
        name = " ".join(name.split())
        if not name:
            raise AppError("mix.no_name", tr("The name is empty."), tr("Write a name first."))
        if not rack.strips:
            raise AppError("mix.empty", tr("There is no adapter in this mix."), tr("Add an adapter first."))
        with self._lock:
            if id is not None:
                self.get(id)
            if any(mix.id != id and mix.name.casefold() == name.casefold() for mix in self.all(base_id)):
                raise AppError(
                    "mix.name_taken",
                    tr("There is a mix called “{name}” for this model already.", name=name),
                    tr("Choose another name, or change the mix that is there."),
                )
            mix = self._store.save(name, base_id, rack, id)
        self._bus.publish(MixesChanged())
        return mix

    def delete(self, id: int) -> None:
        """Hide it; chats that use it say so when they are to answer."""
        self._store.set_deleted(id, True)
        self._bus.publish(MixesChanged())

    def restore(self, id: int) -> None:
        """Undo `delete`."""
        self._store.set_deleted(id, False)
        self._bus.publish(MixesChanged())


def _gone(title: str, detail: str = "") -> AppError:
    return AppError("mix.gone", title, tr("Choose another mix or a model."), detail)
