"""Takes rows of a register of premises: premises, rooms, shares and contracts, many at a time.

Rows are judged once more with communities and premises locked; what reads otherwise than before is
left out and named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import IntegrityError, connection, models

from accounts.scope import give_reason
from collection.choices import RowState
from collection.models import UploadRow
from collection.services.upload_kinds import Line, Progress, Taken, Task
from collection.services.upload_taking import MovedError, UploadError
from communities.models import Community
from communities.services.bulk import stage, update_staged
from facilities.choices import RoomUse
from facilities.models import Contract, Premises, Room, Share
from facilities.selectors.areas import square_metres
from facilities.services.premises_upload_areas import Rebuilding, Slot
from facilities.services.premises_upload_judge import PremisesJudge
from facilities.services.premises_upload_plans import Plan

TAKEABLE: Final = (RowState.NEW, RowState.CHANGED)
ARRANGED, WRITES = "整理", "写入"
COLUMNS: Final = ("name", "address", "estate_id", "acquisition", "acquired_on", "owner",
    "title_no", "titled_on", "remarks")  # fmt: skip
CONTRACT_COLUMNS: Final = ("number", "signed_on", "price_yuan", "monthly_rent_yuan", "valid_from",
    "valid_until")  # fmt: skip
BATCH: Final = 1_000
# what somebody else may have registered at the same moment: another try sees it
MOVED: Final = frozenset({"premises_name_once", "contract_one_lease_a_day", "share_once_a_day"})
REFUSED: Final = "和登记的其他内容冲突{name}，没有导入。告知管理员"


def take_premises(task: Task, progress: Progress) -> Taken:
    """Write the rows of a task that are new or changed; in the caller's transaction.

    Raises MovedError where somebody else wrote premises of the same name at the same moment,
    UploadError with a sentence where a constraint refuses what a row says.
    """
    kept = UploadRow.objects.filter(upload=task.upload, state__in=TAKEABLE).order_by("number")
    rows = list(kept)
    progress.step(ARRANGED, 0, len(rows))
    judge = PremisesJudge(task, lock=True)
    lines = [Line(row.number, row.cells, row.reasons) for row in rows]
    judge.subjects(lines)
    judged = {one.number: one for one in judge.judge(lines, {})}
    progress.step(ARRANGED, len(rows), len(rows))
    good = [row for row in rows if _stands(row, judged[row.number])]
    stale = tuple(row.number for row in rows if not _stands(row, judged[row.number]))
    give_reason(f"用房导入第{task.upload.pk}号")
    try:
        _Writer([judge.plans[row.number] for row in good]).write(progress)
        with connection.cursor() as cursor:  # what is checked at the end is refused here
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    except IntegrityError as error:
        raise refused(error) from error
    UploadRow.objects.filter(pk__in=[row.pk for row in good]).update(state=RowState.TAKEN)
    new = sum(row.state == RowState.NEW for row in good)
    return Taken(new, len(good) - new, stale)


def refused(error: IntegrityError) -> Exception:
    """What to raise for a constraint: another try, or the words that the constraint has."""
    name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") or ""
    if name in MOVED:
        return MovedError()
    for model in (Premises, Room, Share, Contract):
        for one in model._meta.constraints:
            if one.name == name and one.violation_error_message:
                said = str(one.violation_error_message)
                if said != str(one.default_violation_error_message):
                    return UploadError(f"没有导入。{said}")
    return UploadError(REFUSED.format(name=f"（{name}）" if name else ""))


def _stands(row: UploadRow, judged: Any) -> bool:
    """Whether a row says now what it said when somebody looked at it."""
    return bool(row.state == judged.state and row.before == dict(judged.before))


@dataclass
class _Writer:
    """Writes plans by set: premises before rooms, ends before beginnings."""

    plans: Sequence[Plan]
    made: dict[int, Premises] = field(default_factory=dict)
    # communities of the demo: what is written of them is marked too
    demo: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        places = Community.objects.filter(pk__in={plan.row.community for plan in self.plans})
        self.demo = frozenset(places.filter(is_demo=True).values_list("pk", flat=True))

    def write(self, progress: Progress) -> None:
        """Write all plans."""
        steps: Sequence[Callable[[], None]] = (
            self.add_premises, self.change_premises, self.end_rooms, self.fill_rooms,
            self.begin_rooms, self.add_contracts, self.change_contracts,
        )  # fmt: skip
        for number, step in enumerate(steps):
            progress.step(WRITES, number, len(steps))
            step()

    def premises_of(self, plan: Plan) -> Premises:
        return plan.held.premises if plan.held is not None else self.made[plan.row.number]

    def add_premises(self) -> None:
        """Store new premises, wholly of their community."""
        for plan in self.plans:
            if plan.held is None:
                self.made[plan.row.number] = Premises(
                    **self._place(plan),
                    valid_from=_rooms(plan).since,
                    **{name: _kept(Premises, name, value) for name, value in plan.values.items()},
                )
        Premises.objects.bulk_create(self.made.values(), batch_size=BATCH)
        Share.objects.bulk_create(
            [
                Share(
                    premises=one,
                    community_id=one.community_id,
                    code=one.code,
                    parts=one.total_parts,
                    valid_from=one.valid_from,
                    is_demo=one.is_demo,
                )
                for one in self.made.values()
            ],
            batch_size=BATCH,
        )

    def _place(self, plan: Plan) -> dict[str, Any]:
        """The columns by which a row belongs to a community."""
        community = plan.row.community
        return {
            "community_id": community,
            "code": plan.row.code,
            "is_demo": community in self.demo,
        }

    def change_premises(self) -> None:
        """Change columns of premises that are there."""
        changed = []
        for plan in self.plans:
            if plan.held is not None and plan.values:
                for name, value in plan.values.items():
                    setattr(plan.held.premises, name, _kept(Premises, name, value))
                changed.append(plan.held.premises)
        _update(Premises, COLUMNS, changed)

    def end_rooms(self) -> None:
        """End the rooms whose area is another from a day on."""
        ended = []
        for plan in self.plans:
            for room in _rooms(plan).ended:
                room.valid_until = _rooms(plan).since
                room.ends_with_premises, room.own_until = False, None
                ended.append(room)
        _update(Room, ("valid_until", "ends_with_premises", "own_until"), ended)

    def fill_rooms(self) -> None:
        """Store measures that rooms lacked."""
        filled = []
        for plan in self.plans:
            for slot in _rooms(plan).filled:
                for name, area in slot.filled.items():
                    setattr(slot.old, name, area)
                filled.append(slot.old)
        _update(Room, ("usable_m2", "above_ground_m2"), filled)

    def begin_rooms(self) -> None:
        """Begin rooms with their new areas."""
        made = [
            Room(
                premises=self.premises_of(plan),
                **self._place(plan),
                name=_name(slot),
                use=slot.use,
                building_m2=square_metres(slot.building),
                valid_from=_rooms(plan).since,
                valid_until=self.premises_of(plan).valid_until,
                ends_with_premises=self.premises_of(plan).valid_until is not None,
                **{
                    name: None if area is None else square_metres(area)
                    for name, area in slot.measures.items()
                },
            )
            for plan in self.plans
            for slot in _rooms(plan).begun
        ]
        Room.objects.bulk_create(made, batch_size=BATCH)

    def add_contracts(self) -> None:
        """Store contracts that are not registered yet."""
        made = [
            Contract(
                premises=self.premises_of(plan),
                **self._place(plan),
                kind=plan.contract_kind,
                **{
                    name: _kept(Contract, name, value)
                    for name, value in plan.contract_values.items()
                },
            )
            for plan in self.plans
            if plan.contract is None and plan.contract_values
        ]
        Contract.objects.bulk_create(made, batch_size=BATCH)

    def change_contracts(self) -> None:
        """Correct contracts that are registered."""
        changed = []
        for plan in self.plans:
            if plan.contract is not None and plan.contract_values:
                for name, value in plan.contract_values.items():
                    setattr(plan.contract, name, _kept(Contract, name, value))
                changed.append(plan.contract)
        _update(Contract, CONTRACT_COLUMNS, changed)


def _rooms(plan: Plan) -> Rebuilding:
    return plan.rooms if plan.rooms is not None else Rebuilding(plan.on)


def _name(slot: Slot) -> str:
    return slot.old.name if slot.old is not None else RoomUse(slot.use).label


def _kept(model: type[models.Model], name: str, value: Any) -> Any:
    """A value as its column keeps it: what is not known of a text is ''."""
    return "" if value is None and not model._meta.get_field(name).null else value


def _update(model: type[models.Model], names: Sequence[str], rows: Iterable[Any]) -> None:
    """Write columns of rows that are locked, by one statement."""
    many = list(rows)
    if not many:
        return
    columns = (*names, "version")
    for row in many:
        row.version += 1
    stage(model, ("id", *columns), ([row.pk, *(getattr(row, one) for one in columns)]
        for row in many))  # fmt: skip
    update_staged(model, columns, key=("id",))
