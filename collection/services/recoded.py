"""Rounds that are not over, and uploads, follow their offices to new codes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from accounts.scope import WHOLE_COUNTRY, scope
from collection.choices import RoundState
from collection.models import (
    Extension,
    Reminder,
    Round,
    Upload,
    UploadContent,
    UploadRow,
    UploadSecret,
)


def follow_codes(moved: Mapping[str, str], on: date) -> None:
    """Give rounds of the day's year and later, and uploads, the new codes; `moved` by old code.

    Closed rounds, and those of earlier years, keep the codes under which they were run. A city's
    round may lie above the scope of whoever decides, so the scope is the whole country.
    """
    with scope(WHOLE_COUNTRY):
        for kept in (Upload, UploadContent, UploadRow, UploadSecret):
            for old, new in moved.items():
                kept.objects.filter(code=old).update(code=new)
        rounds = Round.objects.filter(year__gte=on.year).exclude(state=RoundState.CLOSED)
        for one in rounds.select_for_update():
            code = moved.get(one.code, one.code)
            streets = [moved.get(street, street) for street in one.street_codes]
            if (code, streets) != (one.code, one.street_codes):
                one.code, one.street_codes = code, streets
                one.version += 1
                one.save(update_fields=["code", "street_codes", "version"])
            for model in (Extension, Reminder):
                for old in set(moved) & {*one_codes(model, one)}:
                    model.objects.filter(round=one, code=old).update(code=moved[old])


def one_codes(model: type[Extension] | type[Reminder], one: Round) -> list[str]:
    """The streets that a round has extensions or reminders of."""
    return list(model.objects.filter(round=one).values_list("code", flat=True).distinct())
