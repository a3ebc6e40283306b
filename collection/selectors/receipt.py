"""What a page says of facts that are checked or handed in: number, who, when, what comes next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from collection.choices import StepKind
from collection.models import FactsStep
from collection.rules.checks import LOOK, UNLIKELY
from collection.rules.fields import FIELDS, NONE_SAYS
from collection.rules.merging import UNCHANGED
from collection.selectors.entry import Entry


@dataclass(frozen=True)
class Reason:
    """A field with the question that was asked of it, and the answer."""

    label: str
    question: str
    answer: str


@dataclass(frozen=True)
class Receipt:
    """Number (code-year-round), who and when; reasons, what is worth a look, what was declared."""

    number: str
    by: str
    at: datetime | None
    reasons: Sequence[Reason]
    looks: Sequence[tuple[str, str]]
    declared: Sequence[str]


def receipt_of(entry: Entry) -> Receipt:
    """The receipt of a form whose facts are stored. One query."""
    steps = (
        FactsStep.objects.filter(facts=entry.facts, kind=StepKind.SUBMIT)
        .select_related("by")
        .order_by("-pk")
    )
    last = steps.first()
    turn = last.number if last else 1
    reasons = entry.reasons(entry.texts)
    questions: dict[str, list[str]] = {}
    for one in entry.examined.of(UNLIKELY):
        questions.setdefault(one.name, []).append(one.message)
    return Receipt(
        f"{entry.community.code}-{entry.year}-{turn}",
        last.by.display_name if last else "",
        last.at if last else None,
        [
            Reason(FIELDS[name].label, "；".join(questions.get(name, [])), text)
            for name, text in reasons.items()
        ],
        [(FIELDS[one.name].label, one.message) for one in entry.examined.of(LOOK)],
        _declared(entry),
    )


def _declared(entry: Entry) -> list[str]:
    said = (entry.facts.declared if entry.facts else {}) or {}
    words = [NONE_SAYS[key][0] for key in said.get("none", ()) if key in NONE_SAYS]
    return [*words, *(["各项与上年相同"] if said.get(UNCHANGED) else [])]
