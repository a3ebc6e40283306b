"""What a clerk is told of facts that can no longer be typed: by whom, since when, the way out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from accounts.models import User
from accounts.scope import contains
from collection.selectors.entry import Entry
from collection.selectors.stored import confirmed_words, submitted_words
from communities.choices import FactsStatus


@dataclass(frozen=True)
class Lock:
    """`words`: who handed in or confirmed them, and the state; `way`: how they are changed."""

    words: str
    way: str
    is_confirmed: bool = False
    may_withdraw: bool = False


def lock_of(entry: Entry, on: date, office: str, scope: str) -> Lock:
    """The lock of facts that were handed in; `office`: the bureau that confirms. No query.

    For facts with their people read (selectors.entry.get_entry), as a person of a scope has it:
    what a wider office handed in is not for the street to take back.
    """
    facts = entry.facts
    if facts is None or entry.is_open:
        raise ValueError("these facts are open")
    if facts.status == FactsStatus.CONFIRMED:
        words = confirmed_words(_name(facts.confirmed_by), facts.confirmed_at)
        return Lock(f"{words}，作为测算依据", f"要改走“更正”，由{office}批准", is_confirmed=True)
    words = submitted_words(_name(facts.submitted_by), facts.status)
    if facts.submitted_by and not contains(scope, facts.submitted_by.scope):
        return Lock(words, f"要改由{facts.submitted_by.office}退回")
    if not entry.barrier(on):
        return Lock(words, "要改先撤回", may_withdraw=True)
    who = "街道审核人" if facts.status == FactsStatus.SUBMITTED else office
    return Lock(words, f"填报已截止或结束，不能撤回。要改由{who}退回")


def _name(person: User | None) -> str:
    return person.display_name if person else ""
