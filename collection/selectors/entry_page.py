"""The form as a page shows it: sections of lines, with last year's figures and findings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from collection.rules.against_last import is_slip
from collection.rules.checks import UNLIKELY, WRONG, Finding
from collection.rules.fields import FIELDS, NONE_SAYS, SECTIONS, Field
from collection.rules.findings import apart, shown
from collection.rules.merging import NONE, REASON, TICKED, same
from collection.selectors.entry import Entry, problems

NO_DATA = "—"
YES_NO = (("是", "是"), ("否", "否"))


@dataclass(frozen=True)
class Source:
    """Where a figure is kept already: the source's name, the figure there, the page it is on."""

    name: str
    value: str
    route: str
    differs: bool


@dataclass(frozen=True)
class NoneSaid:
    """A tick by which it is said that there is none of something."""

    key: str
    label: str
    ticked: bool


@dataclass(frozen=True)
class Line:
    """One field of the form; `text` as typed, `value` as a reader sees it, '' where it is empty."""

    field: Field
    text: str
    value: str
    last: str
    change: str
    findings: Sequence[Finding]
    reason: str
    asks: bool
    comment: str
    source: Source | None
    options: Sequence[tuple[str, str]] = ()
    none: NoneSaid | None = None

    @property
    def name(self) -> str:
        return self.field.name

    @property
    def label(self) -> str:
        return self.field.label

    @property
    def is_wrong(self) -> bool:
        return any(one.grade == WRONG for one in self.findings)


@dataclass(frozen=True)
class Section:
    """Lines under one heading, and how many of those that are needed are filled in."""

    key: str
    label: str
    lines: Sequence[Line]
    filled: int = 0
    needed: int = 0

    @property
    def is_full(self) -> bool:
        return self.filled == self.needed


@dataclass(frozen=True)
class Problem:
    """A line of the error summary: the sentence and the id of the input it leads to."""

    target: str
    message: str


@dataclass(frozen=True)
class Form:
    """All sections; `given` are facts that the register of divisions holds, shown only."""

    sections: Sequence[Section]
    filled: int
    needed: int
    unlikely: int
    problems: Sequence[Problem] = ()
    # cells of a draft that an import or an act has changed in the stored facts: label, stored text
    behind: Sequence[tuple[str, str]] = ()
    given: Sequence[tuple[str, str]] = field(default_factory=list)

    @property
    def percent(self) -> int:
        return 100 * self.filled // self.needed if self.needed else 100


def form_of(
    entry: Entry,
    *,
    texts: Mapping[str, str] | None = None,
    given: Mapping[str, Any] | None = None,
    strict: bool = False,
) -> Form:
    """The form with its findings. No query.

    `texts`: what to show in place of the entry's own. `strict`: also say what is still empty, and
    list what keeps it from being handed in.
    """
    shown_texts = entry.texts if texts is None else texts
    examined = entry.examined
    reasons = entry.reasons(shown_texts)
    counted = set(entry.asked_of(examined.values))
    by_name: dict[str, list[Finding]] = {}
    for one in examined.findings:
        if strict or one.grade != WRONG or shown_texts.get(one.name, "").strip():
            by_name.setdefault(one.name, []).append(one)
    lines = [_line(entry, one, shown_texts, by_name.get(one.name, []), reasons) for one in
        entry.fields]  # fmt: skip
    sections = list(_sections(entry, lines, counted))
    return Form(
        sections,
        sum(one.filled for one in sections),
        sum(one.needed for one in sections),
        len({one.name for one in examined.of(UNLIKELY)}),
        _problems(problems(examined, reasons)) if strict else [],
        behind=_behind(entry),
        given=_given_lines(entry, given or {}),
    )


def _behind(entry: Entry) -> list[tuple[str, str]]:
    """Where a draft that is behind says something else than the stored facts."""
    if not entry.is_behind or entry.draft is None:
        return []
    return [
        (one.label, entry.stored[one.name])
        for one in entry.fields
        if one.name in entry.draft.cells
        and not same(one.name, entry.texts[one.name], entry.stored[one.name])
    ]


