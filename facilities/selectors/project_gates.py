"""The gates of projects as rows: what is passed, what was tried, and the case of a new try."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch

from accounts.models import User
from facilities.choices import (
    MEASURING,
    PROMISING,
    STAGES,
    DefaultState,
    GateState,
    PaperKind,
    Stage,
)
from facilities.models import (
    BuilderDefault,
    DefaultNotice,
    Gate,
    HandoverItem,
    Project,
    SpacePaper,
)
from facilities.rules.gates import PART_OF_USE, Case, Passed, Sizes, next_stage
from facilities.selectors.project_needs import Needs

# a try that is under way: nobody may try the same gate beside it
UNDER_WAY = (GateState.SIGNING, GateState.WAITING)
TONES = {
    GateState.PASSED: "ok",
    GateState.REFUSED: "bad",
    GateState.SIGNING: "warn",
    GateState.WAITING: "warn",
}


@dataclass(frozen=True)
class Step:
    """A gate of a trail: its state in words, '' where nobody has tried it; current: it is next."""

    stage: Stage
    state: str
    tone: str
    current: bool
    gate: Gate | None


@dataclass(frozen=True)
class Trail:
    """The eight gates of a project, and what its passed ones say of areas."""

    steps: tuple[Step, ...]
    promised: Sizes
    found: Sizes

    @property
    def present(self) -> Step | None:
        """The gate that is next; None when all are passed."""
        return next((one for one in self.steps if one.current), None)


def promised_of(gate: Gate) -> Sizes:
    return Sizes(gate.promised_work_m2, gate.promised_service_m2, gate.promised_property_m2)


def found_of(gate: Gate) -> Sizes:
    return Sizes(gate.found_work_m2, gate.found_service_m2, gate.found_property_m2)


def gates_of(projects: Iterable[int]) -> dict[int, list[Gate]]:
    """The tries of projects, oldest first, by key of the project. One query."""
    rows = Gate.objects.filter(project__in=list(projects)).order_by("pk")
    found: dict[int, list[Gate]] = defaultdict(list)
    for one in rows.select_related("made_by", "signed_by", "approved_by"):
        found[one.project_id].append(one)
    return found


def trail_of(gates: Sequence[Gate]) -> Trail:
    """The trail of a project by its tries, oldest first; no query."""
    latest = {one.stage: one for one in gates}
    passed = {one.stage: one for one in gates if one.state == GateState.PASSED}
    latest |= passed
    coming = next_stage(passed)
    steps = tuple(_step(stage, latest.get(stage), current=stage == coming) for stage in STAGES)
    promised = [promised_of(passed[one]) for one in PROMISING if one in passed]
    found = [found_of(passed[one]) for one in MEASURING if one in passed]
    return Trail(
        steps,
        next((one for one in reversed(promised) if one.is_stated), Sizes()),
        next((one for one in reversed(found) if one.is_stated), Sizes()),
    )


def _step(stage: Stage, gate: Gate | None, *, current: bool) -> Step:
    if gate is None:
        return Step(stage, "", "", current, None)
    state = GateState(gate.state)
    return Step(stage, str(state.label), TONES[state], current, gate)


def passed_of(gates: Iterable[Gate]) -> list[Passed]:
    """The passed gates in their order, as the rules take them."""
    passed = {one.stage: one for one in gates if one.state == GateState.PASSED}
    return [
        Passed(stage.value, passed[stage].decided_on, promised_of(passed[stage]),
               found_of(passed[stage]))
        for stage in STAGES if stage in passed
    ]  # fmt: skip


def items_of(user: User, project: Project) -> list[HandoverItem]:
    """The list of handover of a project, by use. One query."""
    return list(HandoverItem.objects.for_user(user).filter(project=project))


def find_item(user: User, key: int) -> HandoverItem | None:
    """A line of a list of handover inside the scope, with its project, or None. One query."""
    rows: Any = HandoverItem.objects.for_user(user).filter(pk=key)
    found: HandoverItem | None = rows.select_related("project").first()
    return found


def listed(items: Iterable[HandoverItem]) -> Sizes:
    """What a list of handover adds up to; uses of no part are left out."""
    sums: dict[str, Decimal] = {}
    for one in items:
        part = PART_OF_USE.get(one.use)
        if part is not None:
            sums[part] = sums.get(part, Decimal()) + one.building_m2
    return Sizes(**sums)


def has_deed(project: Project, *, but: SpacePaper | None = None) -> bool:
    """Whether a deed of handover is kept with the project or one of its gates. One query.

    but: a paper that does not count.
    """
    papers = SpacePaper.objects.filter(kind=PaperKind.DEED, withdrawn_at=None)
    papers = papers.exclude(pk=but.pk) if but else papers
    own = papers.filter(project=project) | papers.filter(gate__project=project)
    return bool(own.exists())


def said_of_defaults(project: Project) -> list[str]:
    """The open defaults of a project with the notices on them, in sentences. Two queries."""
    kept = DefaultNotice.objects.filter(withdrawn_at=None).order_by("issued_on", "pk")
    rows = BuilderDefault.objects.filter(project=project, state=DefaultState.OPEN).order_by("pk")
    said = []
    for one in rows.prefetch_related(Prefetch("notices", kept)):
        notices = "；".join(
            f"{notice.issued_on}告知{notice.department}暂停办理{notice.get_permit_display()}"
            f"（{notice.doc_no}）"
            for notice in one.notices.all()
        )
        notices = notices or "没有发告知函"
        said.append(f"违约没有纠正：{one.get_kind_display()}，{one.found_on}认定；{notices}")
    return said


def open_defaults(project: Project) -> list[str]:
    """The kinds of defaults of a project that are not put right. One query."""
    rows = BuilderDefault.objects.filter(project=project, state=DefaultState.OPEN)
    return list(rows.order_by("pk").values_list("kind", flat=True))


def case_of(gate: Gate, needs: Needs, *, with_deed: bool = False) -> Case:
    """All that decides whether a gate may be passed now. Four queries.

    gate: with its project, stage, day, number and areas, stored or not. with_deed: a deed of
    handover comes with it.
    """
    project = gate.project
    items = list(HandoverItem.objects.filter(project=project))
    return Case(
        stage=gate.stage,
        decided_on=gate.decided_on,
        promised=promised_of(gate),
        found=found_of(gate),
        doc_no=gate.doc_no,
        asked=needs.asked,
        passed=passed_of(gates_of([project.pk]).get(project.pk, [])),
        listed=listed(items),
        items=len(items),
        has_deed=with_deed or has_deed(project),
        has_community=project.community_id is not None,
        defaults=open_defaults(project),
    )


def kept_of(needs: Needs) -> list[dict[str, str]]:
    """What a gate keeps of what was asked that day: areas, and the deadline where there is one."""
    kept = [one.kept for one in needs.needs]
    if needs.due is not None:
        kept.append(
            {
                "subject": "premises_handover_due",
                "label": "用房移交期限",
                "low": "",
                "required": needs.due.isoformat(),
                "clause": needs.due_clause,
            }
        )
    return kept


def late_days(gate: Gate) -> int:
    """How many days after the deadline that it keeps a handover was; 0 for others."""
    due = next((one["required"] for one in gate.required if "due" in one["subject"]), "")
    if gate.stage != Stage.HANDOVER or not due:
        return 0
    return max(0, (gate.decided_on - date.fromisoformat(due)).days)


def find_gate(user: User, key: int) -> Gate | None:
    """A try at a gate inside the scope, with its project and people, or None. One query."""
    rows: Any = Gate.objects.for_user(user).filter(pk=key)
    found: Gate | None = rows.select_related(
        "project", "project__community", "made_by", "signed_by", "approved_by"
    ).first()
    return found
