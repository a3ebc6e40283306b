"""Judges the rows of a register of premises: which each is about, what it would change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from collection.choices import RowState
from collection.rules.findings import UNLIKELY, WRONG
from collection.services.cell_reading import Finding
from collection.services.upload_kinds import Judged, Line, Task
from collection.services.upload_subjects import Named, find_subjects
from communities.models import Community
from facilities.selectors.premises_filling import Held
from facilities.services.premises_upload_plans import Plan, plan_of
from facilities.services.premises_upload_rows import Reader, Row
from facilities.services.premises_upload_stored import Stored, stored_of

PURPOSE: Final = "登记用房"
MOST_NAMED: Final = 5


class PremisesJudge:
    """Judges rows of one task. A fixed number of queries for all rows of a call of `subjects`.

    `lock`: the rows are taken now; communities and premises are locked then.
    """

    def __init__(self, task: Task, *, lock: bool = False) -> None:
        self.task, self.lock = task, lock
        self.reader = Reader(task.names)
        self.rows: dict[int, Row] = {}
        self.plans: dict[int, Plan] = {}
        self.problems: dict[int, list[Finding]] = {}
        self.keys: dict[int, int | None] = {}
        # rows that give premises the name which an earlier row gives to others
        self.clashes: dict[int, int] = {}
        self.stored = Stored()

    def subjects(self, lines: Sequence[Line]) -> Sequence[int | None]:
        """A number for each row's premises, None where it is not known which are meant."""
        rows = [self.reader(line) for line in lines]
        self._find_communities(rows)
        self.rows = {row.number: row for row in rows}
        self.stored = stored_of(rows, self.task.by, self.task.on, lock=self.lock)
        self.plans, self.problems = {}, {}
        self.keys = {row.number: self._key(row) for row in rows}
        self.clashes = self._clashing(rows)
        return [self.keys[line.number] for line in lines]

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

    def _key(self, row: Row) -> int | None:
        """Plan a row; the key of its premises, or a number that stands for new ones."""
        if row.problem:
            self.problems[row.number] = [("", WRONG, row.problem)]
            return None
        if row.is_empty:
            self.problems[row.number] = []
            return None
        held, problem = _match(row, self.stored)
        if problem is not None:
            self.problems[row.number] = [problem]
            return None
        self.plans[row.number] = plan_of(row, held, self.stored, self.task.on)
        if held is not None:
            return int(held.premises.pk)
        return row.new_key if row.name else None

    def _clashing(self, rows: Sequence[Row]) -> dict[int, int]:
        """Rows of one community that would give one name to several premises: the row before."""
        first: dict[tuple[int | None, str], int] = {}
        found = {}
        for row in rows:
            if row.number in self.plans and row.name:
                before = first.setdefault((row.community, row.name), row.number)
                if self.keys[row.number] != self.keys[before]:
                    found[row.number] = before
        return found

    def judge(
        self, lines: Sequence[Line], repeated: Mapping[int, Sequence[int]]
    ) -> Iterator[Judged]:
        """What each row says; `subjects` was asked before. `repeated`: rows by key."""
        for line in lines:
            row, key = self.rows[line.number], self.keys[line.number]
            plan = self.plans.get(line.number)
            if plan is None:
                findings = [*self.problems[line.number], *row.errors]
                state = RowState.WRONG if findings else RowState.UNCHANGED
                yield _judged(row, key, None, findings, {}, state)
                continue
            findings = [*row.errors, *plan.findings]
            same = {*repeated.get(key, ())} - {line.number} if key is not None else set()
            if same:
                rows = "、".join(map(str, sorted(same)[:MOST_NAMED]))
                findings.append(("", WRONG, f"和第{rows}行是同一处用房。留一行，其余删去"))
            if line.number in self.clashes:
                said = f"第{self.clashes[line.number]}行给另一处用房用了这个名称。改其中一个"
                findings.append(("premises_name", WRONG, said))
            if not plan.says:  # what is registered already is not asked about
                findings = [one for one in findings if one[1] == WRONG]
            asked = [name for name, grade, _ in findings if grade == UNLIKELY]
            reasons = row.reasons_for(asked)
            yield _judged(row, key, plan, findings, reasons, _state(plan, findings, reasons))


def _match(row: Row, stored: Stored) -> tuple[Held | None, Finding | None]:
    """The premises that a row is about, None for new ones; and why that cannot be said."""
    community = row.community or 0
    if row.name and (same := stored.by_name.get((community, row.name))):
        return same, None
    titled = stored.by_title.get((community, row.title_no), []) if row.title_no else []
    if len(titled) > 1:
        said = f"这个社区有{len(titled)}处用房登记了这个证号，不知道是哪处。填写用房名称"
        return None, ("premises_name", WRONG, said)
    if titled:
        return titled[0], None
    if keeper := stored.shared.get((community, row.name)):
        said = f"这处用房登记在{keeper}，这个社区和它合用。删去此行，份额在用房页修改"
        return None, ("premises_name", WRONG, said)
    return None, None


def _state(plan: Plan, findings: Sequence[Finding], reasons: Mapping[str, str]) -> str:
    if any(grade == WRONG for _, grade, _ in findings):
        return RowState.WRONG
    if any(grade == UNLIKELY and not reasons.get(name) for name, grade, _ in findings):
        return RowState.UNLIKELY
    if plan.is_new:
        return RowState.NEW
    return RowState.CHANGED if plan.says else RowState.UNCHANGED


def _judged(
    row: Row,
    key: int | None,
    plan: Plan | None,
    findings: Sequence[Finding],
    reasons: Mapping[str, str],
    state: str,
) -> Judged:
    held = plan.held if plan is not None else None
    return Judged(
        number=row.number,
        subject=row.code or (row.typed_code or row.typed_name)[:40],
        name=(row.name or (held.premises.name if held is not None else ""))[:100],
        subject_key=key,
        cells=row.line.cells,
        before=plan.before if plan is not None else {},
        reasons={**row.line.reasons, **reasons},
        findings=list(dict.fromkeys(findings)),
        state=state,
        version=held.premises.version if held is not None else 0,
    )
