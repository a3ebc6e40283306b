"""One figure of an index series: stored once, compared with the year before."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.core.exceptions import ValidationError
from django.db import connection, transaction

from accounts.scope import WHOLE_COUNTRY, contains, give_reason
from policy.engine.catalogue import catalogue
from policy.models import IndexValue

# beyond these a figure is more often a slip than a fact: against the year before, and of a rate
MOST_GROWN = Fraction(3, 2)
# a place's first figure, against the one of the level above that was in use
MOST_APART = Fraction(2)
LARGEST_RATE = Fraction(1, 5)
# decided with the budget, before the year begins
DECIDED_AHEAD = {"natural_growth"}


# pg_advisory_xact_lock(class, 0): figures are written by one transaction after another
WRITING = 0x6978


class StaleFigureError(Exception):
    """Somebody stored the figure meanwhile; holds it as it is now."""

    def __init__(self, present: IndexValue) -> None:
        self.present = present
        super().__init__(f"figure {present.pk} is another one by now")


def content_of(figure: IndexValue | None) -> str:
    """What a figure says, as one text: another text, another figure; '' where there is none."""
    if figure is None or figure.pk is None:
        return ""
    return "|".join((figure.plain_value, figure.unit, figure.source, figure.document))


def check_year(figure: IndexValue, on: date | None) -> None:
    """Refuse the figure of a year that is not over nor under way on a day; None: any year.

    Raises ValidationError for `year`.
    """
    if on is None:
        return
    last = on.year + 1 if figure.series in DECIDED_AHEAD else on.year
    if figure.year > last:
        raise ValidationError({"year": f"{figure.year}年还没有到。核对年度，最晚填{last}年"})


def canonical(figure: IndexValue) -> Fraction:
    """The value in the catalogue's unit; as it stands where the unit is unknown."""
    kind = catalogue().series[figure.series]
    return Fraction(figure.value) * kind.units.get(figure.unit or kind.unit, Fraction(1))


def ways_up(division: str) -> list[str]:
    """The divisions above one, the nearest first, the country ('') last."""
    return [division[:length] for length in (4, 2, 0) if length < len(division)]


def above_of(
    figure: IndexValue, known: Mapping[tuple[str, str, int], IndexValue]
) -> IndexValue | None:
    """The nearest figure above of the same year, else of the year before; of those known."""
    ways = ways_up(figure.division_code)
    keys = [(way, figure.series, year) for year in (figure.year, figure.year - 1) for way in ways]
    return next((known[key] for key in keys if key in known), None)


def unlikely(figure: IndexValue, last: IndexValue | None, above: IndexValue | None = None) -> str:
    """A sentence about a figure that does not go with the year before's, '' for one that does.

    A rate is looked at by itself; any other figure is compared, unit by unit. The first of a place
    is compared with `above`, the figure of the level above.
    """
    kind, value = catalogue().series[figure.series], canonical(figure)
    if figure.series in DECIDED_AHEAD:
        if abs(value) <= LARGEST_RATE:
            return ""
        percent = _plain(abs(value) * 100)
        return f"{kind.label}{percent}%超过20%。核对数值和单位，属实的写明原因"
    if last is not None:
        return _apart(figure, last, "上年", MOST_GROWN)
    return _apart(figure, above, f"上级{above.year}年", MOST_APART) if above else ""


def _apart(figure: IndexValue, other: IndexValue, whose: str, most: Fraction) -> str:
    """What is said of a figure that is many times another, or a small part of it; else ''."""
    if not canonical(other):
        return ""
    times = canonical(figure) / canonical(other)
    if 1 / most <= times <= most:
        return ""
    label = catalogue().series[figure.series].label
    told = f"{figure.plain_value}{figure.unit}是{whose}{other.plain_value}{other.unit}"
    return f"{label}{told}的{_plain(times)}倍。核对数值和单位，属实的写明原因"


def _plain(value: Fraction) -> str:
    """A ratio with as many places as it needs: 10, 1.6, 0.083."""
    shown = f"{float(value):.1f}" if value >= 1 else f"{float(value):.2g}"
    return f"{Decimal(shown):f}".rstrip("0").rstrip(".") if "." in shown else shown


def alone() -> None:
    """Wait for whoever writes figures just now: a row that is not there yet cannot be locked."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, 0)", (WRITING,))


def _stored_above(figure: IndexValue) -> IndexValue | None:
    rows = IndexValue.objects.filter(
        division_code__in=ways_up(figure.division_code),
        series=figure.series,
        year__in=(figure.year, figure.year - 1),
    )
    return above_of(figure, {(one.division_code, one.series, one.year): one for one in rows})


@transaction.atomic
def save_figure(
    *, figure: IndexValue, seen: str, on: date, within: str, reason: str = ""
) -> IndexValue:
    """Store a figure that was opened when it said `seen` ('' for a new one); return it.

    One that says the same already stays as it is. The reason is kept with its history. Raises
    ValidationError by field for what is wrong, for a division outside `within`, for a year to come
    and, under `reason`, for an unlikely figure without one; StaleFigureError where somebody stored
    another one meanwhile.
    """
    if within != WHOLE_COUNTRY and not contains(within, figure.division_code):
        place = figure.division_code or "全国"
        raise ValidationError(
            {"division_code": f"区划代码“{place}”不在你的辖区{within}内。选辖区内的地方"}
        )
    figure.full_clean(validate_unique=False, validate_constraints=False)
    check_year(figure, on)
    alone()
    rows = IndexValue.objects.filter(division_code=figure.division_code, series=figure.series)
    last = rows.filter(year=figure.year - 1).first()
    above = None if last else _stored_above(figure)
    if (said := unlikely(figure, last, above)) and not reason:
        raise ValidationError({"reason": said})
    present = rows.filter(year=figure.year).first()
    figure.pk = present.pk if present else None
    if present and content_of(present) == content_of(figure):
        return present
    if content_of(present) != seen and present:
        raise StaleFigureError(present)
    if reason:
        give_reason(reason)
    figure.save()
    return figure
