"""服务大厅: which premises are halls on a day, how they were last checked, who has none."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Q,
    Subquery,
)
from django.db.models.functions import Substr

from accounts.models import User
from accounts.scope import CITY, DISTRICT, PROVINCE, STREET
from communities.models import Community
from communities.selectors.assessment import get_assessment
from communities.selectors.clauses import Clause, clause_of
from communities.selectors.places import division_names
from facilities.choices import RoomUse, Unified
from facilities.models import HallCheck, Inspection, Premises, Room, Share, SpacePaper

SUBJECT = "service_halls"
NEVER, LACKING, UNIFIED, OVERDUE = "never", "lacking", "unified", "overdue"
# what a list of halls may be narrowed to
STATES = {
    NEVER: "从未检查",
    OVERDUE: "今年没有检查",
    LACKING: "有未统一的",
    UNIFIED: "五项都统一",
}
ITEMS = tuple(Unified)
WIDTHS = (PROVINCE, CITY, DISTRICT, STREET)


@dataclass(frozen=True)
class HallLine:
    """A hall with its last check (None: never checked); marks: each of the five in words."""

    premises: Premises
    street: str
    check: HallCheck | None
    marks: list[tuple[str, bool]]
    photos: int
    this_year: bool


@dataclass(frozen=True)
class HallPart:
    """A district or street: its halls, those checked, and those with all five."""

    code: str
    name: str
    halls: int
    checked: int
    unified: int

    @property
    def share(self) -> str:
        """The share of halls with all five, in percent with one decimal; — without a hall."""
        if not self.halls:
            return "—"
        tenths = (2000 * self.unified + self.halls) // (2 * self.halls)
        return f"{tenths // 10}.{tenths % 10}%"


def stopped_rooms(on: date) -> Any:
    """The stops of a day that concern the room, or all rooms, of the row outside."""
    going_on = Q(resumes_on__isnull=True) | Q(resumes_on__gt=on)
    same = Q(room__isnull=True) | Q(room=OuterRef("pk"))
    return Inspection.objects.filter(
        same, going_on, stops_from__lte=on, premises=OuterRef("premises_id")
    )


def hall_rooms(on: date) -> Any:
    """The rooms that are a hall on a day and count."""
    rooms = Room.objects.filter(use=RoomUse.HALL).as_of(on)
    return rooms.exclude(Exists(stopped_rooms(on)))


def halls_of(user: User, *, division: str, on: date) -> Any:
    """Premises under a division of the scope with a hall that counts on a day, by code and name.

    Each row has `checked_on` and `all_five` of its last check, both None without one.
    """
    rooms = hall_rooms(on).filter(premises=OuterRef("pk"))
    checks = HallCheck.objects.filter(premises=OuterRef("pk"), withdrawn_at__isnull=True)
    last = checks.order_by("-checked_on", "-pk")
    all_five = ExpressionWrapper(
        Q(**{one.value: True for one in ITEMS}), output_field=BooleanField()
    )
    rows = Premises.objects.for_user(user).under(division).as_of(on).filter(Exists(rooms))
    return rows.annotate(
        checked_on=Subquery(last.values("checked_on")[:1]),
        all_five=Subquery(last.annotate(every=all_five).values("every")[:1]),
    ).order_by("code", "name", "pk")


def narrowed(rows: Any, state: str, on: date) -> Any:
    """The halls of a state: a key of STATES, '' for all."""
    first = date(on.year, 1, 1)
    return {
        NEVER: lambda: rows.filter(checked_on__isnull=True),
        OVERDUE: lambda: rows.filter(Q(checked_on__isnull=True) | Q(checked_on__lt=first)),
        LACKING: lambda: rows.filter(all_five=False),
        UNIFIED: lambda: rows.filter(all_five=True),
    }.get(state, lambda: rows)()


def hall_lines(rows: Collection[Premises], on: date) -> list[HallLine]:
    """Halls with their last checks and photos. Three queries."""
    keys = [one.pk for one in rows]
    checks = HallCheck.objects.filter(premises__in=keys, withdrawn_at__isnull=True)
    last = checks.order_by("premises_id", "-checked_on", "-pk").distinct("premises_id")
    by_premises = {one.premises_id: one for one in last}
    taken = SpacePaper.objects.filter(
        hall_check__in=[one.pk for one in by_premises.values()], withdrawn_at__isnull=True
    )
    counted = taken.order_by().values("hall_check_id").annotate(number=Count("pk"))
    photos = dict(counted.values_list("hall_check_id", "number"))
    streets = division_names({one.code[:STREET] for one in rows}, on)
    found = []
    for one in rows:
        check = by_premises.get(one.pk)
        found.append(
            HallLine(
                one,
                streets.get(one.code[:STREET], one.code[:STREET]),
                check,
                marks_of(check) if check else [],
                photos.get(check.pk, 0) if check else 0,
                check is not None and check.checked_on.year == on.year,
            )
        )
    return found


def marks_of(check: HallCheck) -> list[tuple[str, bool]]:
    """The five with whether the hall has them as all halls do."""
    return [(str(one.label), getattr(check, one.value)) for one in ITEMS]


def hall_parts(rows: Any, division: str, on: date) -> list[HallPart]:
    """Halls by the divisions just under one, and all of them last. Two queries.

    Of a street only the sum.
    """
    width = next(one for one in WIDTHS if one > len(division) or one == STREET)
    counted = (
        rows.order_by()
        .annotate(part=Substr("code", 1, width))
        .values("part")
        .annotate(
            halls=Count("pk"),
            checked=Count("pk", filter=Q(checked_on__isnull=False)),
            unified=Count("pk", filter=Q(all_five=True)),
        )
        .values_list("part", "halls", "checked", "unified")
    )
    by_part = sorted(counted)
    names = division_names({part for part, *_ in by_part} | {division}, on)
    parts = [HallPart(part, names.get(part, part), *numbers) for part, *numbers in by_part]
    sums = [sum(column) for column in zip(*(numbers for _, *numbers in by_part), strict=True)]
    whole = HallPart(division, "合计", *(sums or (0, 0, 0)))
    return [*parts, whole] if len(division) < STREET else [whole]


def hall_clauses(user: User, division: str, on: date) -> list[Clause]:
    """The provisions in force that ask for halls, nearest text first. Reads the assessment."""
    stack = get_assessment(user, division, on.year, on).policy.stack
    flags = [division.startswith(prefix) for prefix in stack.jurisdictions]
    found = {
        (rule.text.id, rule.id) for rules in stack.for_prefixes(flags).values() for rule in rules
    }
    return [
        clause_of(text, one)
        for text in stack.texts
        for one in text.provisions
        if one.subject and one.subject.key == SUBJECT and (text.id, one.id) in found
    ]


def without_hall(user: User, division: str, on: date) -> list[Community]:
    """Communities under a division that are asked to have a hall and have none in the register.

    By code. One query beside the assessment's, and two for halls and their sharers.
    """
    assessment = get_assessment(user, division, on.year, on)
    register, asked = assessment.register, assessment.measure(SUBJECT)
    served = set(
        Share.objects.under(division)
        .as_of(on)
        .filter(premises__in=hall_rooms(on).under(division).values("premises_id"))
        .values_list("community_id", flat=True)
    )
    keys = [
        key
        for row in range(*register.under(division).indices(len(register)))
        if asked.has_required[row]
        and asked.required[row] > 0
        and (key := int(register.keys[row])) not in served
    ]
    return list(Community.objects.for_user(user).filter(pk__in=keys).order_by("code"))


def find_check(user: User, key: int) -> HallCheck | None:
    """A check inside the scope, or None. One query."""
    rows = HallCheck.objects.for_user(user).filter(pk=key)
    found: HallCheck | None = rows.select_related(
        "community", "premises__community", "made_by", "withdrawn_by"
    ).first()
    return found


def checks_of(user: User, premises: Premises) -> Any:
    """The checks of premises, the latest first; those taken back are left out."""
    rows = HallCheck.objects.for_user(user).filter(premises=premises, withdrawn_at__isnull=True)
    return rows.select_related("made_by").order_by("-checked_on", "-pk")
