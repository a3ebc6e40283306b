"""Index figures of a division and year: its own, those above that answer for it, their history."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from django.db.models import Q, QuerySet

from accounts.models import User
from accounts.scope import WHOLE_COUNTRY, bounds, contains
from communities.models import Division
from communities.selectors.places import Place, division_names
from policy.engine.catalogue import catalogue
from policy.models import IndexValue

LENGTHS = (2, 4, 6)
NATION = Place("", "全国")
SYSTEM = "系统"
MOST_EVENTS = 100
ACTS = {"insert": "录入", "update": "修改", "delete": "删去"}


@dataclass(frozen=True)
class Entered:
    """Who stored a figure as it stands, and when; `by` is 系统 for what came with the program."""

    by: str
    at: datetime


@dataclass(frozen=True)
class FigureLine:
    """A series for a division and a year: its own figure, last year's, and the one that answers.

    `above` answers where `own` is None: the nearest division's that has one, with its name.
    `change` is the change against last year in percent, None where they cannot be compared.
    """

    series: str
    label: str
    unit: str
    own: IndexValue | None
    last: IndexValue | None
    change: Fraction | None
    above: IndexValue | None
    above_name: str
    entered: Entered | None

    @property
    def text(self) -> str:
        """The figure that counts here as a page shows it, '' where there is none."""
        return grouped(self.own or self.above)

    @property
    def last_text(self) -> str:
        return grouped(self.last)


@dataclass(frozen=True)
class FigureEvent:
    """One change of a figure: when, by whom, what it says since, and why."""

    at: datetime
    by: str
    act: str
    year: int
    said: str
    source: str
    reason: str


def divisions_of(user: User, chosen: str, on: date) -> list[Place]:
    """Where a user may look: above the scope, the scope and its parts, the chosen one's parts.

    The nation has the code ''; a street's office looks at its district. Three queries.
    """
    scope = "" if user.scope == WHOLE_COUNTRY else user.scope[: LENGTHS[-1]]
    ways = {code[:length] for code in (scope, chosen) for length in LENGTHS if length <= len(code)}
    known = {way: way for way in ways} | division_names(ways, on)
    for code in {scope, chosen}:
        known |= _parts(code, on)
    return [NATION, *(Place(code, known[code]) for code in sorted(known))]


def _parts(code: str, on: date) -> dict[str, str]:
    """The names of the divisions one level below, by code; none below a district."""
    level = {0: "province", 2: "city", 4: "district"}.get(len(code))
    if level is None:
        return {}
    rows = Division.objects.as_of(on).filter(level=level)
    if code:
        low, high = bounds(code)
        rows = rows.filter(code__gte=low, code__lt=high)
    return dict(rows.values_list("code", "name"))


def may_see(user: User, division: str) -> bool:
    """Whether a user may look at a division's figures: inside the scope or above it."""
    if user.scope == WHOLE_COUNTRY or division == "":
        return True
    return contains(user.scope, division) or user.scope.startswith(division)


def figure_lines(user: User, division: str, year: int, on: date) -> list[FigureLine]:
    """Every series of the catalogue for a division and a year. At most four queries."""
    ways = ["", *(division[:length] for length in LENGTHS if length <= len(division))]
    rows = IndexValue.objects.for_user(user).filter(
        division_code__in=ways, year__in=(year, year - 1)
    )
    held = {(one.division_code, one.series, one.year): one for one in rows}
    names = {"": NATION.name} | division_names({*ways} - {""}, on)
    own = [one for key, one in held.items() if key[0] == division and key[2] == year]
    entered = entered_by(own)
    lines = []
    for key, kind in catalogue().series.items():
        mine, last = (held.get((division, key, one)) for one in (year, year - 1))
        nearest = (held.get((way, key, year)) for way in reversed(ways[:-1]))
        above = next((one for one in nearest if one), None) if mine is None else None
        lines.append(
            FigureLine(
                key,
                kind.label,
                kind.unit,
                mine,
                last,
                change_of(mine, last),
                above,
                names.get(above.division_code, above.division_code) if above else "",
                entered.get(mine.pk) if mine else None,
            )
        )
    return lines


