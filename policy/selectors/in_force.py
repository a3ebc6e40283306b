"""What holds for a code on a day: the engine's stack, series, and the texts to name on a page.

Parsed texts and stacks are kept in memory under the stamps of PolicyVersion, which one query reads;
exemptions also under the request's scope, so that nobody gets the stack that another may see.
"""

import uuid
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from django.db.models import Func, TextField, Value

from policy.choices import LEVEL_LABELS
from policy.engine import Series, Stack, Text
from policy.engine.compiling import Rule
from policy.engine.shapes import SOURCE_GRADES
from policy.models import Exemption, IndexValue, PolicyText, PolicyVersion


@dataclass(frozen=True)
class TextLine:
    """A text in force, as a page names it. id is the row's key, title is without 《》."""

    id: int
    title: str
    doc_no: str
    issuer: str
    level: str
    jurisdiction: str
    effective_from: date | None
    effective_until: date | None
    trial: bool
    source_grade: str


@dataclass(frozen=True)
class Policy:
    """The stack and the series for the codes under a prefix on a day, read with one query."""

    stack: Stack
    series: Series
    lines: tuple[TextLine, ...]

    def texts_in_force(self, code: str) -> list[TextLine]:
        """Return the texts that hold for a code, nearest first; empty: no policy in force."""
        return [line for line in self.lines if code.startswith(line.jurisdiction)]


@dataclass(frozen=True)
class Held:
    """A published text in memory: its line, the engine's text, and its days by subject."""

    line: TextLine
    text: Text
    answers: tuple[tuple[str, date | None, date | None], ...]

    def answers_on(self, on: date) -> set[str]:
        """Return the subjects for which the text answers on a day."""
        return {
            subject
            for subject, start, end in self.answers
            if (start is None or start <= on) and (end is None or on < end)
        }


@dataclass(frozen=True)
class Stamps:
    """The present versions and the scope of the request."""

    texts: uuid.UUID
    series: uuid.UUID
    exemptions: uuid.UUID
    scope: tuple[str, str]


def policy_stamps() -> tuple[uuid.UUID, uuid.UUID, uuid.UUID]:
    """Return the present stamps of texts, series and exemptions: other ones, another policy.

    One query.
    """
    stamps = _stamps()
    return stamps.texts, stamps.series, stamps.exemptions


def policy_for(prefix: str, on: date) -> Policy:
    """Return what pages need of the policy for the codes under a prefix on a day.

    prefix: a division or community code of 2, 4, 6, 9 or 12 digits, or "0" for the whole country.
    One query when nothing has changed since the last call, at most five otherwise.
    Raises ValueError for another prefix.
    """
    stamps = _stamps()
    stack, lines = _stack(stamps.texts, prefix, on)
    known = {one.id for text in stack.texts for one in text.provisions}
    lifted: dict[str, set[str]] = {}
    for code, provision, start, end in _exemptions(stamps.exemptions, stamps.scope):
        here = code.startswith(prefix) or prefix == "0"
        if here and provision in known and start <= on and (end is None or on < end):
            lifted.setdefault(code, set()).add(provision)
    series = _series(stamps.series, prefix, on.year)
    return Policy(replace(stack, exemptions=lifted), series, lines)


def stack_for(prefix: str, on: date) -> Stack:
    """Return the stack of the published texts for the codes under a prefix on a day.

    Holds every text in force whose jurisdiction is a prefix of `prefix` or lies under it, with the
    readings chosen on its adoption, and the exemptions in the request's scope that are valid on the
    day. A text answers for a subject only on the days of its PolicySubject row; provisions that
    cite a superior's rule hold as long as the text. Errors and queries as for policy_for.
    """
    return policy_for(prefix, on).stack


def series_for(prefix: str, on: date) -> Series:
    """Return the index series up to the year of the day, of divisions above and below the prefix.

    Exact values in the catalogue's units. Errors and queries as for policy_for.
    """
    return policy_for(prefix, on).series


def texts_in_force(code: str, on: date) -> list[TextLine]:
    """Return the texts that hold for a code on a day, nearest first; none: no policy in force.

    Errors and queries as for policy_for.
    """
    return policy_for(code, on).texts_in_force(code)


def _stamps() -> Stamps:
    """Read the versions in one query; a missing one gets a stamp that never comes again."""
    rows = list(
        PolicyVersion.objects.annotate(
            scope_from=_setting("app.scope_from"), scope_to=_setting("app.scope_to")
        ).values_list("name", "stamp", "scope_from", "scope_to")
    )
    found = {name: stamp for name, stamp, *_ in rows}
    scope = next(((low or "", high or "") for *_, low, high in rows), (str(uuid.uuid4()), ""))
    return Stamps(
        **{name: found.get(name, uuid.uuid4()) for name in ("texts", "series", "exemptions")},
        scope=scope,
    )


def _setting(name: str) -> Func:
    """Return a setting of the connection, as the row policies read it."""
    return Func(Value(name), Value(True), function="current_setting", output_field=TextField())


@lru_cache(maxsize=256)
def _texts(_stamp: uuid.UUID, prefix: str) -> tuple[Held, ...]:
    """Return every published text that holds for some code under a prefix, on whatever day."""
    rows = PolicyText.objects.answering().touching(prefix).prefetch_related("answers")
    return tuple(
        Held(
            _line(row),
            row.parsed,
            tuple((one.subject, one.validity.lower, one.validity.upper)
                  for one in row.answers.all() if not one.validity.isempty),
        )
        for row in rows
    )  # fmt: skip


def _line(row: PolicyText) -> TextLine:
    return TextLine(
        id=row.pk,
        title=row.title,
        doc_no=row.doc_no,
        issuer=row.issuer,
        level=LEVEL_LABELS[len(row.jurisdiction)],
        jurisdiction=row.jurisdiction,
        effective_from=row.effective_from,
        effective_until=row.effective_until,
        trial=row.trial,
        source_grade=SOURCE_GRADES[row.source_grade],
    )


@lru_cache(maxsize=512)
def _stack(stamp: uuid.UUID, prefix: str, on: date) -> tuple[Stack, tuple[TextLine, ...]]:
    """Return the stack without exemptions, and the lines of its texts, nearest first."""
    held = [one for one in _texts(stamp, prefix) if one.text.in_force(on)]
    stack = Stack.of([one.text for one in held], on)
    answers = {id(one.text): one.answers_on(on) for one in held}

    def holds(rule: Rule) -> bool:
        subject = rule.provision.subject
        if rule.provision.superior or subject is None:
            return True
        return subject.key in answers[id(rule.text)]

    lines = sorted(
        (one.line for one in held),
        key=lambda line: (-len(line.jurisdiction), -(line.effective_from or date.min).toordinal()),
    )
    return replace(stack, rules=tuple(filter(holds, stack.rules))), tuple(lines)


@lru_cache(maxsize=256)
def _exemptions(
    _stamp: uuid.UUID, _scope: tuple[str, str]
) -> tuple[tuple[str, str, date, date | None], ...]:
    """Return the exemptions that row security shows, on whatever day."""
    return tuple(Exemption.objects.values_list("code", "provision", "valid_from", "valid_until"))


@lru_cache(maxsize=256)
def _series(_stamp: uuid.UUID, prefix: str, year: int) -> Series:
    rows = IndexValue.objects.touching(prefix).filter(year__lte=year)
    return Series.from_rows([row.row for row in rows])
