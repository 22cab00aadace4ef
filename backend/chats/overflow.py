"""What a model is given of a conversation that has outgrown its context.

The person chooses for each chat: everything (and the engine says that it does not fit), the newest exchanges
that fit, or a summary in place of the oldest.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from backend.chats.conversation import estimated_tokens, reserve_of, turns_of
from backend.chats.types import Attachment, Chat, ContextUse, Message, Summary
from backend.engines.types import Turn
from backend.errors import AppError

Count = Callable[[Sequence[Turn]], int]
_UNKNOWN = 2**31


class Counter:
    """Tokens of turns: as the model's tokenizer counts them, and from the length of the text once it cannot
    be asked; `approximate` then says so.
    """

    def __init__(self, count: Count | None) -> None:
        self._count = count
        self.approximate = count is None

    def __call__(self, turns: Sequence[Turn]) -> int:
        if self._count is not None and turns:
            try:
                return self._count(turns)
            except AppError:  # it was unloaded just now, or its engine has no way to count
                self._count = None
                self.approximate = True
        return estimated_tokens(turns)


@dataclass(frozen=True, slots=True)
class Draft:
    """A question that was not sent yet."""

    text: str = ""
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class Fitted:
    """The part of a conversation that goes to the model: its messages from place `start` on."""

    turns: tuple[Turn, ...]
    start: int


class Fitting:
    """Chooses what of a branch goes to a model with `n_ctx` tokens of context."""

    def __init__(
        self,
        chat: Chat,
        branch: Sequence[Message],
        summaries: Sequence[Summary],
        n_ctx: int,
        count: Counter,
        *,
        draft: Draft = Draft(),
        vision: bool = True,
    ) -> None:
        """`summaries` are those of the chat; one counts if it stands for a beginning of `branch`."""
        self._chat = chat
        self._branch = branch
        self._count = count
        self._draft = draft
        self._vision = vision
        # An engine elsewhere may not say how long its context is: then everything goes there.
        self.budget = n_ctx - reserve_of(chat, n_ctx) if n_ctx > 0 else _UNKNOWN
        self.summary: Summary | None = None
        self._after = 0  # the first message that the summary does not stand for
        if chat.overflow == "summarise":
            places = {message.id: place for place, message in enumerate(branch, start=1)}
            # The last message itself always goes to the model.
            known = [s for s in summaries if places.get(s.until_id, len(branch)) < len(branch)]
            if known:
                self.summary = max(known, key=lambda summary: places[summary.until_id])
                self._after = places[self.summary.until_id]

    def whole(self) -> Fitted:
        """All of it, or all after the summary."""
        return Fitted(self.turns_from(self._after), self._after)

    def newest(self, budget: int | None = None) -> Fitted:
        """As many of the newest exchanges as fit into `budget` tokens; at least the last question."""
        limit = self.budget if budget is None else budget
        starts = self._starts()
        low, high = 0, len(starts) - 1  # the first that fits, looked for by halves: counting costs a moment
        while low < high:
            middle = (low + high) // 2
            if self._count(self.turns_from(starts[middle])) <= limit:
                high = middle
            else:
                low = middle + 1
        return Fitted(self.turns_from(starts[low]), starts[low])

    def chosen(self) -> Fitted:
        """What the chat's choice makes of it, without writing a summary."""
        whole = self.whole()
        if self._chat.overflow == "stop" or self.fits(whole.turns):
            return whole
        return self.newest()

    def fits(self, turns: Sequence[Turn]) -> bool:
        return self._count(turns) <= self.budget

    def count(self, turns: Sequence[Turn]) -> int:
        return self._count(turns)

    def turns_from(self, start: int) -> tuple[Turn, ...]:
        """The turns of the messages from place `start` on, after the summary."""
        return turns_of(
            self._chat,
            self._branch[start:],
            self._draft.text,
            attachments=self._draft.attachments,
            summary=self.summary.text if self.summary else "",
            vision=self._vision,
        )

    def uncovered(self, start: int) -> Sequence[Message]:
        """The messages before place `start` that the summary does not stand for."""
        return self._branch[self._after : start]

    def _starts(self) -> list[int]:
        """Where the conversation may begin: at its questions, and where the summary ends."""
        questions = [
            place
            for place in range(self._after + 1, len(self._branch))
            if self._branch[place].role == "user" and self._branch[place - 1].role != "user"
        ]
        last = [len(self._branch)] if self._draft.text or self._draft.attachments else []
        return [self._after, *questions, *last]


def context_use(fitting: Fitting, chat: Chat, n_ctx: int, counter: Counter) -> ContextUse:
    """How full the context will be with the next question."""
    fitted = fitting.chosen()
    total = counter(fitted.turns) if fitted.turns else 0
    plain = turns_of(chat, ())
    system = counter(plain) if plain else 0
    summary = 0
    if fitting.summary:
        summary = max(counter(turns_of(chat, (), summary=fitting.summary.text)) - system, 0)
    return ContextUse(
        system=system,
        conversation=max(total - system, 0),
        reserve=reserve_of(chat, n_ctx),
        n_ctx=n_ctx,
        approximate=counter.approximate,
        left_out=fitted.start,
        summary=summary,
    )
