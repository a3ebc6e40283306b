"""Judges the rows of a roster: whom each is about, what it would change, what hinders it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

from django.db.models import Q

from collection.choices import RowState
from collection.models import UploadRow
from collection.rules.findings import LOOK, UNLIKELY, WRONG
from collection.services.cell_reading import Finding
from collection.services.upload_kinds import Judged, Line, Task
from collection.services.upload_rows import SETTLED
from collection.services.upload_subjects import Named, find_subjects
from communities.models import Community
from staffing.models import Person
from staffing.services.roster_upload_checks import (
    Others,
    check_days,
    check_held,
    check_others,
    check_recruits,
)
from staffing.services.roster_upload_plans import Plan, lacking, plan_of
from staffing.services.roster_upload_rows import Reader, Row
from staffing.services.roster_upload_stored import Stored, stored_of

# of so few rows only those that are alike are read beside them
FEW: Final = 100
PURPOSE: Final = "在花名册里登记"


class RosterJudge:
    """Judges rows of one task. A fixed number of queries for all rows of a call of `subjects`.

    `taken`: only these rows of the file are taken now; files and communities are locked then.
    """

    def __init__(self, task: Task, *, taken: frozenset[int] = frozenset()) -> None:
        self.task, self.taken = task, taken
        self.reader = Reader(task.names)
        self.rows: dict[int, Row] = {}
        self.plans: dict[int, Plan] = {}
        self.problems: dict[int, list[Finding]] = {}
        self.stored, self.others = Stored(), Others()

    def subjects(self, lines: Sequence[Line]) -> Sequence[int | None]:
        """A number for each row's person in the street, None where it is not known who is meant."""
        rows = [self.reader(line) for line in lines]
        self._find_communities(rows)
        beside = [self.reader(line) for line in self._beside(rows)]
        self._find_communities(beside)
        rows += beside
        self.rows = {row.number: row for row in rows}
        if self.taken:
            rows = [row for row in rows if row.number in self.taken]
        self.others = Others.of(rows)
        mine = [self.rows[line.number] for line in lines]
        self.stored = stored_of(mine, lock=bool(self.taken))
        self.plans, self.problems = {}, {}
        for row in mine:
            self._plan(row)
        check_recruits(list(self.plans.values()), self.task.on)
        return [row.key for row in mine]

    def _beside(self, rows: Sequence[Row]) -> list[Line]:
        """The other rows of the upload that wait and may say something else of these people."""
        kept = UploadRow.objects.filter(upload=self.task.upload).exclude(state__in=SETTLED)
        kept = kept.exclude(number__in=[row.number for row in rows])
        if len(rows) <= FEW:
            alike = Q(name__in=[row.name for row in rows])
            alike |= Q(subject__in={row.code for row in rows} - {""})
            for row in rows:
                if row.identity.hmac:
                    alike |= Q(cells__icontains=row.identity.hmac)
            kept = kept.filter(alike)
        found = kept.order_by("number").values_list("number", "cells", "reasons")
        return [Line(*one) for one in found.iterator(chunk_size=2_000)]

    def _find_communities(self, rows: Sequence[Row]) -> None:
        named = [Named(row.typed_code, row.typed_name) for row in rows]
        found = find_subjects(self.task.by, named, self.task.on, purpose=PURPOSE)
        keys = {one.key for one in found if one.key is not None}
        held = Community.objects.for_user(self.task.by).filter(pk__in=keys)
        codes = dict(held.values_list("pk", "code"))
        for row, one in zip(rows, found, strict=True):
            row.community = one.key if one.key in codes else None
            row.code = codes.get(one.key or 0, "")
            row.problem = one.problem or ("" if row.code else "这个社区不在你的辖区。删去此行")

    def _plan(self, row: Row) -> None:
        if row.problem:
            self.problems[row.number] = [("", WRONG, row.problem)]
            return
        missing = list(_unnamed(row))
        person, said = (None, []) if missing else _match(row, self.stored)
        if missing or said:
            self.problems[row.number] = [*missing, *said]
            return
        plan = self.plans[row.number] = plan_of(row, person, self.stored)
        lacking(plan)
        check_days(plan, self.task.on)
        check_others(plan, self.others)
        check_held(plan, self.stored, self.others)

    def judge(
        self, lines: Sequence[Line], repeated: Mapping[int, Sequence[int]]
    ) -> Iterator[Judged]:
        """What each row says; `subjects` was asked before."""
        for line in lines:
            row = self.rows[line.number]
            plan = self.plans.get(line.number)
            if plan is None:
                findings = [*self.problems[line.number], *row.errors]
                yield _judged(row, {}, findings, {}, RowState.WRONG)
                continue
            findings = [*row.errors, *plan.findings]
            if not plan.says:  # what is registered already is not asked about
                findings = [one for one in findings if one[1] == WRONG]
            asked = [name for name, grade, _ in findings if grade == UNLIKELY]
            reasons = row.reasons_for(asked)
            state = _state(plan, findings, reasons)
            yield _judged(row, plan.before if plan.says else {}, findings, reasons, state)


