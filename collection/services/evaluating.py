"""What the rows of an upload say of communities' facts: new, changed, unlikely, wrong.

Rows are judged many at a time: a fixed number of queries for each 5,000 of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from accounts.scope import STREET
from collection.choices import RoundState, RowState
from collection.rules.checks import LOOK, UNLIKELY, WRONG, Known, check
from collection.rules.fields import FIELDS
from collection.rules.reading import written
from collection.rules.reasons import LONGEST_REASON, Reasons, read_reasons, write_reasons
from collection.rules.upload_shapes import CODE, NAME, REASON
from collection.selectors.known import known_for
from collection.selectors.rounds import Call, barrier, calls_for
from collection.selectors.stored import NOTHING, TYPED, Stored, locked_words, stored_facts
from collection.services.cell_reading import Cells, Finding, Read
from collection.services.matching import plain_code
from collection.services.row_changes import (
    NOT_TYPED,
    Typed,
    changes,
    reasons_held,
    typed_forms,
)
from collection.services.upload_kinds import Judged, Line, Task, text_in
from collection.services.upload_subjects import Named, Subject, find_subjects, plain
from communities.choices import FactsStatus
from communities.models import Community
from communities.models.facts import OPEN_STATES
from communities.services.names import short_name
from communities.typed import shown

# The state that facts get, and the determined households, are shown as changes of their own.
STATUS, HOUSEHOLDS = "status", "households"
NONE_GIVEN: Final = Reasons({})


class FactsJudge:
    """Judges the rows of a task on communities' facts."""

    def __init__(self, task: Task) -> None:
        self.task = task
        self.year = task.upload.year
        places = {name: place for place, name in enumerate(task.names) if name}
        self.code_at, self.name_at = places.pop(CODE, None), places.pop(NAME, None)
        self.reason_at = places.pop(REASON, None)
        self.cells = Cells(places)
        self.typed: dict[int, Typed] = {}
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
        if len(self.task.upload.code) >= STREET:  # to a street its own forms are shown
            self.typed = typed_forms(keys, self.year)
        calls = calls_for({one.code[:STREET] for one in communities.values()}, self.year)
        known = known_for(communities.values(), self.year, calls)
        if self.task.measure:  # where no round says which households count
            known = {key: self._measured(one) for key, one in known.items()}
        for line in lines:
            subject = self.found[line.number]
            if subject.key is None or subject.key not in communities:
                yield self._unknown(line, subject)
                continue
            key = subject.key
            same = [one for one in repeated.get(key, ()) if one != line.number]
            call = calls.get(communities[key].code[:STREET])
            yield self._judged(
                line, communities[key], stored.get(key, NOTHING), known[key], call, same
            )

    def _measured(self, known: Known) -> Known:
        return known if known.measure else replace(known, measure=self.task.measure)

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
        findings = [("", WRONG, problem), *self.cells(line.cells).errors]
        return self._row(
            line,
            subject_key=None,
            before={},
            reasons=line.reasons,
            findings=findings,
            state=RowState.WRONG,
            version=0,
        )

    def _judged(
        self,
        line: Line,
        community: Community,
        stored: Stored,
        known: Known,
        call: Call | None,
        same: list[int],
    ) -> Judged:
        given = self.cells(line.cells)
        said = self._reasons(line)
        typed = self.typed.get(community.pk, NOT_TYPED)
        found = changes(given.values, stored, typed, known.elsewhere)
        before = self._before(found.before, given, stored, known.measure)
        speaks = bool(before) or found.is_new
        settled = reasons_held(given.values, stored, typed, found)
        asked = speaks or given.errors or (said.any and stored.status in OPEN_STATES)
        findings = self._facts_findings(line, given, stored, known) if asked else []
        reasons = {**found.carried(settled, stored), **self._spread(said, findings, settled)}
        news = [] if speaks else self._news(reasons, settled, stored)
        if news:
            before[REASON] = write_reasons({one: settled.get(one, "") for one in news})
        if speaks or news:
            findings = [*self._barriers(stored, call), *findings]
        elif not given.errors:  # what is stored already is not asked about
            findings = []
        findings = [*self._row_findings(line, community, same), *findings]
        if HOUSEHOLDS in before:
            label, count = FIELDS[known.measure].label, given.values[known.measure]
            findings.append(("", LOOK, f"核定户数还没有，取自{label}{count}户"))
        state = _state(findings, {**settled, **reasons}, found.is_new, changed=bool(before))
        return self._row(
            line,
            subject_key=community.pk,
            before=before,
            reasons=reasons,
            findings=findings,
            state=state,
            version=stored.version,
        )

    def _before(
        self, before: Mapping[str, str], given: Read, stored: Stored, measure: str
    ) -> dict[str, str]:
        """What is changed, with the state and the determined households where they change too."""
        more: dict[str, str] = {}
        says = bool(given.values or given.errors)
        if stored.version and says and stored.status in OPEN_STATES:
            if stored.households is None and given.values.get(measure) is not None:
                more[HOUSEHOLDS] = ""
            if self.task.status == FactsStatus.REVIEWED:
                more[STATUS] = FactsStatus(stored.status).label
        return {**before, **more}

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
        problem = call_problem(call, self.task, stored.status)
        return [("", WRONG, problem)] if problem else []

    def _facts_findings(
        self, line: Line, given: Read, stored: Stored, known: Known
    ) -> list[Finding]:
        """What the rules find of these facts together with the stored ones."""
        unreadable = {name for name, *_ in given.errors}
        merged = {**stored.values, **given.values}
        complete = self.task.status == FactsStatus.REVIEWED
        found = list(given.errors)
        for one in check(merged, known, frozenset(given.values)):
            if one.name in unreadable:
                continue
            grade = one.grade
            lacking = merged.get(one.name) in (None, "") and one.name not in given.values
            if grade == WRONG and lacking and not complete:
                grade = LOOK  # a draft may be completed later
            found.append((one.name, grade, one.message))
        if stored.version:
            found += self._kept(line, stored, known.asked)
        wrong = {name for name, grade, _ in found if grade == WRONG}
        if complete and known.measure not in wrong:
            found += _undetermined(merged, given, stored, known.measure)
        return found

    def _kept(self, line: Line, stored: Stored, asked: frozenset[str]) -> Iterator[Finding]:
        """The asked facts whose cell is empty and that stay as they are stored."""
        most = len(line.cells)
        for at, name, field in self.cells.columns:
            held = stored.values.get(name) if name in asked else None
            if held is not None and at < most and line.cells[at] == "":
                yield name, LOOK, f"空着，{written(field, held)}不变"

    def _reasons(self, line: Line) -> Reasons:
        """The reasons of a row: those given on the page come before those of its column."""
        text = self._text(line, self.reason_at)
        if not text and not line.reasons:
            return NONE_GIVEN
        read = read_reasons(text)
        typed = {name: why[:LONGEST_REASON] for name, why in line.reasons.items() if why}
        return Reasons({**read.named, **typed}, read.others)

    def _spread(
        self, said: Reasons, findings: list[Finding], settled: Mapping[str, str]
    ) -> dict[str, str]:
        """Reasons by field: the named, and one for every unlikely figure that has none yet."""
        unlikely = [name for name, grade, _ in findings if grade == UNLIKELY]
        open_ = [name for name in unlikely if name not in settled] if said.others else []
        return {**dict.fromkeys(open_, said.others), **said.named}

    def _news(
        self, reasons: Mapping[str, str], settled: Mapping[str, str], stored: Stored
    ) -> list[str]:
        """The stored figures whose reason is new."""
        return [
            name
            for name, why in reasons.items()
            if name in TYPED and stored.values.get(name) is not None and settled.get(name) != why
        ]


