"""Takes rows of a roster: files, certificates and posts, by acts, many at a time.

Rows are judged once more with files and communities locked; what reads otherwise than before is
left out and named. Acts are those that the pages would make: 进入, 兼任, 退出.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import IntegrityError, models

from accounts.scope import give_reason
from collection.choices import RowState
from collection.models import UploadRow
from collection.services.upload_kinds import Line, Progress, Taken, Task
from collection.services.upload_sealing import secrets_of
from collection.services.upload_taking import MovedError
from communities.models import Community
from communities.services.bulk import stage, update_staged
from staffing.choices import ActKind
from staffing.models import Appointment, Certificate, Person, PersonPhone, StaffAct
from staffing.rules.identities import masked_phone
from staffing.rules.roster_fields import PERSON, POST
from staffing.services.duplicates import tell_elsewhere
from staffing.services.roster_upload_checks import in_post_elsewhere
from staffing.services.roster_upload_judge import RosterJudge
from staffing.services.roster_upload_plans import Plan

TAKEABLE: Final = (RowState.NEW, RowState.CHANGED)
ARRANGED, WRITES, RECORDS = "整理", "写入", "记录"
NUMBERED: Final = ("identity_hmac", "identity_mask", "phone_mask")
LONGEST_NOTE: Final = 500
BATCH: Final = 1_000
Who = tuple[int | None, str]


def take_roster(task: Task, progress: Progress) -> Taken:
    """Write the rows of a task that are new or changed; in the caller's transaction.

    Raises MovedError where somebody else wrote one of the files at the same moment.
    """
    kept = UploadRow.objects.filter(upload=task.upload, state__in=TAKEABLE).order_by("number")
    rows = list(kept)
    progress.step(ARRANGED, 0, len(rows))
    judge = RosterJudge(task, taken=frozenset(row.number for row in rows))
    lines = [Line(row.number, row.cells, row.reasons) for row in rows]
    judge.subjects(lines)
    judged = {one.number: one for one in judge.judge(lines, {})}
    progress.step(ARRANGED, len(rows), len(rows))
    good = [row for row in rows if _stands(row, judged[row.number])]
    stale = [row.number for row in rows if not _stands(row, judged[row.number])]
    give_reason(f"花名册导入第{task.upload.pk}号")
    writer = _Writer(task, [judge.plans[row.number] for row in good])
    try:
        writer.write(progress)
    except IntegrityError as error:  # entered by somebody else meanwhile
        raise MovedError from error
    progress.step(RECORDS, 0, 0)
    UploadRow.objects.filter(pk__in=[row.pk for row in good]).update(state=RowState.TAKEN)
    new = sum(row.state == RowState.NEW for row in good)
    said = f"{writer.elsewhere:,}行的身份证号在本市另一街道有在岗登记，已告知区"
    return Taken(new, len(good) - new, tuple(stale), (said,) if writer.elsewhere else ())


def _stands(row: UploadRow, judged: Any) -> bool:
    """Whether a row says now what it said when somebody looked at it."""
    return bool(row.state == judged.state and row.before == dict(judged.before))


@dataclass
class _Writer:
    """Writes plans by set: ends before changes before beginnings."""

    task: Task
    plans: Sequence[Plan]
    # new files, and the identity numbers that rows give of one name, month of birth and sex
    persons: dict[Who, Person] = field(default_factory=dict)
    numbers: dict[int | None, set[str]] = field(default_factory=lambda: defaultdict(set))
    # rows whose identity number has a post in another street
    elsewhere: int = 0
    # communities of the demo: what is written of them is marked too
    demo: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        for plan in self.plans:
            if plan.row.identity.hmac:
                self.numbers[plan.row.key].add(plan.row.identity.hmac)
        places = Community.objects.filter(pk__in={plan.row.community for plan in self.plans})
        self.demo = frozenset(places.filter(is_demo=True).values_list("pk", flat=True))

    def write(self, progress: Progress) -> None:
        """Write all plans; the numbers that wait sealed are read here and nowhere else."""
        steps: Sequence[Callable[[], None]] = (
            self.add_persons, self.change_persons, self.set_phones, self.write_certificates,
            self.end_posts, self.change_posts, self.begin_posts,
        )  # fmt: skip
        for number, step in enumerate(steps):
            progress.step(WRITES, number, len(steps))
            step()

    def who(self, plan: Plan) -> Who:
        """What tells new people apart: two of one name, month and sex have two numbers."""
        several = len(self.numbers[plan.row.key]) > 1
        return plan.row.key, plan.row.identity.hmac if several else ""

    def person_of(self, plan: Plan) -> Person:
        return plan.person or self.persons[self.who(plan)]

    def add_persons(self) -> None:
        """Store the files of people that the streets have none of, one for all rows of a person."""
        made: dict[Who, Person] = {}
        for plan in self.plans:
            if plan.person is not None:
                continue
            values = {name: plan.row.values.get(name) for name in PERSON}
            is_demo = plan.row.community in self.demo
            fresh = Person(code=plan.row.street, name=plan.row.name, is_demo=is_demo)
            person = made.setdefault(self.who(plan), fresh)
            for name, value in values.items():
                if value is not None:
                    setattr(person, name, value)
            _number(person, plan)
        Person.objects.bulk_create(made.values(), batch_size=BATCH)
        self.persons = made

    def change_persons(self) -> None:
        """Store what changes in files that are there."""
        changed: dict[int, Person] = {}
        for plan in self.plans:
            if plan.person is None or not (plan.values or plan.sets_identity):
                continue
            person = changed.setdefault(plan.person.pk, plan.person)
            for name, value in plan.values.items():
                setattr(person, name, _kept(Person, name, value))
            _number(person, plan)
        _update(Person, ("name", *PERSON, *NUMBERED), changed.values())

    def set_phones(self) -> None:
        """Keep telephones apart from the files, which show their masks."""
        asked = {plan.row.number: plan for plan in self.plans if plan.sets_phone}
        numbers = secrets_of(self.task.upload, "phone", asked)
        phones, masked = {}, {}
        for number, text in numbers.items():
            person = self.person_of(asked[number])
            person.phone_mask = masked_phone(text)
            masked[person.pk] = person
            phones[person.pk] = PersonPhone(person=person, code=person.code, number=text)
        PersonPhone.objects.bulk_create(
            phones.values(), batch_size=BATCH, update_conflicts=True,
            unique_fields=["person"], update_fields=["code", "number"],
        )  # fmt: skip
        _update(Person, ("phone_mask",), masked.values(), versioned=False)

    def write_certificates(self) -> None:
        """Add certificates and change those that are registered."""
        new: dict[tuple[int, str], Certificate] = {}
        changed: dict[int, Certificate] = {}
        for plan in self.plans:
            values = plan.certificate_values
            if plan.new_certificate:
                person = self.person_of(plan)
                one = Certificate(person=person, code=person.code, is_demo=person.is_demo)
                target = new.setdefault((person.pk, values["level"]), one)
            elif plan.certificate is not None and values:
                target = changed.setdefault(plan.certificate.pk, plan.certificate)
            else:
                continue
            for name, value in values.items():
                setattr(target, name, _kept(Certificate, name, value))
        Certificate.objects.bulk_create(new.values(), batch_size=BATCH)
        _update(Certificate, ("registration_no", "issued_on", "expires_on"), changed.values())

    def end_posts(self) -> None:
        """End posts by acts of leaving."""
        plans = [plan for plan in self.plans if plan.ended]
        acts = self._acts(plans, lambda plan: ActKind.LEAVE, "valid_until")
        ended = {}
        for plan, act in zip(plans, acts, strict=True):
            for one in plan.ended:
                one.valid_until, one.ended_by = plan.row.values["valid_until"], act
                ended[one.pk] = one
        _update(Appointment, ("valid_until", "ended_by_id"), ended.values())

    def change_posts(self) -> None:
        """Change what is registered of posts that go on."""
        changed: dict[int, Appointment] = {}
        for plan in self.plans:
            for one, values in plan.changed:
                target = changed.setdefault(one.pk, one)
                for name, value in values.items():
                    setattr(target, name, _kept(Appointment, name, value))
        names = [name for name in POST if name != "valid_until"]
        _update(Appointment, names, changed.values())

    def begin_posts(self) -> None:
        """Begin posts by acts of entering, or of holding one more; those that are over end too."""
        plans = [plan for plan in self.plans if plan.begun]
        acts = self._acts(plans, _entering, "valid_from")
        over = [plan for plan in plans if plan.row.values.get("valid_until")]
        leaving = dict(
            zip(
                (plan.row.number for plan in over),
                self._acts(over, lambda plan: ActKind.LEAVE, "valid_until"),
                strict=True,
            )
        )
        made = []
        for plan, act in zip(plans, acts, strict=True):
            values = {
                name: _kept(Appointment, name, plan.row.values[name])
                for name in POST
                if name in plan.row.values
            }
            made += [
                Appointment(
                    person=self.person_of(plan), community_id=_place(plan),
                    code=plan.row.code, post=post, begun_by=act,
                    ended_by=leaving.get(plan.row.number), is_demo=act.is_demo, **values,
                )
                for post in plan.begun
            ]  # fmt: skip
        Appointment.objects.bulk_create(made, batch_size=BATCH)
        elsewhere = in_post_elsewhere(plans, self.task.on)
        for plan, act in zip(plans, acts, strict=True):
            if plan.row.number in elsewhere:
                tell_elsewhere(act=act, on=self.task.on, at=self.task.at)
        self.elsewhere = len(elsewhere)

    def _acts(
        self, plans: Sequence[Plan], kind: Callable[[Plan], ActKind], day: str
    ) -> list[StaffAct]:
        """An act for each plan, on the day that its row says."""
        acts = [
            StaffAct(
                kind=kind(plan), person=self.person_of(plan), community_id=_place(plan),
                code=plan.row.code, on=plan.row.values[day], note=self._note(plan),
                leave_reason=_left(plan) if day == "valid_until" else "",
                made_by=self.task.by, made_at=self.task.at, is_demo=_place(plan) in self.demo,
            )
            for plan in plans
        ]  # fmt: skip
        return StaffAct.objects.bulk_create(acts, batch_size=BATCH)

    def _note(self, plan: Plan) -> str:
        """Which import it was, and the reasons that were given for the row."""
        asked = [name for name, grade, _ in plan.findings if grade == "unlikely"]
        reasons = list(dict.fromkeys(plan.row.reasons_for(asked).values()))
        said = f"花名册导入第{self.task.upload.pk}号"
        return "；".join([said, *reasons])[:LONGEST_NOTE]


def _place(plan: Plan) -> int:
    """The key of the community; only rows that lead to one are planned."""
    if plan.row.community is None:
        raise ValueError(f"row {plan.row.number} leads to no community")
    return plan.row.community


def _entering(plan: Plan) -> ActKind:
    return ActKind.ADD_POST if "posts" in plan.before else ActKind.ENTER


def _left(plan: Plan) -> str:
    return plan.row.values.get("leave_reason") or ""


def _number(person: Person, plan: Plan) -> None:
    if plan.sets_identity:
        person.identity_hmac = plan.row.identity.hmac
        person.identity_mask = plan.row.identity.mask


def _kept(model: type[models.Model], name: str, value: Any) -> Any:
    """A value as its column keeps it: what is not known of a text is ''."""
    return "" if value is None and not model._meta.get_field(name).null else value


def _update(
    model: type[models.Model],
    names: Sequence[str],
    rows: Iterable[Any],
    *,
    versioned: bool = True,
) -> None:
    """Write columns of rows that are locked, by one statement."""
    many = list(rows)
    if not many:
        return
    columns = (*names, *(("version",) if versioned else ()))
    for row in many if versioned else ():
        row.version += 1
    values = ([row.pk, *(getattr(row, one) for one in columns)] for row in many)
    stage(model, ("id", *columns), values)
    update_staged(model, columns, key=("id",))
