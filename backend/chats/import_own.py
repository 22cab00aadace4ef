"""A chat as Orangery's own JSON export has it, with every branch."""

from __future__ import annotations

import base64
import binascii
import dataclasses
from typing import Any, get_args

from backend.adapters.types import Rack
from backend.chats.attaching import MAX_BYTES, Attaching, image_ending
from backend.chats.reading import Place
from backend.chats.types import Attachment, Chat, Message, MessageState, Overflow, Summary, WholeChat
from backend.engines.types import Alternative, KvType, Role, RunCard, Sampling, Timings, TokenChoice
from backend.i18n import tr
from backend.store import codec

_MOST = 2**31 - 1


def chat(place: Place, raw: object, files: Attaching) -> WholeChat:
    """The chat of an entry; `files` keeps its images. Raises `AppError`."""
    values = place.mapping(raw)
    messages: list[Message] = []
    known: set[int] = set()
    for message_place, entry in place.entries(values, "messages"):
        message = _message(message_place, message_place.mapping(entry), known, files)
        messages.append(message)
        known.add(message.id)
    leaf = place.number(values, "leaf")
    model_id = place.text(values, "model_id", "") if values.get("model_id") is not None else None
    read = Chat(
        id=0,
        title=" ".join(place.text(values, "title").split()),
        model_id=model_id or None,
        system_prompt=place.text(values, "system_prompt", ""),
        sampling=place.dataclass(values, "sampling", Sampling()),
        n_ctx=place.number(values, "n_ctx", _MOST),
        leaf_id=leaf if leaf in known else None,
        created=place.time(values, "created"),
        updated=place.time(values, "updated"),
        sequence=0,
        kv_type=place.choice(values, "kv_type", get_args(KvType), None),  # type: ignore[arg-type]
        n_batch=place.number(values, "n_batch", _MOST),
        gpu_layers=place.number(values, "gpu_layers", _MOST),
        pinned=values.get("pinned") is True,
        overflow=place.choice(values, "overflow", get_args(Overflow), "stop"),  # type: ignore[arg-type]
        rack=place.nested(values, "rack", Rack) if values.get("rack") is not None else None,
    )
    return WholeChat(read, tuple(messages), _summaries(place, values, known))


def _message(place: Place, values: dict[str, Any], known: set[int], files: Attaching) -> Message:
    number, parent = place.number(values, "id"), place.number(values, "parent")
    if number is None or number in known:
        raise place.at("id").wrong(tr("a number of its own"))
    if parent is not None and parent not in known:
        raise place.at("parent").wrong(tr("the number of an earlier message"))
    state = place.choice(values, "state", tuple(MessageState), "done")
    created = place.time(values, "created")
    card = None
    if values.get("card") is not None:
        card = place.nested(values, "card", RunCard)
        card = dataclasses.replace(card, created=created, seed=card.seed if 0 <= card.seed < 2**63 else 0)
    model_id = place.text(values, "model_id", "") if values.get("model_id") is not None else None
    return Message(
        id=number,
        chat_id=0,
        parent_id=parent,
        role=place.choice(values, "role", get_args(Role), "user"),  # type: ignore[arg-type]
        text=place.text(values, "text"),
        # An answer that was being written when it was exported is not written on.
        state=MessageState.INTERRUPTED if state == "streaming" else MessageState(state),
        created=created,
        reasoning=place.text(values, "reasoning", ""),
        model_id=model_id or None,
        model_name=place.text(values, "model_name", ""),
        quant=place.text(values, "quant", ""),
        finish_reason=place.text(values, "finish_reason", ""),
        timings=place.nested(values, "timings", Timings),
        error_title=place.text(values, "error_title", ""),
        error_hint=place.text(values, "error_hint", ""),
        attachments=_attachments(place, values, files),
        card=card,
        choices=_choices(place, values),
        edited=values.get("edited") is True,
        reasoning_s=place.time(values, "reasoning_s"),
    )


def _attachments(place: Place, values: dict[str, Any], files: Attaching) -> tuple[Attachment, ...]:
    if "attachments" not in values:
        return ()
    found: list[Attachment] = []
    for file_place, entry in place.entries(values, "attachments"):
        file = file_place.mapping(entry)
        name, size = file_place.text(file, "name"), file_place.number(file, "size") or 0
        if file_place.choice(file, "kind", ("text", "image"), "text") == "text":
            text, tokens = file_place.text(file, "text"), file_place.number(file, "tokens", _MOST) or 0
            found.append(Attachment(name, "text", size, text=text, tokens=tokens))
            continue
        try:
            data = base64.b64decode(file_place.text(file, "data", ""), validate=True)
        except (binascii.Error, ValueError) as error:
            raise file_place.at("data").wrong(tr("a picture")) from error
        if not data:  # its copy was gone when it was exported
            found.append(Attachment(name, "image", size))
            continue
        ending = image_ending(data)
        if not ending or len(data) > MAX_BYTES:
            raise file_place.at("data").wrong(tr("a picture"))
        found.append(Attachment(name, "image", len(data), path=files.keep(data, ending)))
    return tuple(found)


def _choices(place: Place, values: dict[str, Any]) -> tuple[TokenChoice, ...]:
    if not values.get("choices"):
        return ()
    return tuple(_choice(at, at.mapping(entry)) for at, entry in place.entries(values, "choices"))


def _choice(place: Place, values: dict[str, Any]) -> TokenChoice:
    others: tuple[Alternative, ...] = ()
    if values.get("alternatives"):
        others = tuple(
            Alternative(*_token(at, at.mapping(entry))) for at, entry in place.entries(values, "alternatives")
        )
    return TokenChoice(*_token(place, values), others)


def _token(place: Place, values: dict[str, Any]) -> tuple[str, float]:
    logprob = values.get("logprob")
    if not codec.fits(logprob, float):
        raise place.at("logprob").wrong(tr("a number"))
    return place.text(values, "text"), float(logprob)  # type: ignore[arg-type]


def _summaries(place: Place, values: dict[str, Any], known: set[int]) -> tuple[Summary, ...]:
    if "summaries" not in values:
        return ()
    found: list[Summary] = []
    for at, entry in place.entries(values, "summaries"):
        summary = at.mapping(entry)
        until = at.number(summary, "until")
        if until in known and until is not None:
            found.append(Summary(0, 0, until, at.text(summary, "text"), summary.get("edited") is True))
    return tuple(found)
