"""A form that is ready: stored as the year's facts, and handed in, one or all of a street."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from accounts.models import User
from collection.rules.checks import UNLIKELY
from collection.rules.fields import NONE_SAYS
from collection.rules.merging import NONE, TICKED, UNCHANGED
from collection.selectors.entry import Entry, problems
from collection.services.facts import LockedError, StepError, store, submit
from communities.models import AnnualFacts


@dataclass(frozen=True)
class HandedIn:
    """How many of a street's forms were handed in, and those that were not, with the reason."""

    done: int
    left: tuple[str, ...]


def declared(entry: Entry) -> dict[str, object]:
    """What was said instead of figures, as far as the figures bear it out."""
    values, last = entry.examined.values, entry.known.last or {}
    said: dict[str, object] = {}
    nones = [
        key
        for key, (_, names) in NONE_SAYS.items()
        if entry.texts.get(NONE + key) == TICKED and not any(values.get(one) for one in names)
    ]
    if nones:
        said["none"] = nones
    compared = [one.name for one in entry.fields if one.kind != "text"]
    if entry.texts.get(UNCHANGED) == TICKED and all(
        values.get(name) == last.get(name) for name in compared
    ):
        said[UNCHANGED] = True
    return said


@transaction.atomic
def store_entry(*, entry: Entry, on: date) -> AnnualFacts:
    """Store a complete form as the year's facts and return them; its draft goes.

    Raises StepError where something is missing, impossible or unlikely without a reason, and
    services.facts.LockedError where the facts were handed in meanwhile.
    """
    reasons = entry.reasons(entry.texts)
    left = problems(entry.examined, reasons)
    if entry.call is None:
        raise StepError(f"{entry.year}年度还没有下达填报任务，不能提交")
    if left:
        raise StepError(left[0].message)
    asked_why = {one.name for one in entry.examined.of(UNLIKELY)}
    return store(
        community=entry.community,
        year=entry.year,
        values=entry.examined.values,
        reasons={name: text for name, text in reasons.items() if name in asked_why},
        declared=declared(entry),
        measure=entry.known.measure,
        on=on,
    )


def check_open(entry: Entry, on: date) -> None:
    """Raises StepError where the round does not take the facts of this street on a day."""
    call = entry.call
    if call is None:
        raise StepError(f"{entry.year}年度还没有下达填报任务，不能提交")
    if call.is_open(on):
        return
    if on < call.round.opens_on:
        raise StepError(f"填报从{call.round.opens_on}开始，到时再提交。填的内容已存为草稿")
    raise StepError(f"填报已于{call.closes_on}截止。填的内容都在，先申请延期再提交")


@transaction.atomic
def hand_in(*, entry: Entry, version: int, by: User, at: datetime, on: date) -> AnnualFacts:
    """Hand in the stored facts of a form, if they are at a version. Raises StepError."""
    check_open(entry, on)
    if entry.facts is None or entry.draft is not None:
        raise StepError("表里有还没有核对的内容。核对后再提交")
    if left := problems(entry.examined, entry.reasons(entry.texts)):
        raise StepError(left[0].message)
    review = entry.call.round.street_review if entry.call else True
    return submit(facts=entry.facts, version=version, by=by, at=at, street_review=review)


def hand_in_all(*, entries: Iterable[Entry], by: User, at: datetime, on: date) -> HandedIn:
    """Hand in every form that is complete; others are left, each with its reason.

    What was begun, and is not complete, is named; forms that nobody began are not.
    """
    done, left = 0, []
    for entry in entries:
        if not entry.is_open or (entry.facts is None and entry.draft is None):
            continue
        try:
            with transaction.atomic():
                check_open(entry, on)
                facts = store_entry(entry=entry, on=on)
                review = entry.call.round.street_review if entry.call else True
                submit(facts=facts, version=facts.version, by=by, at=at, street_review=review)
                done += 1
        except StepError as error:
            left.append(f"{entry.community.short_name}：{error}")
        except LockedError:
            left.append(f"{entry.community.short_name}：刚由别人提交了")
    return HandedIn(done, tuple(left))
