"""Words of the Compare page that more than one of its parts needs."""

from __future__ import annotations

from backend.chats.types import MessageState
from backend.compare.types import Column, CompareAnswer, Rating, Round, Vote
from backend.engines.types import ChatModel, FinishReason
from backend.i18n import tr
from ui import format as fmt

LETTERS = "ABCDEF"
MOST_COLUMNS = len(LETTERS)
LEAST_COLUMNS = 2


def column_name(column: Column, model: ChatModel | None) -> str:
    """What a column is called once names may be seen."""
    return column.label or (model.name if model is not None else column.model_id)


def column_note(column: Column, model: ChatModel | None) -> tuple[str, str]:
    """Quantization, and what else tells the column apart: ``Q4_K_M`` and ``temperature 0.7``."""
    parts = [tr("temperature {value}", value=fmt.number(column.sampling.temperature, 1))]
    if column.sampling.seed is not None:
        parts.append(tr("seed {number}", number=column.sampling.seed))
    if column.system_prompt.strip():
        parts.append(tr("own system prompt"))
    if model is not None and model.host:
        parts.append(model.host)
    return (model.quant if model is not None else "", " · ".join(parts))


def state_words(answer: CompareAnswer | None, waiting: bool) -> tuple[str, str, str]:
    """Words, icon and colour token for how an answer stands; the icon is empty for a dot."""
    if answer is None:
        return (tr("Waiting"), "clock", "text.3") if waiting else ("", "", "text.3")
    match answer.state:
        case MessageState.STREAMING:
            return (tr("Writing"), "", "accent.base") if answer.text else (tr("Reading"), "", "text.3")
        case MessageState.FAILED:
            return tr("Failed"), "circle-alert", "bad.text"
        case MessageState.INTERRUPTED:
            return tr("Interrupted"), "triangle-alert", "warn.text"
        case MessageState.STOPPED:
            return tr("Stopped"), "square", "text.2"
        case MessageState.DONE:
            pass
    match answer.finish_reason:
        case FinishReason.LENGTH:
            return tr("Token limit"), "check", "text.2"
        case FinishReason.CONTEXT:
            return tr("Context full"), "triangle-alert", "warn.text"
    return tr("Finished"), "check", "ok.text"


def vote_words(shown: Round) -> str:
    """What was voted in a round: ``B was best``."""
    match shown.vote:
        case None:
            return tr("not voted")
        case Vote(outcome="tie"):
            return tr("a tie")
        case Vote(outcome="bad"):
            return tr("all bad")
        case Vote(column=column):
            return tr("{letter} was best", letter=letter_of(shown, column or 0))


def letter_of(shown: Round, column: int) -> str:
    """The letter over the place where a column stands in this round."""
    return LETTERS[shown.order.index(column)] if column in shown.order else LETTERS[column]


def standing_words(rating: Rating, topic: str) -> str:
    """Where a contestant stands: ``Rating 1,096 in Everyday, 32 votes, between 1,044 and 1,148.``

    The interval of a few equal votes has no width, so it is not told."""
    number = fmt.number(rating.rating)
    where = tr("Rating {rating} in {topic}", rating=number, topic=topic) if topic else ""
    place = where or tr("Rating {rating}", rating=number)
    votes = tr("{count} votes", n=rating.votes, count=fmt.number(rating.votes))
    if rating.few:
        return tr("{rating}, {votes}: too few to be sure of it.", rating=place, votes=votes)
    return tr(
        "{rating}, {votes}, between {low} and {high}.",
        rating=place,
        votes=votes,
        low=fmt.number(rating.low),
        high=fmt.number(rating.high),
    )


def ask_words(count: int) -> str:
    """The placeholder of the composer."""
    names = {2: tr("Ask both"), 3: tr("Ask all three"), 4: tr("Ask all four"), 5: tr("Ask all five")}
    return names.get(count, tr("Ask all {count}", count=count))
