"""What the rows of an upload say of communities' facts: new, changed, unlikely, wrong.

Rows are judged many at a time: a fixed number of queries for each 5,000 of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.utils import timezone

from collection.choices import RowState
from collection.rules.checks import LOOK, UNLIKELY, WRONG, Known, check
from collection.rules.fields import FIELDS, Field
from collection.rules.reading import CellError, read, written
from collection.selectors.known import known_for
from collection.selectors.rounds import Call, calls_for
from collection.services.matching import CODE, NAME, REASON, plain_code
from collection.services.upload_kinds import Cell, Judged, Line, Task, text_in
from collection.services.upload_subjects import Named, Subject, find_subjects, plain
from communities.choices import FactsStatus
from communities.models import AnnualFacts, Community
from communities.models.facts import OPEN_STATES
from communities.services.names import short_name
from communities.typed import shown

# Facts that people give; those of the register of divisions are never read from a file.
TYPED: Final = {name: field for name, field in FIELDS.items() if not field.from_division}
# The state that facts get is shown as a change of its own.
STATUS: Final = "status"
MOST_TEXTS: Final = 20_000
LONGEST_REASON: Final = 200
NOT_READ: Final = object()
BESIDE: Final = ("community_id", "version", "status", "reasons", "confirmed_at",
    "submitted_by__display_name", "confirmed_by__display_name")  # fmt: skip
Finding = tuple[str, str, str]


@dataclass(frozen=True)
class Stored:
    """The facts of a community and year as they are: values by field, and how far they are."""

    version: int
    status: str
    reasons: Mapping[str, str]
    confirmed_at: datetime | None
    submitted_by: str | None
    confirmed_by: str | None
    values: dict[str, Any]


NOTHING: Final = Stored(0, FactsStatus.DRAFT, {}, None, None, None, {})


@dataclass(frozen=True)
class Read:
    """The texts of a row: values of those that can be read, and what is wrong with the others."""

    values: dict[str, Any]
    errors: list[Finding]


class FactsJudge:
    """Judges the rows of a task on communities' facts."""

    def __init__(self, task: Task) -> None:
        self.task = task
        self.year = task.upload.year
        places = {name: place for place, name in enumerate(task.names) if name}
        self.code_at, self.name_at = places.pop(CODE, None), places.pop(NAME, None)
        self.reason_at = places.pop(REASON, None)
        self.columns = [(at, name, TYPED[name]) for name, at in places.items() if name in TYPED]
        self.read = Reader()
        self.found: dict[int, Subject] = {}

    def subjects(self, lines: Sequence[Line]) -> Sequence[int | None]:
        """The community's key of each row, None where none is found."""
        named = [
            Named(plain_code(self._text(line, self.code_at)), plain(self._text(line, self.name_at)))
            for line in lines
        ]
        found = find_subjects(self.task.by, named, self.task.on)
        self.found = {line.number: one for line, one in zip(lines, found, strict=True)}
        return [one.key for one in found]

    def judge(
        self, lines: Sequence[Line], repeated: Mapping[int, Sequence[int]]
    ) -> Iterator[Judged]:
        """What each row says; `subjects` was asked before. `repeated`: rows by community's key."""
        keys = [key for line in lines if (key := self.found[line.number].key) is not None]
        communities = {one.pk: one for one in _communities(keys)}
        stored = stored_facts(keys, self.year)
        calls = calls_for({one.code[:9] for one in communities.values()}, self.year)
        known = known_for(communities.values(), self.year, calls)
        for line in lines:
            subject = self.found[line.number]
            if subject.key is None or subject.key not in communities:
                yield self._unknown(line, subject)
                continue
            key = subject.key
            same = [one for one in repeated.get(key, ()) if one != line.number]
            call = calls.get(communities[key].code[:9])
            yield self._judged(
                line, communities[key], stored.get(key, NOTHING), known[key], call, same
            )

    def _text(self, line: Line, at: int | None) -> str:
        if at is None or at >= len(line.cells):
            return ""
        return text_in(line.cells[at])

    def _row(self, line: Line, **found: Any) -> Judged:
        code, name = self._text(line, self.code_at), self._text(line, self.name_at)
        return Judged(
            number=line.number, subject=code[:40], name=name[:100], cells=line.cells, **found
        )

    def _unknown(self, line: Line, subject: Subject) -> Judged:
        problem = subject.problem or "这个社区不在你的辖区。删去此行"
        findings = [("", WRONG, problem), *self.cells(line.cells, frozenset()).errors]
        return self._row(
            line,
            subject_key=None,
            before={},
            reasons=line.reasons,
            findings=findings,
            state=RowState.WRONG,
            version=0,
        )

    def cells(self, cells: Sequence[Cell], asked: frozenset[str]) -> Read:
        """Read the cells of facts; an empty one says nothing unless the fact is asked."""
        values: dict[str, Any] = {}
        errors: list[Finding] = []
        most = len(cells)
        for at, name, field in self.columns:
            cell = cells[at] if at < most else None
            if not cell:
                if cell is not None and name in asked:
                    values[name] = None
                continue
            if not isinstance(cell, str):
                errors.append((name, WRONG, cell[1]))
                continue
            value = self.read(name, field, cell)
            if isinstance(value, CellError):
                errors.append((name, WRONG, str(value)))
            else:
                values[name] = value
        return Read(values, errors)

    def _judged(
        self,
        line: Line,
        community: Community,
        stored: Stored,
        known: Known,
        call: Call | None,
        same: list[int],
    ) -> Judged:
        given = self.cells(line.cells, known.asked)
        before = changes(given.values, stored) if stored.version else {}
        rises = self.task.status == FactsStatus.REVIEWED and stored.status in OPEN_STATES
        if stored.version and rises:
            before[STATUS] = FactsStatus(stored.status).label
        findings = self._row_findings(line, community, same)
        reasons = self._reasons(line)
        is_new = bool(given.values) and not stored.version
        if before or is_new:
            findings += self._barriers(stored, call)
        if before or is_new or given.errors:
            findings += self._facts_findings(given, stored, known)
        reasons = self._spread(line, findings, reasons)
        settled = {name: why for name, why in stored.reasons.items() if name not in before}
        state = _state(findings, {**settled, **reasons}, is_new=is_new, changed=bool(before))
        return self._row(
            line,
            subject_key=community.pk,
            before=before,
            reasons=reasons,
            findings=findings,
            state=state,
            version=stored.version,
        )

    def _row_findings(self, line: Line, community: Community, same: list[int]) -> list[Finding]:
        """What is found of the row apart from its facts."""
        found: list[Finding] = []
        if same:
            rows = "、".join(map(str, sorted(same)[:5]))
            found.append(("", WRONG, f"和第{rows}行是同一个社区。留一行，其余删去"))
        if self.code_at is None or self.name_at is None:
            return found
        name = plain(self._text(line, self.name_at))
        if name and not same_name(name, community):
            code = community.code
            found.append(
                (NAME, UNLIKELY, f"代码{code}登记的名称是{community.short_name}，"
                 f"不是“{shown(name)}”。核对代码，写明原因")
            )  # fmt: skip
        return found

    def _barriers(self, stored: Stored, call: Call | None) -> list[Finding]:
        """Why these facts cannot be changed now: locked, or not asked of a street's clerk."""
        if stored.status not in OPEN_STATES:
            return [("", WRONG, locked_words(stored))]
        if self.task.by.has_perm("communities.import_annualfacts"):
            return []
        problem = call_problem(call, self.task)
        return [("", WRONG, problem)] if problem else []

    def _facts_findings(self, given: Read, stored: Stored, known: Known) -> list[Finding]:
        """What the rules find of these facts together with the stored ones."""
        unreadable = {name for name, *_ in given.errors}
        merged = {**stored.values, **given.values}
        complete = self.task.status == FactsStatus.REVIEWED
        found = list(given.errors)
        for one in check(merged, known):
            if one.name in unreadable:
                continue
            grade = one.grade
            lacking = merged.get(one.name) in (None, "") and one.name not in given.values
            if grade == WRONG and lacking and not complete:
                grade = LOOK  # a draft may be completed later
            found.append((one.name, grade, one.message))
        return found

    def _reasons(self, line: Line) -> dict[str, str]:
        return {name: why[:LONGEST_REASON] for name, why in line.reasons.items() if why}

    def _spread(
        self, line: Line, findings: list[Finding], reasons: dict[str, str]
    ) -> dict[str, str]:
        """The reason column answers for every unlikely figure of its row that has none."""
        text = self._text(line, self.reason_at).strip()[:LONGEST_REASON]
        if not text:
            return reasons
        unlikely = [name for name, grade, _ in findings if grade == UNLIKELY]
        return {**dict.fromkeys(unlikely, text), **reasons}


