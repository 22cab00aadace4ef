"""Suite files: JSON Lines for whole suites, CSV for what a spreadsheet can hold. Read strictly.

The first line of a JSON Lines file is an object with `name`, `title`, `description`, `language` and
`version`; every further line is an item: `id`, `prompt`, `check` and, where wanted, `topic`, `system`,
`max_tokens`. The fields are those of `backend.bench.types`.
"""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, get_args

from backend.bench.patterns import PatternError, compiled
from backend.bench.types import Check, CheckKind, Rule, RuleKind, Suite, SuiteItem, TextRule
from backend.errors import AppError
from backend.files import write_atomically
from backend.i18n import tr
from backend.paths import RESOURCES
from backend.store import codec

BUNDLED = RESOURCES / "suites"
MOST_ITEMS = 5_000
MOST_BYTES = 20_000_000
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_TEXT_LIMIT = 200_000
_MAX_TOKENS = 256
_CHECK_FIELDS: Mapping[CheckKind, tuple[str, ...]] = {
    "exact": ("accepted",),
    "contains": ("accepted",),
    "regex": ("accepted",),
    "numeric": ("number",),
    "schema": ("schema",),
    "rules": ("rules",),
    "judge": ("rubric",),
}
"""What a check of a kind cannot do without."""
_RULE_KINDS = frozenset(kind for group in get_args(RuleKind) for kind in get_args(group))
_COLUMNS = ("id", "topic", "prompt", "system", "max_tokens", "check", "expected", "tolerance", "case")
_CSV_KINDS = ("exact", "contains", "regex", "numeric", "schema", "judge")
"""Kinds of checks that fit into the cells of a table."""


class SuiteError(AppError):
    """A suite file that cannot be read: which file, line and field, and why."""

    def __init__(self, where: str, why: str) -> None:
        super().__init__(
            "bench.suite",
            tr("{where}: {why}", where=where, why=why),
            tr("Correct it and try again. CONTRIBUTING describes the format."),
        )