def grouped(figure: IndexValue | None) -> str:
    """A figure with all its digits, thousands parted: 39,960 or 13.5; '' for none."""
    if figure is None:
        return ""
    whole, point, rest = figure.plain_value.partition(".")
    return f"{int(whole):,}".replace("-", "\N{MINUS SIGN}") + point + rest


def change_of(figure: IndexValue | None, last: IndexValue | None) -> Fraction | None:
    """The change in percent, both in the catalogue's unit; None for rates and without two."""
    if figure is None or last is None or figure.series == "natural_growth":
        return None
    units = catalogue().series[figure.series].units
    now, then = (Fraction(one.value) * units.get(one.unit, Fraction(1)) for one in (figure, last))
    return (now / then - 1) * 100 if then else None


def entered_by(figures: Sequence[IndexValue]) -> dict[int, Entered]:
    """Who stored each figure last, by its key. Two queries."""
    if not figures:
        return {}
    events: Any = IndexValue._meta.get_field("events").related_model
    rows = (
        events.objects.filter(pgh_obj_id__in=[one.pk for one in figures])
        .select_related("pgh_context")
        .order_by("pgh_obj_id", "-pgh_id")
        .distinct("pgh_obj_id")
    )
    last = list(rows)
    people = _people(last)
    return {one.pgh_obj_id: Entered(_name(one, people), one.pgh_created_at) for one in last}


def figure_history(user: User, division: str, series: str) -> list[FigureEvent]:
    """The changes of a division's series, the latest first, so many at most. Two queries."""
    if not may_see(user, division):
        return []
    events: Any = IndexValue._meta.get_field("events").related_model
    rows = list(
        events.objects.filter(division_code=division, series=series)
        .select_related("pgh_context")
        .order_by("-pgh_id")[:MOST_EVENTS]
    )
    people = _people(rows)
    return [
        FigureEvent(
            one.pgh_created_at,
            _name(one, people),
            ACTS.get(one.pgh_label, one.pgh_label),
            one.year,
            f"{IndexValue.plain_value.fget(one)}{one.unit}",  # type: ignore[attr-defined]
            "，".join(filter(None, (one.source, one.document))),
            _told(one).get("reason", ""),
        )
        for one in rows
    ]


def _told(event: Any) -> dict[str, Any]:
    return event.pgh_context.metadata if event.pgh_context else {}


def _people(events: Iterable[Any]) -> dict[int, str]:
    keys = {key for one in events if (key := _told(one).get("user"))}
    return dict(User.objects.filter(pk__in=keys).values_list("pk", "display_name")) if keys else {}


def _name(event: Any, people: dict[int, str]) -> str:
    return people.get(_told(event).get("user", 0), SYSTEM)


def figures_below(user: User, division: str, year: int) -> QuerySet[IndexValue]:
    """The figures of a year of the divisions below one, in the user's scope, by code."""
    rows = IndexValue.objects.for_user(user).filter(year=year).exclude(division_code=division)
    if division:
        low, high = bounds(division)
        rows = rows.filter(division_code__gte=low, division_code__lt=high)
    found: QuerySet[IndexValue] = rows.order_by("division_code", "series")
    return found


def figures_for_export(user: User, division: str) -> QuerySet[IndexValue]:
    """Every year's figures of a division, those above and those below it, by code and year."""
    rows = IndexValue.objects.for_user(user)
    if division:
        low, high = bounds(division)
        ways = ["", *(division[:length] for length in LENGTHS if length <= len(division))]
        rows = rows.filter(
            Q(division_code__in=ways) | Q(division_code__gte=low, division_code__lt=high)
        )
    found: QuerySet[IndexValue] = rows.order_by("division_code", "series", "year")
    return found


def find_figure(user: User, pk: int) -> IndexValue | None:
    """A figure of the user's own scope, which the user may change; None for any other. One query.

    Figures above the scope are read, not changed.
    """
    found: IndexValue | None = IndexValue.objects.for_user(user).filter(pk=pk).first()
    if found is None or user.scope == WHOLE_COUNTRY:
        return found
    inside = found.division_code != "" and contains(user.scope, found.division_code)
    return found if inside else None
