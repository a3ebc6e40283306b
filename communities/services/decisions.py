"""The government's decision on a change act, and what is asked of it before it is kept."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError

from accounts.models import User
from communities.models import ChangeAct
from communities.services.facts_succession import rewriting_words
from communities.services.plan_checks import MistakesError, check_effect
from communities.services.plans import Plan

EARLY = "生效日期{effective}早于批复日期{decided}。改其中一个日期"
TO_CONFIRM = "{said}。勾选“确认更改以前年度”并写明理由，或改生效日期"


@dataclass(frozen=True)
class Decision:
    """What the government decided, with the file that says so."""

    authority: str
    doc_no: str
    decided_on: datetime.date
    effective_on: datetime.date
    file: Any
    title: str
    # why confirmed years of before may change; empty: they may not
    past_reason: str = ""


def check_days(decision: Decision) -> None:
    """Raise ValidationError for an effective day before that of the decision."""
    effective, decided = decision.effective_on, decision.decided_on
    if effective < decided:
        raise ValidationError({"effective_on": EARLY.format(effective=effective, decided=decided)})


def check_decision(
    act: ChangeAct, plan: Plan, decision: Decision, *, by: User, on: datetime.date
) -> str:
    """What a decision changes of years that are reported, in words; '' for nothing.

    `on` is today. Raises MistakesError when the plan cannot be carried out on the effective day,
    ValidationError when years change and the decision does not say why they may.
    """
    if mistakes := check_effect(act, plan, decision.effective_on):
        raise MistakesError(mistakes)
    said = rewriting_words(by, plan, act.kind, decision.effective_on, on)
    if said and not decision.past_reason:
        raise ValidationError({"past_reason": TO_CONFIRM.format(said=said)})
    return said


def comment_of(decision: Decision, said: str) -> str:
    """What the step of a decision says: the document, the day, and years of before that change."""
    words = f"{decision.authority}{decision.doc_no}，{decision.effective_on}起生效"
    return f"{words}，确认更改以前年度（{said}），{decision.past_reason}" if said else words
