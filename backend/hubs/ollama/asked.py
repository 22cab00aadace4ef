"""What a search asks of this garden: the page, the name and the words."""

from __future__ import annotations

from backend.hubs.parse import Kind, Parsed


def page_number(cursor: str | None) -> int:
    """The page that a cursor means; without one, the first.

    Raises:
        ValueError: It is none of this garden.
    """
    if cursor is None:
        return 1
    if not (cursor.isascii() and cursor.isdigit() and len(cursor) <= 5 and int(cursor) > 1):
        raise ValueError("not a cursor of this garden")
    return int(cursor)


def meant(parsed: Parsed) -> tuple[str, str]:
    """Model and tag (or empty) that the text names in this garden; empty where it names none."""
    if parsed.kind is Kind.OLLAMA:
        return parsed.name or "", parsed.tag or ""
    if not parsed.bare:
        return "", ""
    model_id, _, tag = parsed.text.partition(":")
    return model_id, tag


def words(parsed: Parsed) -> str:
    """What to search for where the name is none."""
    model_id, _ = meant(parsed)
    return model_id.replace("/", " ") or parsed.text
