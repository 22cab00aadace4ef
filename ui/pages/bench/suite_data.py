"""What is known of a suite: who answered it, how well, and what is wrong with an item. Without Qt."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePath

from backend.bench.types import BenchRun, Check, Rule, Score, Suite, SuiteItem, TopicScore
from backend.i18n import tr

TEXT_RULES = ("contains", "not_contains", "starts_with", "ends_with", "regex", "not_regex", "counts")
LENGTH_RULES = ("min_words", "max_words", "min_lines", "max_lines", "min_sentences", "max_sentences")
FORM_RULES = ("lowercase", "uppercase", "json", "ascii", "no_digits")


@dataclass(frozen=True, slots=True)
class Answered:
    """One model that answered a suite: the newest run counts. `scores` are by topic; an empty one is all."""

    run_id: int
    column: int
    name: str
    when: float
    scores: Mapping[str, Score]

    @property
    def key(self) -> str:
        return f"{self.run_id}/{self.column}"


def answered(
    suite: Suite,
    runs: Iterable[BenchRun],
    scores: Mapping[int, tuple[TopicScore, ...]],
    name_of: Callable[[BenchRun, int], str],
) -> list[Answered]:
    """Who answered this version of `suite`, best first."""
    found: dict[str, Answered] = {}
    for run in runs:
        if run.kind != "suite" or run.suite != suite.name or run.suite_version != suite.version:
            continue
        for column in range(len(run.columns)):
            mine = {each.topic: each.score for each in scores.get(run.id, ()) if each.column == column}
            name = name_of(run, column)
            if name not in found and any(score.total for score in mine.values()):
                found[name] = Answered(run.id, column, name, run.finished or run.created, mine)
    return sorted(found.values(), key=lambda each: -(each.scores[""].share if "" in each.scores else 0.0))


def newest_scores(
    runs: Iterable[BenchRun], scores: Mapping[int, tuple[TopicScore, ...]]
) -> tuple[str, dict[str, Score]]:
    """Name of the suite that was answered last, and how well models did in that version of it, by id; of
    each model its newest answers count. `runs` are newest first."""
    newest: BenchRun | None = None
    found: dict[str, Score] = {}
    for run in runs:
        if run.kind != "suite" or not scores.get(run.id):
            continue
        newest = newest or run
        if (run.suite, run.suite_version) != (newest.suite, newest.suite_version):
            continue
        for each in scores[run.id]:
            if not each.topic and each.score.total and each.column < len(run.columns):
                found.setdefault(run.columns[each.column].model_id, each.score)
    return newest.suite if newest is not None else "", found


def topics_of(suite: Suite) -> list[str]:
    """Topics in the order in which they first occur."""
    return [topic for topic in dict.fromkeys(item.topic for item in suite.items) if topic]


def column_name(run: BenchRun, column: int, known: Callable[[str], str]) -> str:
    """What a column of a suite run is called: its label, or its model with the quantization and the adapters
    of this column."""
    asked = run.columns[column]
    if asked.label:
        return asked.label
    card = next((card for card in run.cards if card.model_id == asked.model_id), None)
    if card is not None and card.model_name:
        name = f"{card.model_name} {card.quant}".strip()
    else:
        name = known(asked.model_id) or asked.model_id
    return " + ".join((name, *(f"{PurePath(use.path).stem} × {use.scale:g}" for use in asked.adapters)))


def check_line(check: Check) -> str:
    """A check in a sentence."""
    listed = ", ".join(f"“{each}”" for each in check.accepted)
    match check.kind:
        case "exact":
            words = tr("The answer must be {texts}", texts=listed)
        case "contains":
            words = tr("The answer must contain {texts}", texts=listed)
        case "regex":
            words = tr("The answer must match {texts}", texts=listed)
        case "numeric" if check.tolerance:
            return tr(
                "The last number must be {number} ± {tolerance}",
                number=f"{check.number:g}",
                tolerance=f"{check.tolerance:g}",
            )
        case "numeric":
            return tr("The last number must be {number}", number=f"{check.number:g}")
        case "schema":
            return tr("The answer must be JSON of this schema: {schema}", schema=check.schema)
        case "rules":
            return "; ".join(rule_line(rule) for rule in check.rules)
        case "judge":
            return tr("Judged by a model: {rubric}", rubric=check.rubric)
    return words + (", " + tr("with the same capitals") if check.case else "")


def rule_words(kind: str) -> str:
    """The words of a rule, before its text or number."""
    return {
        "contains": tr("Contains"),
        "not_contains": tr("Does not contain"),
        "starts_with": tr("Starts with"),
        "ends_with": tr("Ends with"),
        "regex": tr("Matches the pattern"),
        "not_regex": tr("Does not match the pattern"),
        "counts": tr("Contains exactly so often"),
        "min_words": tr("Words, at least"),
        "max_words": tr("Words, at most"),
        "min_lines": tr("Lines, at least"),
        "max_lines": tr("Lines, at most"),
        "min_sentences": tr("Sentences, at least"),
        "max_sentences": tr("Sentences, at most"),
        "lowercase": tr("Only small letters"),
        "uppercase": tr("Only capitals"),
        "json": tr("Is JSON"),
        "ascii": tr("Only plain letters (ASCII)"),
        "no_digits": tr("No digits"),
    }[kind]


def rule_line(rule: Rule) -> str:
    words = rule_words(rule.kind)
    if rule.kind == "counts":
        return f"{words}: “{rule.text}” × {rule.number}"
    if rule.kind in TEXT_RULES:
        return f"{words}: “{rule.text}”"
    return f"{words}: {rule.number}" if rule.kind in LENGTH_RULES else words


def problems(item: SuiteItem, others: Iterable[str]) -> dict[str, str]:
    """What is wrong with an item, by field: ``id``, ``prompt``, or a field of its check. `others` are the
    ids of the other items of the suite."""
    found: dict[str, str] = {}
    if not item.id.strip():
        found["id"] = tr("Every prompt needs a name.")
    elif item.id in set(others):
        found["id"] = tr("Another prompt has this name.")
    if not item.prompt.strip():
        found["prompt"] = tr("Write what is asked.")
    return found | _check_problems(item.check)


def _check_problems(check: Check) -> dict[str, str]:
    match check.kind:
        case "exact" | "contains" | "regex":
            if not any(each.strip() for each in check.accepted):
                return {"accepted": tr("Write at least one answer that counts.")}
            wrong = check.kind == "regex" and next(filter(None, map(_pattern_problem, check.accepted)), "")
            return {"accepted": wrong} if wrong else {}
        case "numeric":
            if not math.isfinite(check.number):
                return {"number": tr("Write a number.")}
            if not (math.isfinite(check.tolerance) and check.tolerance >= 0):
                return {"tolerance": tr("Write 0 or a positive number.")}
        case "schema":
            wrong = _schema_problem(check.schema)
            return {"schema": wrong} if wrong else {}
        case "rules":
            if not check.rules:
                return {"rules": tr("Add at least one rule.")}
            wrong = next(filter(None, map(_rule_problem, check.rules)), "")
            return {"rules": wrong} if wrong else {}
        case "judge":
            return {} if check.rubric.strip() else {"rubric": tr("Write what the judge looks at.")}
    return {}


def _pattern_problem(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        return tr("“{pattern}” is not a pattern: {reason}.", pattern=pattern, reason=str(error))
    return ""


def _schema_problem(text: str) -> str:
    try:
        schema = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        place = error.lineno if isinstance(error, json.JSONDecodeError) else 1
        return tr("This is not JSON; see line {line}.", line=place)
    return "" if isinstance(schema, dict) else tr("A schema is a JSON object in braces.")


def _rule_problem(rule: Rule) -> str:
    if rule.kind in TEXT_RULES and not rule.text:
        return tr("{rule}: write the text.", rule=rule_words(rule.kind))
    if rule.kind in ("regex", "not_regex"):
        return _pattern_problem(rule.text)
    return ""


def fresh_id(ids: Iterable[str]) -> str:
    """A name that no item has yet."""
    taken = set(ids)
    number = len(taken) + 1
    while f"item-{number}" in taken:
        number += 1
    return f"item-{number}"


def fresh_name(wanted: str, names: Iterable[str]) -> str:
    """`wanted` as the stable name of a new suite, with a number where it is taken."""
    base = re.sub(r"[^a-z0-9]+", "-", wanted.casefold()).strip("-") or "suite"
    taken, name, number = set(names), base, 2
    while name in taken:
        name, number = f"{base}-{number}", number + 1
    return name