def _line(
    entry: Entry,
    one: Field,
    texts: Mapping[str, str],
    findings: list[Finding],
    reasons: Mapping[str, str],
) -> Line:
    value = entry.examined.values.get(one.name)
    last = (entry.known.last or {}).get(one.name)
    asks = any(found.grade == UNLIKELY for found in findings)
    return Line(
        field=one,
        text=texts.get(one.name, ""),
        value="" if value in (None, "") else shown(one.name, value),
        last=NO_DATA if last in (None, "") else shown(one.name, last),
        change=change(one, value, last),
        findings=findings,
        reason=texts.get(REASON + one.name, ""),
        asks=asks or bool(reasons.get(one.name)),
        comment=entry.comments.get(one.name, ""),
        source=_source(entry, one, value),
        options=_options(one, texts.get(one.name, "")),
        none=_none(entry, one, texts),
    )


def _none(entry: Entry, one: Field, texts: Mapping[str, str]) -> NoneSaid | None:
    """The tick that stands at the first field of what there may be none of."""
    asked = [line.name for line in entry.fields]
    for key, (label, names) in NONE_SAYS.items():
        fields = [name for name in asked if name in names]
        if key == "premises" and fields and "premises_tenure" in asked:
            fields = ["premises_tenure"]
        if fields and fields[0] == one.name:
            return NoneSaid(key, label, texts.get(NONE + key) == TICKED)
    return None


def change(one: Field, value: Any, last: Any) -> str:
    """A number against last year's in percent with its sign; — where it cannot be told."""
    if not one.is_number or value is None or not last:
        return NO_DATA
    part = Decimal(100) * (Decimal(value) - Decimal(last)) / Decimal(last)
    rounded = round(part, 1)
    sign = "+" if rounded > 0 else "−" if rounded < 0 else ""
    return f"{sign}{abs(rounded):,}%"


def _source(entry: Entry, one: Field, value: Any) -> Source | None:
    kept = entry.known.elsewhere.get(one.name)
    if kept is None or kept.value is None:
        return None
    return Source(kept.source, shown(one.name, kept.value), kept.route, value != kept.value)


def _options(one: Field, text: str) -> list[tuple[str, str]]:
    """What a choice offers: a text that is none of them stays as it was typed."""
    if one.kind not in ("choice", "flag"):
        return []
    offered = list(YES_NO) if one.kind == "flag" else [(label, label) for _, label in one.choices]
    known = {key for key, _ in offered}
    keys = dict(one.choices)
    if text and text not in known:
        offered.append((text, keys.get(text, text)))
    return offered


def _sections(entry: Entry, lines: Iterable[Line], counted: set[str]) -> Iterable[Section]:
    held = list(lines)
    readable = entry.examined.values
    for key, label in SECTIONS.items():
        own = [one for one in held if one.field.section == key]
        if not own:
            continue
        wanted = [one for one in own if one.name in counted]
        filled = [one for one in wanted if readable.get(one.name) not in (None, "")]
        yield Section(key, label, own, len(filled), len(wanted))


def _problems(left: Iterable[Finding]) -> list[Problem]:
    """One line for each input that is to be gone to, whatever is found of it."""
    said: dict[str, list[str]] = {}
    for one in left:
        prefix = REASON if one.grade == UNLIKELY else ""
        said.setdefault(f"f-{prefix}{one.name}", []).append(apart(one))
    return [Problem(target, "；".join(messages)) for target, messages in said.items()]


def _given_lines(entry: Entry, given: Mapping[str, Any]) -> list[tuple[str, str]]:
    from_divisions = []
    for name, value in given.items():
        if entry.call and name in entry.call.asked and value not in (None, ""):
            from_divisions.append((name, value))
    return [(FIELDS[name].label, shown(name, value)) for name, value in from_divisions]


def sound_values(entry: Entry) -> dict[str, Any]:
    """Values that a calculation may rest on: without the wrong, and without likely slips."""
    last = entry.known.last or {}
    wrong = {one.name for one in entry.examined.of(WRONG)}
    reasons = entry.reasons(entry.texts)
    return {
        name: value
        for name, value in entry.examined.values.items()
        if name not in wrong and (reasons.get(name) or not is_slip(name, value, last.get(name)))
    }