def read_suite(path: Path) -> Suite:
    """A suite from a ``.jsonl`` or ``.csv`` file.

    Raises:
        AppError: ``bench.suite``: the file, the line and the field are named.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise SuiteError(path.name, tr("larger than {n} bytes", n=MOST_BYTES))
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise SuiteError(path.name, error.strerror or str(error)) from error
    except UnicodeDecodeError as error:
        raise SuiteError(path.name, tr("not UTF-8 at byte {n}", n=error.start)) from error
    if path.suffix.lower() == ".csv":
        return _from_csv(text, path)
    return parse_jsonl(text, path.name)


def bundled() -> tuple[Suite, ...]:
    """The suites that come with the app, by title."""
    found = (parse_jsonl(path.read_text("utf-8"), path.name) for path in sorted(BUNDLED.glob("*.jsonl")))
    return tuple(
        sorted((dataclasses.replace(suite, bundled=True) for suite in found), key=lambda suite: suite.title)
    )


# JSON Lines


def parse_jsonl(text: str, file: str) -> Suite:
    """A suite from JSON Lines. Raises `SuiteError`."""
    lines = _objects(text, file)
    head, where = next(lines, ({}, f"{file}:1"))
    for field in ("name", "title"):
        if not isinstance(head.get(field), str) or not head[field].strip():
            raise SuiteError(where, tr("“{field}” is missing or no text", field=field))
    if not _NAME.fullmatch(head["name"]):
        raise SuiteError(where, tr("“name” may have small letters, digits, - and _ only"))
    version = head.get("version", 1)
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise SuiteError(where, tr("“version” is no number from 1 on"))
    items = tuple(_item(raw, at) for raw, at in lines)
    return checked(
        Suite(
            head["name"],
            head["title"].strip(),
            str(head.get("description", "")),
            str(head.get("language", "")),
            version,
            items,
        ),
        file,
    )


def checked(suite: Suite, file: str) -> Suite:
    """`suite` if it can be run. Raises `SuiteError`, naming the item."""
    if not suite.items:
        raise SuiteError(file, tr("there are no items in it"))
    if len(suite.items) > MOST_ITEMS:
        raise SuiteError(file, tr("more than {n} items", n=MOST_ITEMS))
    seen: set[str] = set()
    for item in suite.items:
        where = f"{file}, {item.id}"
        if item.id in seen:
            raise SuiteError(where, tr("the same id twice"))
        seen.add(item.id)
        problem = problem_of(item)
        if problem:
            raise SuiteError(where, problem)
    return suite


def problem_of(item: SuiteItem) -> str:
    """What is wrong with an item, in words; empty if nothing is."""
    if not item.id.strip():
        return tr("it has no id")
    if not item.prompt.strip():
        return tr("it has no prompt")
    if len(item.prompt) > _TEXT_LIMIT or len(item.system) > _TEXT_LIMIT:
        return tr("the prompt is longer than {n} characters", n=_TEXT_LIMIT)
    if not 1 <= item.max_tokens <= 100_000:
        return tr("“max_tokens” must lie between 1 and 100,000")
    return _check_problem(item.check)


def _check_problem(check: Check) -> str:
    for field in _CHECK_FIELDS[check.kind]:
        value = getattr(check, field)
        if field != "number" and not value:
            return tr("a check of the kind {kind} needs “{field}”", kind=check.kind, field=field)
    try:
        if check.kind == "regex":
            for pattern in check.accepted:
                compiled(pattern)
        for rule in check.rules:
            if rule.kind in ("regex", "not_regex"):
                compiled(rule.text)
            if rule.kind in get_args(TextRule) and not rule.text:
                return tr("the rule {kind} needs “text”", kind=rule.kind)
    except PatternError as error:
        return tr("the pattern cannot be used: {why}", why=error)
    if check.kind == "schema":
        return schema_problem(check.schema)
    if check.tolerance < 0:
        return tr("“tolerance” is below zero")
    return ""


def schema_problem(text: str) -> str:
    """What is wrong with a JSON schema; empty if nothing is."""
    import jsonschema  # 50 ms, which every start would pay and few suites need

    try:
        schema = json.loads(text)
        jsonschema.Draft202012Validator.check_schema(schema)
    except (ValueError, RecursionError) as error:
        return tr("the schema is not JSON: {why}", why=error)
    except jsonschema.SchemaError as error:
        return tr("this is not a JSON schema: {why}", why=error.message[:200])
    if '"$ref"' in text and "://" in text:
        return tr("the schema must not refer to other files")
    return ""


def _objects(text: str, file: str) -> Iterator[tuple[dict[str, Any], str]]:
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        where = f"{file}:{number}"
        try:
            value = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise SuiteError(where, tr("not JSON ({why})", why=str(error)[:120])) from error
        if not isinstance(value, dict):
            raise SuiteError(where, tr("an object in braces is expected"))
        yield value, where


def _item(raw: Mapping[str, Any], where: str) -> SuiteItem:
    unknown = raw.keys() - {field.name for field in dataclasses.fields(SuiteItem)}
    if unknown:
        raise SuiteError(where, tr("unknown field “{field}”", field=sorted(unknown)[0]))
    for field in ("id", "prompt"):
        if not isinstance(raw.get(field), str):
            raise SuiteError(where, tr("“{field}” is missing or no text", field=field))
    check = raw.get("check")
    if not isinstance(check, dict) or check.get("kind") not in get_args(CheckKind):
        kinds = ", ".join(get_args(CheckKind))
        raise SuiteError(where, tr("“check” needs a “kind”: one of {kinds}", kinds=kinds))
    values = {name: value for name, value in raw.items() if name != "check"}
    for name, value in values.items():
        wanted: type = int if name == "max_tokens" else str
        if not isinstance(value, wanted) or isinstance(value, bool):
            raise SuiteError(where, tr("“{field}” has the wrong type", field=name))
    return SuiteItem(**values, check=_check(check, where))


def _check(raw: Mapping[str, Any], where: str) -> Check:
    fields = {field.name for field in dataclasses.fields(Check)}
    for name, value in raw.items():
        if name not in fields:
            raise SuiteError(where, tr("unknown field “{field}”", field=f"check.{name}"))
        if name == "accepted" and not (
            isinstance(value, list) and value and all(isinstance(each, str) for each in value)
        ):
            raise SuiteError(where, tr("“check.accepted” is no list of texts"))
        if name == "rules":
            for rule in value if isinstance(value, list) else [None]:
                if not isinstance(rule, dict) or rule.get("kind") not in _RULE_KINDS:
                    raise SuiteError(where, tr("“check.rules” has a rule of an unknown kind"))
                codec.build(Rule, rule)
    check = codec.build(Check, raw)
    for name in raw:
        if name not in ("accepted", "rules") and getattr(check, name) != raw[name]:
            raise SuiteError(where, tr("“{field}” has the wrong type", field=f"check.{name}"))
    return check


def to_jsonl(suite: Suite) -> str:
    """The whole suite as JSON Lines; fields that say nothing are left out."""
    head = {
        "name": suite.name,
        "title": suite.title,
        "description": suite.description,
        "language": suite.language,
        "version": suite.version,
    }
    lines = [head, *(_lean(item) for item in suite.items)]
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


def _lean(item: SuiteItem) -> dict[str, Any]:
    raw = dataclasses.asdict(item)
    plain = dataclasses.asdict(SuiteItem("", "", Check("exact")))
    bare = plain["check"]
    check = {name: value for name, value in raw["check"].items() if name == "kind" or value != bare[name]}
    if "rules" in check:
        check["rules"] = [{k: v for k, v in rule.items() if v or k == "kind"} for rule in check["rules"]]
    kept = {
        name: value
        for name, value in raw.items()
        if name != "check" and (value != plain[name] or name == "id")
    }
    return {**kept, "check": check}


def write_suite(suite: Suite, path: Path) -> None:
    """Write a suite as CSV or JSON Lines, by the extension. Raises `AppError`; `OSError` from the disk."""
    text = to_csv(suite) if path.suffix.lower() == ".csv" else to_jsonl(suite)
    write_atomically(path, text.encode())


# CSV


def to_csv(suite: Suite) -> str:
    """The items as a table. Raises `SuiteError` for an item whose check does not fit into one."""
    out = io.StringIO(newline="")
    table = csv.writer(out)
    table.writerow(_COLUMNS)
    for item in suite.items:
        check = item.check
        if check.kind == "rules":
            raise SuiteError(item.id, tr("rules do not fit into a table; choose JSON Lines"))
        expected = {
            "numeric": repr(check.number),
            "schema": check.schema,
            "judge": "\n".join((check.rubric, check.reference)),
        }.get(check.kind, "\n".join(check.accepted))
        table.writerow(
            (
                item.id,
                item.topic,
                item.prompt,
                item.system,
                item.max_tokens,
                check.kind,
                expected,
                check.tolerance or "",
                "yes" if check.case else "",
            )
        )
    return out.getvalue()


def _from_csv(text: str, path: Path) -> Suite:
    rows = csv.DictReader(io.StringIO(text))
    missing = {"prompt", "check", "expected"} - set(rows.fieldnames or ())
    if missing:
        raise SuiteError(f"{path.name}:1", tr("the column “{name}” is missing", name=sorted(missing)[0]))
    items = tuple(
        _csv_item(row, number, f"{path.name}:{rows.line_num}") for number, row in enumerate(rows, 1)
    )
    name = re.sub(r"[^a-z0-9_-]+", "-", path.stem.lower()).strip("-_") or "suite"
    return checked(Suite(name[:64], path.stem, "", "", 1, items), path.name)


def _csv_item(row: Mapping[str, str | None], number: int, where: str) -> SuiteItem:
    cell = {name: (row.get(name) or "").strip() for name in _COLUMNS}
    kind = cell["check"]
    if kind not in _CSV_KINDS:
        raise SuiteError(where, tr("“check” must be one of {kinds}", kinds=", ".join(_CSV_KINDS)))
    expected = cell["expected"]
    rubric, _, reference = expected.partition("\n")
    try:
        check = Check(
            kind,  # type: ignore[arg-type]  # one of _CSV_KINDS
            accepted=tuple(filter(None, expected.splitlines()))
            if kind in ("exact", "contains", "regex")
            else (),
            number=float(expected.replace(",", ".")) if kind == "numeric" else 0.0,
            tolerance=float(cell["tolerance"].replace(",", ".")) if cell["tolerance"] else 0.0,
            schema=expected if kind == "schema" else "",
            rubric=rubric if kind == "judge" else "",
            reference=reference if kind == "judge" else "",
            case=cell["case"].lower() in ("yes", "true", "1"),
        )
        limit = int(cell["max_tokens"]) if cell["max_tokens"] else _MAX_TOKENS
    except ValueError as error:
        raise SuiteError(where, tr("not a number: {why}", why=error)) from error
    return SuiteItem(
        cell["id"] or f"item-{number}", cell["prompt"], check, cell["topic"], cell["system"], limit
    )
