"""Steps of review: passed on, returned, confirmed, one by one or many at once, and taken back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from accounts.messages import Note, offices, send
from accounts.models import User
from accounts.scope import give_reason
from collection.choices import CorrectionState, RoundState, StepKind
from collection.models import Correction, FactsStep
from collection.selectors.reviews import (
    MOST_LISTED,
    NOT_DETERMINED,
    OWN,
    Checked,
    Line,
    checked,
    in_words,
    is_own,
    lines_of,
    names_of,
)
from collection.selectors.rounds import call_for
from collection.selectors.steps import rounds_of_many
from collection.services.facts import StepError, locked_for_step, take_step
from communities.choices import FactsStatus
from communities.models import AnnualFacts
from communities.services.locks import unlocked

FILLS_IN = "communities.add_annualfacts"
CHANGED = "打开以后有了新的变化"
GONE = "已经不在这一步"
UNLIKELY_SAID = "有{count}处没有变动说明：{first}。退回补写，或写明核对情况再办理"


@dataclass(frozen=True)
class Stage:
    """A step forward: the state it starts from, where it leads, and its record."""

    kind: StepKind
    start: FactsStatus
    end: FactsStatus

    def columns(self, by: User, at: datetime) -> dict[str, Any]:
        """What a row holds of who took the step."""
        if self.kind == StepKind.PASS:
            return {"reviewed_by": by}
        return {"confirmed_by": by, "confirmed_at": at}


PASS = Stage(StepKind.PASS, FactsStatus.SUBMITTED, FactsStatus.REVIEWED)
CONFIRM = Stage(StepKind.CONFIRM, FactsStatus.REVIEWED, FactsStatus.CONFIRMED)


@transaction.atomic
def advance(
    *, stage: Stage, facts: AnnualFacts, version: int, by: User, at: datetime, note: str = ""
) -> AnnualFacts:
    """Pass facts on to the district, or confirm them; they are checked again as things stand now.

    `note` is kept with the step; it is asked for where something is unlikely without a reason.
    Raises StepError: another state, changed meanwhile, the own work, something impossible, or no
    determined households.
    """
    present = locked_for_step(facts, version)
    _expect(present, stage.start)
    if is_own(present, by):
        raise StepError(OWN)
    found = checked([present], present.year)[present.pk]
    if mistake := _mistake(present, found, with_note=bool(note)):
        raise StepError(mistake)
    comments = {"": note} if note else {}
    return take_step(
        present,
        stage.kind,
        status=stage.end,
        by=by,
        at=at,
        comments=comments,
        **stage.columns(by, at),
    )


def _expect(facts: AnnualFacts, *states: FactsStatus) -> None:
    if facts.status not in states:
        raise StepError(f"现在是“{facts.get_status_display()}”，这一步先前办过，或已退回")


def _mistake(facts: AnnualFacts, found: Checked, *, with_note: bool) -> str:
    """Why facts cannot go on, or ''."""
    if found.wrong:
        return f"有{len(found.wrong)}处要改：{in_words(found.wrong[0])}。退回修改"
    if facts.households is None:
        return f"{NOT_DETERMINED}，各项标准不能测算。退回补填户数"
    if found.unexplained and not with_note:
        return UNLIKELY_SAID.format(
            count=len(found.unexplained), first=in_words(found.unexplained[0])
        )
    return ""


@dataclass(frozen=True)
class Done:
    """What a step on many did: how many went on, and of the others code, name and why not."""

    count: int
    left: tuple[tuple[str, str, str], ...] = ()


@transaction.atomic
def advance_many(*, stage: Stage, versions: Mapping[int, int], by: User, at: datetime) -> Done:
    """Take a step with many facts at once: `versions` holds the version seen by key of the facts.

    Those that changed meanwhile, are the own work or are not clean (selectors.reviews.Line) stay
    and are named: what is not clean is looked at one by one. The number of queries does not depend
    on how many there are. Raises StepError for more than a list holds.
    """
    if len(versions) > MOST_LISTED:
        raise StepError(f"一次最多办理{MOST_LISTED:,}个社区，收到{len(versions):,}个。分街道办理")
    rows = list(
        AnnualFacts.objects.for_user(by)
        .filter(pk__in=list(versions))
        .select_for_update(of=("self",))
        .order_by("pk")
    )
    lines = [
        line
        for year in sorted({row.year for row in rows})
        for line in lines_of(by, by.scope, year, [row for row in rows if row.year == year])
    ]
    whys = {line.facts.pk: _why_not(stage, line, versions[line.facts.pk]) for line in lines}
    good = [row for row in rows if not whys[row.pk]]
    AnnualFacts.objects.filter(pk__in=[row.pk for row in good]).update(
        status=stage.end, version=F("version") + 1, **stage.columns(by, at)
    )
    _record(stage.kind, good, by, at)
    left = [line for line in lines if whys[line.facts.pk]]
    return Done(
        len(good), tuple((line.facts.code, line.name, whys[line.facts.pk]) for line in left)
    )


def _why_not(stage: Stage, line: Line, version: int) -> str:
    row = line.facts
    if row.status != stage.start:
        return f"现在是“{row.get_status_display()}”"
    if row.version != version:
        return CHANGED
    if line.own:
        return OWN
    if mistake := _mistake(row, line.checked, with_note=False):
        return mistake
    return "" if line.is_clean else f"{line.look_at or '变动大'}，打开逐个办理"


def _record(kind: StepKind, rows: Sequence[AnnualFacts], by: User, at: datetime) -> None:
    """One step for each row, numbered by how often it came back. Two queries."""
    numbers = rounds_of_many([row.pk for row in rows])
    FactsStep.objects.bulk_create(
        [
            FactsStep(facts=row, code=row.code, kind=kind, number=numbers[row.pk], by=by, at=at)
            for row in rows
        ],
        batch_size=1000,
    )


@transaction.atomic
def send_back(
    *,
    facts: AnnualFacts,
    version: int,
    by: User,
    at: datetime,
    comments: Mapping[str, str],
    state: FactsStatus,
    url: str,
) -> AnnualFacts:
    """Return facts to the street from `state` with comments by field, "" for the whole.

    Those who fill in are told, with `url` as the way to the form. Raises StepError: another state,
    changed meanwhile, or no comment.
    """
    present = locked_for_step(facts, version)
    _expect(present, state)
    said = {name: text for name, text in comments.items() if text}
    if not said:
        raise StepError("没有写退回意见。写明要改哪一项、怎么改")
    returned = take_step(
        present,
        StepKind.RETURN,
        status=FactsStatus.RETURNED,
        by=by,
        at=at,
        comments=said,
        reviewed_by=None,
    )
    _tell(returned, f"退回修改，意见{len(said)}条", url, by, at)
    return returned


@transaction.atomic
def unlock(
    *, facts: AnnualFacts, version: int, by: User, at: datetime, reason: str, url: str
) -> AnnualFacts:
    """Take a confirmation back while the year's round goes on; the facts are returned.

    Raises StepError: not confirmed, changed meanwhile, the round is over, or a correction waits.
    """
    present = locked_for_step(facts, version)
    _expect(present, FactsStatus.CONFIRMED)
    if not reason:
        raise StepError("没有写撤销原因。写明为什么要撤销确认")
    if why := not_unlockable(present):
        raise StepError(why)
    with unlocked():
        give_reason(f"撤销确认：{reason}")
        returned = take_step(
            present,
            StepKind.UNLOCK,
            status=FactsStatus.RETURNED,
            by=by,
            at=at,
            comments={"": reason},
            reviewed_by=None,
            confirmed_by=None,
            confirmed_at=None,
            makers=_makers(present),
        )
    _tell(returned, "撤销确认，退回修改", url, by, at)
    return returned


def _makers(facts: AnnualFacts) -> list[int]:
    """Who made the figures, with those whose corrections have become part of them."""
    applied = Correction.objects.filter(facts=facts, state=CorrectionState.APPLIED)
    return sorted({*facts.makers, *applied.values_list("proposed_by", flat=True)})


def not_unlockable(facts: AnnualFacts) -> str:
    """Why a confirmation can no longer be taken back, or ''. At most three queries."""
    call = call_for(facts.street_code, facts.year)
    if call is None or call.round.state == RoundState.CLOSED:
        return f"{facts.year}年度没有进行中的填报任务，不能撤销确认，改走更正"
    if Correction.objects.filter(facts=facts, state=CorrectionState.PROPOSED).exists():
        return "有一件更正待批准。先办理更正"
    return ""


def _tell(facts: AnnualFacts, what: str, url: str, by: User, at: datetime) -> None:
    """Tell the street's clerks and whoever handed the facts in. A fixed number of queries."""
    name = names_of({facts.community_id}).get(facts.community_id, facts.code)
    people = offices([facts.street_code], FILLS_IN).get(facts.street_code, [])
    to: Iterable[User] = {*people, *([facts.submitted_by] if facts.submitted_by else [])} - {by}
    text = f"{name}{facts.year}年度数据{what}"
    send(notes=[Note(one, text, url) for one in sorted(to, key=lambda one: one.pk)], at=at)
