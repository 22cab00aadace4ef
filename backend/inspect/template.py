"""Chat templates as texts: what they know, and how two of them differ."""

from __future__ import annotations

import difflib
import re

from backend.inspect.types import DiffLine, Feature, Line, TemplateDifference

LONGEST_COMPARED = 200_000
"""Characters of a template up to which lines are compared; larger ones are only equal or not."""
_MOST_LINES = 4_000
_LONGEST_LINE = 2_000

_SIGNS = {
    Feature.TOOLS: re.compile(r"\btools?\b|tool_calls?\b"),
    Feature.REASONING: re.compile(
        r"<think>|\benable_thinking\b|\breasoning(_content|_effort)?\b|\bthinking\b"
    ),
    Feature.IMAGES: re.compile(r"\bimage(_url)?\b|<image>|\bvision_start\b"),
}


def features_of(template: str) -> tuple[Feature, ...]:
    """What the template handles beside plain messages, judged by the names in it."""
    start = template[:LONGEST_COMPARED]
    return tuple(feature for feature, sign in _SIGNS.items() if sign.search(start))


def normal(template: str) -> list[str]:
    """The lines, without what differs between two copies of the same text: line ends, blanks at the end of
    a line, empty lines around."""
    lines = [line.rstrip() for line in re.split(r"\r\n|\r|\n", template)]
    while lines and not lines[-1]:
        lines.pop()
    while lines and not lines[0]:
        lines.pop(0)
    return lines


def difference(own: str, other: str, base: str, *, from_library: bool = False) -> TemplateDifference:
    """How `own` differs from `other`, the template of `base`."""
    new, old = normal(own), normal(other)
    if new == old:
        return TemplateDifference(base, True, from_library=from_library)
    if max(len(own), len(other)) > LONGEST_COMPARED or max(len(new), len(old)) > _MOST_LINES:
        return TemplateDifference(base, False, from_library=from_library)
    marks = {"+": Line.ADDED, "-": Line.REMOVED, " ": Line.SAME, "@": Line.PLACE}
    lines = []
    for number, text in enumerate(difflib.unified_diff(old, new, lineterm="")):
        if number < 2:  # the names of the files
            continue
        kind = marks[text[0]]
        body = text.strip() if kind is Line.PLACE else text[1:]
        lines.append(DiffLine(kind, body if len(body) <= _LONGEST_LINE else body[:_LONGEST_LINE] + "…"))
    count = [line.kind for line in lines].count
    return TemplateDifference(base, False, tuple(lines), count(Line.ADDED), count(Line.REMOVED), from_library)