def _undetermined(
    merged: Mapping[str, Any], given: Read, stored: Stored, measure: str
) -> list[Finding]:
    """What is wrong with facts that are handed in without the year's determined households."""
    determined = merged.get(measure) if measure in given.values else stored.households
    if determined is not None:
        return []
    if not measure:
        return [("", WRONG, "这一年没有填报任务，不知道核定户数。重新上传，选“核定户数取自”")]
    field = FIELDS[measure]
    return [(measure, WRONG, f"填写{field.label}，核定户数取自{field.label}")]


def _state(
    findings: Sequence[Finding], reasons: Mapping[str, str], is_new: bool, *, changed: bool
) -> str:
    if any(grade == WRONG for _, grade, _ in findings):
        return RowState.WRONG
    if any(grade == UNLIKELY and not reasons.get(name) for name, grade, _ in findings):
        return RowState.UNLIKELY
    if is_new:
        return RowState.NEW
    return RowState.CHANGED if changed else RowState.UNCHANGED


def _communities(keys: Sequence[int]) -> Iterator[Community]:
    """Communities by keys that find_subjects found within the person's scope."""
    rows = Community.objects.filter(pk__in=keys)
    return rows.only("pk", "code", "name", "short_name").iterator(chunk_size=2000)


def same_name(name: str, community: Community) -> bool:
    """Whether a name in a file is the community's, whole or short."""
    return name in (community.name, community.short_name) or short_name(name) in (
        community.short_name,
        community.name,
    )


def call_problem(call: Call | None, task: Task, status: str) -> str:
    """Why a street may not import facts of a state now; '' where it may."""
    year = task.upload.year
    if not barrier(call, year, task.on, status):
        return ""
    if call is None:
        return f"{year}年度没有给这个街道下达填报任务。联系县（市、区）民政局"
    if task.on < call.round.opens_on:
        return f"{call.round.title}从{call.round.opens_on}开始，现在还不能导入"
    if call.round.state != RoundState.OPEN:
        return f"{call.round.title}已结束。联系下达任务的民政局"
    return f"{call.round.title}已于{call.closes_on}截止。先申请延期，再导入"
