"""A form that is ready: stored as the year's facts, and handed in, one or all of a street."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.messages import notify
from accounts.models import User
from accounts.scope import contains
from collection.rules.checks import UNLIKELY
from collection.rules.fields import NONE_SAYS
from collection.rules.merging import NONE, TICKED, UNCHANGED
from collection.selectors.entry import Entry, problems
from collection.services.facts import LockedError, StepError, store, submit, withdraw
from collection.services.held import Held, hold
from communities.choices import FactsStatus
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
def store_entry(*, entry: Entry, by: User, on: date) -> AnnualFacts:
    """Store a complete form as the year's facts and return them; its draft goes.

    Raises StepError where something is missing, impossible or unlikely without a reason, or where
    somebody changed the form after it was read, and services.facts.LockedError where the facts were
    handed in meanwhile.
    """
    return _store(hold([entry.community.pk], entry.year), entry, by, on)


def _store(held: Held, entry: Entry, by: User, on: date) -> AnnualFacts:
    facts = held.facts.get(entry.community.pk)
    if facts is not None and not held.anew(entry).is_open:
        raise LockedError(facts)
    if who := held.moved(entry):
        raise StepError(f"刚由{who}改过，还没有提交。核对后再提交")
    reasons = entry.reasons(entry.texts)
    check_open(entry, on)
    if left := problems(entry.examined, reasons):
        raise StepError(left[0].message)
    asked_why = {one.name for one in entry.examined.of(UNLIKELY)}
    try:
        return store(
            held=held,
            community=entry.community,
            year=entry.year,
            values=entry.examined.values,
            reasons={name: text for name, text in reasons.items() if name in asked_why},
            declared=declared(entry),
            measure=entry.known.measure,
            by=by,
            on=on,
        )
    except IntegrityError as error:
        # facts that nobody had are stored by two at the same moment
        raise StepError("刚由别人存过，还没有提交。核对后再提交") from error


def check_open(entry: Entry, on: date) -> None:
    """Raises StepError where the round does not take these facts on a day."""
    if said := entry.barrier(on):
        raise StepError(said)


@transaction.atomic
def hand_in(*, entry: Entry, version: int, by: User, at: datetime, on: date) -> AnnualFacts:
    """Hand in the stored facts of a form, if they are at a version. Raises StepError."""
    entry = hold([entry.community.pk], entry.year).anew(entry)
    check_open(entry, on)
    if entry.facts is None or entry.draft is not None:
        raise StepError("表里有还没有核对的内容。核对后再提交")
    if left := problems(entry.examined, entry.reasons(entry.texts)):
        raise StepError(left[0].message)
    return submit(
        facts=entry.facts, version=version, by=by, at=at, street_review=entry.street_review
    )


@transaction.atomic
def hand_in_all(*, entries: Sequence[Entry], by: User, at: datetime, on: date) -> HandedIn:
    """Hand in every form of a year that is complete; others are left, each with its reason.

    What was begun, and is not complete, is named, and so is what somebody changed after it was
    read; forms that nobody began are not.
    """
    begun = [one for one in entries if one.is_open and (one.facts or one.draft)]
    if not begun:
        return HandedIn(0, ())
    held = hold([one.community.pk for one in begun], begun[0].year)
    done, left = 0, []
    for entry in begun:
        try:
            with transaction.atomic():
                if entry.is_behind:
                    raise StepError("导入的和草稿里填的不同。打开核对后再提交")
                if entry.status == FactsStatus.RETURNED:
                    raise StepError("已退回，按意见改好，逐个核对后提交")
                facts = _store(held, entry, by, on)
                review = entry.street_review
                submit(facts=facts, version=facts.version, by=by, at=at, street_review=review)
                done += 1
        except StepError as error:
            left.append(f"{entry.community.short_name}：{error}")
        except LockedError:
            left.append(f"{entry.community.short_name}：刚由别人提交了")
    return HandedIn(done, tuple(left))


@transaction.atomic
def take_back(
    *, entry: Entry, version: int, by: User, at: datetime, on: date, reason: str = ""
) -> AnnualFacts:
    """Take back what was handed in, while the round is open and nobody has confirmed it.

    Once somebody of the street has passed it on a reason is asked for, and that person is told.
    What a wider office handed in is not the street's to take back. Raises StepError.
    """
    facts = entry.facts
    if facts is None:
        raise StepError("这个社区还没有提交，没有可撤回的")
    check_open(entry, on)
    maker, passed_by = facts.submitted_by, facts.reviewed_by
    if maker is not None and not contains(by.scope, maker.scope):
        raise StepError(f"由{maker.office}报送，不能撤回。要改由{maker.office}退回")
    if passed_by is not None and not reason:
        raise StepError(f"{passed_by.display_name}已审核通过。写明撤回原因，再撤回")
    facts = withdraw(facts=facts, version=version, by=by, at=at, reason=reason)
    if passed_by is not None and passed_by != by:
        name = f"{entry.community.short_name}{entry.year}年度数据"
        text = f"{name}已由{by.display_name}撤回修改，再提交后重新审核：{reason}"
        url = f"{reverse('collection:reviews')}?year={entry.year}"
        notify(to=[passed_by], text=text, url=url, at=at)
    return facts
