"""Corrections of confirmed facts: proposed, applied by another person, refused, withdrawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from accounts.messages import notify, notify_office
from accounts.models import User
from accounts.scope import give_reason
from collection.choices import CorrectionState, StepKind
from collection.models import Correction
from collection.rules.reading import written
from collection.selectors.reviews import names_of
from collection.services.correcting import (
    DETERMINED,
    Proposal,
    consequence_of,
    fields_of,
    read_proposal,
)
from collection.services.facts import StepError, locked_for_step, take_step
from communities.choices import FactsStatus
from communities.models import AnnualFacts
from communities.services.locks import unlocked

DECIDES = "communities.confirm_annualfacts"


class ProposalError(StepError):
    """What was typed cannot be proposed: messages by name of a field, '' for the whole."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        self.errors = dict(errors)
        super().__init__("；".join(errors.values()))


@dataclass(frozen=True)
class Grounds:
    """Why a correction is made, what proves it, and the day that it bears."""

    reason: str
    document: str
    corrected_on: date


@transaction.atomic
def propose(
    *,
    facts: AnnualFacts,
    version: int,
    texts: Mapping[str, str],
    grounds: Grounds,
    by: User,
    at: datetime,
    url: str,
) -> Correction:
    """Keep a correction for the district to decide; the facts stay as they are until then.

    The district's officers are told, with `url` as the way to the list. Raises ProposalError for
    what was typed; StepError when the facts are not confirmed, changed, or another one waits.
    """
    present = locked_for_step(facts, version)
    if present.status != FactsStatus.CONFIRMED:
        raise StepError(f"现在是“{present.get_status_display()}”，还没有确认，直接修改数据")
    proposal = read_proposal(present, texts)
    _refuse_mistakes(proposal)
    correction = Correction(
        facts=present,
        code=present.code,
        year=present.year,
        changes=proposal.changes,
        money=consequence_of(by, present, proposal.columns()).money,
        reason=grounds.reason,
        document=grounds.document,
        corrected_on=grounds.corrected_on,
        proposed_by=by,
        proposed_at=at,
    )
    try:
        with transaction.atomic():
            correction.save(force_insert=True)
    except IntegrityError as error:
        raise StepError("这个社区这一年有一件更正待批准。办完再提出") from error
    text = f"{_name(present)}{present.year}年度数据申请更正，待批准"
    notify_office(code=present.district_code, permission=DECIDES, text=text, url=url, at=at, but=by)
    return correction


def _refuse_mistakes(proposal: Proposal) -> None:
    if proposal.errors:
        raise ProposalError(proposal.errors)
    if not proposal.changes:
        raise ProposalError({"": "没有改动任何一项。改好要更正的数再提出"})


def _name(facts: AnnualFacts) -> str:
    return names_of({facts.community_id}).get(facts.community_id, facts.code)


def _locked(correction: Correction, version: int) -> Correction:
    """The correction, locked, if it waits still at a version. Raises StepError."""
    present = Correction.objects.select_for_update(of=("self",)).get(pk=correction.pk)
    if present.state != CorrectionState.PROPOSED:
        raise StepError(f"这件更正先前办过，现在是“{present.get_state_display()}”")
    if present.version != version:
        raise StepError("你打开以后，这件更正有了新的变化。核对后再办理")
    return present


def _decide(correction: Correction, state: CorrectionState, **columns: Any) -> Correction:
    for name, value in {**columns, "state": state.value}.items():
        setattr(correction, name, value)
    correction.version += 1
    correction.save(update_fields=[*columns, "state", "version"])
    return correction


def stale_fields(correction: Correction, facts: AnnualFacts) -> list[str]:
    """Sentences about fields that changed since the correction was proposed."""
    said = []
    for name, (before, _) in correction.changes.items():
        field = fields_of("")[name]
        now = written(field, getattr(facts, name))
        if now != before:
            said.append(f"{field.label}提出时是{before or '空'}，现在是{now or '空'}")
    return said


@transaction.atomic
def apply(
    *, correction: Correction, version: int, by: User, at: datetime, note: str, url: str
) -> Correction:
    """Change the confirmed facts as proposed and keep what it does to money; another person acts.

    One transaction; the reason stands with the history of the facts. Raises StepError: decided
    already, the own proposal, the facts changed since, or the figures no longer possible.
    """
    present = _locked(correction, version)
    if present.proposed_by_id == by.pk:
        raise StepError("更正由你提出，换一人批准")
    facts = AnnualFacts.objects.select_for_update(of=("self",)).get(pk=present.facts_id)
    if facts.status != FactsStatus.CONFIRMED:
        raise StepError(f"数据现在是“{facts.get_status_display()}”，不能更正。不予更正或等重新确认")
    if said := stale_fields(present, facts):
        raise StepError(f"提出以后数据变了：{'；'.join(said)}。不予更正，按现在的数重新提出")
    texts = {name: after for name, (_, after) in present.changes.items()}
    proposal = read_proposal(facts, texts)
    if proposal.errors:
        raise StepError(f"{'；'.join(proposal.errors.values())}。不予更正，改好后重新提出")
    money = consequence_of(by, facts, proposal.columns()).money
    _change(facts, present, proposal, by, at)
    done = _decide(
        present,
        CorrectionState.APPLIED,
        money=money,
        decided_by=by,
        decided_at=at,
        decision_note=note,
    )
    _answer(done, facts, "已更正", url, at)
    return done


def _change(
    facts: AnnualFacts, correction: Correction, proposal: Proposal, by: User, at: datetime
) -> None:
    """Store the changed columns with their reason, and the step."""
    changed = proposal.columns()
    reasons = facts.reasons | dict.fromkeys(
        [name for name in proposal.changes if name != DETERMINED.name], correction.reason
    )
    with unlocked():
        give_reason(f"更正：{correction.reason}（{correction.document}）")
        take_step(
            facts,
            StepKind.CORRECT,
            status=FactsStatus.CONFIRMED,
            by=by,
            at=at,
            comments={
                "": correction.reason,
                **{
                    name: f"{before or '空'}改为{after or '空'}"
                    for name, (before, after) in proposal.changes.items()
                },
            },
            **changed,
            reasons=reasons,
        )


@transaction.atomic
def refuse(
    *, correction: Correction, version: int, by: User, at: datetime, note: str, url: str
) -> Correction:
    """Leave the facts as they are and say why. Raises StepError."""
    present = _locked(correction, version)
    if present.proposed_by_id == by.pk:
        raise StepError("更正由你提出，可以撤回")
    if not note:
        raise StepError("没有写不予更正的理由。写明理由")
    done = _decide(
        present, CorrectionState.REFUSED, decided_by=by, decided_at=at, decision_note=note
    )
    _answer(done, done.facts, "申请的更正不予更正", url, at)
    return done


@transaction.atomic
def withdraw(*, correction: Correction, version: int, by: User, at: datetime) -> Correction:
    """Take back one's own proposal. Raises StepError."""
    present = _locked(correction, version)
    if present.proposed_by_id != by.pk:
        raise StepError("更正由别人提出，由提出人撤回")
    return _decide(present, CorrectionState.WITHDRAWN, decided_by=by, decided_at=at)


def _answer(correction: Correction, facts: AnnualFacts, what: str, url: str, at: datetime) -> None:
    text = f"{_name(facts)}{facts.year}年度数据{what}"
    notify(to=[correction.proposed_by], text=text, url=url, at=at)