class Reader:
    """Reads cells, each distinct text of a field once."""

    def __init__(self) -> None:
        self.seen: dict[str, dict[str, Any]] = {name: {} for name in TYPED}

    def __call__(self, name: str, field: Field, text: str) -> Any:
        """The value of a text, or the CellError that it raised."""
        seen = self.seen[name]
        value = seen.get(text, NOT_READ)
        if value is not NOT_READ:
            return value
        if len(seen) >= MOST_TEXTS:
            seen.clear()
        try:
            value = read(field, text)
        except CellError as error:
            value = CellError(str(error))  # not the raised one, which holds its frames
        seen[text] = value
        return value


def changes(given: Mapping[str, Any], stored: Stored) -> dict[str, str]:
    """What is stored now, as it is written, of the fields whose value changes."""
    values = stored.values
    return {
        name: written(FIELDS[name], values.get(name))
        for name, value in given.items()
        if (value if value != "" else None) != values.get(name)
    }


def _state(
    findings: Sequence[Finding], reasons: Mapping[str, str], *, is_new: bool, changed: bool
) -> str:
    if any(grade == WRONG for _, grade, _ in findings):
        return RowState.WRONG
    if any(grade == UNLIKELY and not reasons.get(name) for name, grade, _ in findings):
        return RowState.UNLIKELY
    if is_new:
        return RowState.NEW
    return RowState.CHANGED if changed else RowState.UNCHANGED