def _unnamed(row: Row) -> Iterator[Finding]:
    """What a row lacks before anybody can say whom it is about."""
    wrong = {name for name, *_ in row.errors}
    numbered = bool(row.identity.hmac) or "identity_number" in wrong
    for name, said in (
        ("person_name", "没有写姓名"),
        ("born_in", "没有出生年月。填写，或填写身份证号"),
        ("sex", "没有性别。选择，或填写身份证号"),
    ):
        known = row.values.get(name) is not None or (numbered and name != "person_name")
        if not known and name not in wrong:
            yield name, WRONG, said
    if row.triple is None and numbered and not wrong:
        yield "identity_number", WRONG, "身份证号读不出来。照证件重新填写"
    elif row.triple is None and wrong:
        yield "", LOOK, "改好后才能核对是哪个人"


def _match(row: Row, stored: Stored) -> tuple[Person | None, list[Finding]]:
    """The file that a row is about, None for a new one; and why that cannot be said."""
    if row.triple is None:
        return None, []
    if row.identity.hmac and (same := stored.by_hmac.get((row.street, row.identity.hmac))):
        return same, []
    candidates = _alike(row, stored)
    if len(candidates) > 1:
        who = f"{row.name}（{row.triple[1]:%Y-%m}）"
        said = f"本街道有{len(candidates)}个{who}，不知道是哪个。填写身份证号"
        return None, [("identity_number", WRONG, said)]
    if candidates:
        return candidates[0], []
    if row.identity.mask and not row.identity.hmac:
        said = "没有登记过这个人，身份证号却带*。照证件填写，或空着"
        return None, [("identity_number", WRONG, said)]
    return None, []


def _alike(row: Row, stored: Stored) -> list[Person]:
    """The files of a row's name, month of birth and sex that its number does not rule out."""
    if row.triple is None:
        return []
    same: Collection[Person] = stored.by_triple.get((row.street, *row.triple), ())
    if row.identity.hmac:
        return [one for one in same if not one.identity_hmac]
    if row.identity.mask:
        return [one for one in same if one.identity_mask == row.identity.mask]
    return list(same)


def _state(plan: Plan, findings: Sequence[Finding], reasons: Mapping[str, str]) -> str:
    if any(grade == WRONG for _, grade, _ in findings):
        return RowState.WRONG
    if any(grade == UNLIKELY and not reasons.get(name) for name, grade, _ in findings):
        return RowState.UNLIKELY
    if plan.person is None or plan.is_new:
        return RowState.NEW
    return RowState.CHANGED if plan.says else RowState.UNCHANGED


def _judged(
    row: Row,
    before: Mapping[str, str],
    findings: Sequence[Finding],
    reasons: Mapping[str, str],
    state: str,
) -> Judged:
    found = row.community is not None
    return Judged(
        number=row.number,
        subject=row.code or (row.typed_code or row.typed_name)[:40],
        name=(row.name or row.texts.get("person_name", ""))[:100],
        subject_key=row.key if found else None,
        cells=row.line.cells,
        before=before,
        reasons={**row.line.reasons, **reasons},
        findings=list(dict.fromkeys(findings)),
        state=state,
        version=0,
    )
