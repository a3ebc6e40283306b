"""Checked facts on their way into the year: stored as a draft, handed in, taken back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from accounts.models import User
from collection.choices import StepKind
from collection.models import FactsDraft, FactsStep
from collection.rules.fields import FIELDS
from collection.selectors.steps import rounds_of_many
from collection.services.held import Held
from communities.choices import FactsStatus
from communities.models import AnnualFacts, Community, Division
from communities.models.facts import OPEN_STATES
from communities.services.facts_succession import codes_of

TEXT_KINDS = {"choice", "text"}  # their columns hold '' where nothing is known


class LockedError(Exception):
    """The facts were handed in or confirmed meanwhile; holds the row as it is now."""

    def __init__(self, facts: AnnualFacts) -> None:
        self.facts = facts
        super().__init__(f"facts {facts.pk} are {facts.status}")


class StepError(Exception):
    """A step that is not open to this person or from this state; the message is for the user."""


def given_by_divisions(codes: set[str], on: date) -> dict[str, dict[str, Any]]:
    """What the register of divisions says of communities: values of fields, by community's code.

    Fields with `from_division` are never typed. One query.
    """
    names = [one for one in FIELDS.values() if one.from_division]
    wanted = {code[:length] for code in codes for length in (6, 9)}
    rows = Division.objects.as_of(on).filter(code__in=wanted)
    held = {one.code: one for one in rows}
    found: dict[str, dict[str, Any]] = {}
    for code in codes:
        above = [held[code[:length]] for length in (9, 6) if code[:length] in held]
        found[code] = {
            one.name: next(
                (
                    value
                    for division in above
                    if (value := getattr(division, one.from_division)) not in (None, "")
                ),
                None,
            )
            for one in names
        }
    return found


def columns(values: Mapping[str, Any], measure: str) -> dict[str, Any]:
    """Values by field as columns of AnnualFacts; the determined households follow the measure."""
    written = {
        name: "" if value is None and FIELDS[name].kind in TEXT_KINDS else value
        for name, value in values.items()
    }
    if measure and measure in values:
        written["households"] = values[measure]
    return written


@transaction.atomic
def store(
    *,
    held: Held,
    community: Community,
    year: int,
    values: Mapping[str, Any],
    reasons: Mapping[str, str],
    declared: Mapping[str, Any],
    measure: str,
    by: User,
    on: date,
) -> AnnualFacts:
    """Write checked values of a year as a draft and return the row; its typing draft goes.

    held: the form, locked (services.held.hold), from which the values come. values: by name of a
    field, as rules.reading gives them; fields that are left out stay as they are. `measure` is the
    households column that counts. `by` and whoever typed into the draft are its makers. Raises
    LockedError when the facts were handed in meanwhile.
    """
    facts = held.facts.get(community.pk)
    if facts is None:
        facts = AnnualFacts(community=community, year=year, version=0, **codes_of(community.code))
    elif facts.status not in OPEN_STATES:
        raise LockedError(facts)
    given = given_by_divisions({community.code}, on)[community.code]
    known = {name: value for name, value in given.items() if value is not None}
    for name, value in columns({**values, **known}, measure).items():
        setattr(facts, name, value)
    facts.reasons, facts.declared = dict(reasons), dict(declared)
    draft = held.drafts.get(community.pk)
    facts.makers = makers_of(facts, draft, by)
    facts.version += 1
    facts.save()
    if draft:
        draft.delete()
    return facts


def makers_of(facts: AnnualFacts, draft: FactsDraft | None, by: User) -> list[int]:
    """Keys of all who made these figures: so far, in the draft, and now."""
    stamps = draft.stamps.values() if draft else ()
    typed = {stamp[1] for stamp in stamps if isinstance(stamp, list) and len(stamp) == 3}
    return sorted({*facts.makers, *typed, by.pk})


def locked_for_step(facts: AnnualFacts, version: int) -> AnnualFacts:
    """The row, locked, if it is still at a version. Raises StepError with what happened else."""
    present = AnnualFacts.objects.select_for_update(of=("self",)).get(pk=facts.pk)
    if present.version != version:
        raise StepError("你打开以后，这个社区的数据有了新的变化。核对后再办理")
    return present


def take_step(
    facts: AnnualFacts,
    kind: StepKind,
    *,
    status: FactsStatus,
    by: User,
    at: datetime,
    comments: Mapping[str, str] | None = None,
    **columns: Any,
) -> AnnualFacts:
    """Move facts to a state and record the step; the caller has locked the row and checked."""
    for name, value in {**columns, "status": status.value}.items():
        setattr(facts, name, value)
    facts.version += 1
    facts.save(update_fields=[*columns, "status", "version"])
    FactsStep.objects.create(
        facts=facts,
        code=facts.code,
        kind=kind,
        number=rounds_of(facts),
        comments=dict(comments or {}),
        by=by,
        at=at,
    )
    return facts


def rounds_of(facts: AnnualFacts) -> int:
    """Which time the facts are under way, as selectors.steps counts it. One query."""
    return rounds_of_many([facts.pk])[facts.pk]


@transaction.atomic
def submit(
    *, facts: AnnualFacts, version: int, by: User, at: datetime, street_review: bool
) -> AnnualFacts:
    """Hand facts in: to the street's reviewer, or to the district where there is no such review.

    Raises StepError where they are not open or changed meanwhile.
    """
    present = locked_for_step(facts, version)
    if present.status not in OPEN_STATES:
        raise StepError(f"数据已经提交，现在是“{present.get_status_display()}”。要修改先撤回")
    status = FactsStatus.SUBMITTED if street_review else FactsStatus.REVIEWED
    return take_step(
        present, StepKind.SUBMIT, status=status, by=by, at=at, submitted_by=by, reviewed_by=None
    )


@transaction.atomic
def withdraw(
    *, facts: AnnualFacts, version: int, by: User, at: datetime, reason: str = ""
) -> AnnualFacts:
    """Take back what was handed in and is not confirmed yet. Raises StepError.

    Whether the round still takes facts is the caller's to look at (services.entering.take_back).
    """
    present = locked_for_step(facts, version)
    if present.status not in (FactsStatus.SUBMITTED, FactsStatus.REVIEWED):
        raise StepError(f"现在是“{present.get_status_display()}”，不能撤回")
    return take_step(
        present,
        StepKind.WITHDRAW,
        # what was said when it was returned still holds
        status=FactsStatus.RETURNED if rounds_of(present) > 1 else FactsStatus.DRAFT,
        by=by,
        at=at,
        comments={"": reason} if reason else {},
        submitted_by=None,
        reviewed_by=None,
    )