def stored_facts(keys: Sequence[int], year: int) -> dict[int, Stored]:
    """The facts of communities in a year, by community's key. One query."""
    rows = AnnualFacts.objects.filter(community__in=keys, year=year).order_by()
    found = {}
    for row in rows.values_list(*BESIDE, *TYPED).iterator(chunk_size=2000):
        values = {
            name: None if value == "" else value
            for name, value in zip(TYPED, row[len(BESIDE) :], strict=True)
        }
        beside: list[Any] = [*row[1 : len(BESIDE)], values]
        found[row[0]] = Stored(*beside)
    return found


def _communities(keys: Sequence[int]) -> Iterator[Community]:
    rows = Community.objects.filter(pk__in=keys)
    return rows.only("pk", "code", "name", "short_name").iterator(chunk_size=2000)


def same_name(name: str, community: Community) -> bool:
    """Whether a name in a file is the community's, whole or short."""
    return name in (community.name, community.short_name) or short_name(name) in (
        community.short_name,
        community.name,
    )


def locked_words(stored: Stored) -> str:
    """Why facts cannot be changed by an import, and what to do."""
    label = FactsStatus(stored.status).label
    if stored.status == FactsStatus.CONFIRMED:
        by = f"由{stored.confirmed_by}" if stored.confirmed_by else ""
        on = f"于{timezone.localdate(stored.confirmed_at)}" if stored.confirmed_at else ""
        return f"这一年的数据已{by}{on}确认，不能导入。要修改走“更正”"
    by = f"由{stored.submitted_by}" if stored.submitted_by else ""
    return f"这一年的数据已{by}提交，现在是“{label}”。先撤回或退回，再导入"


def call_problem(call: Call | None, task: Task) -> str:
    """Why a street may not hand in facts of the year now; '' where it may."""
    year = task.upload.year
    if call is None:
        return f"{year}年度没有给这个街道下达填报任务。联系县（市、区）民政局"
    if call.is_open(task.on):
        return ""
    if task.on < call.round.opens_on:
        return f"{call.round.title}从{call.round.opens_on}开始，现在还不能导入"
    return f"{call.round.title}已于{call.closes_on}截止。联系县（市、区）民政局延期"
