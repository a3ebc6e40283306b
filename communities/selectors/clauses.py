"""A clause of a policy text as pages and files name it."""

from __future__ import annotations

from dataclasses import dataclass

from policy.engine import Text
from policy.engine.texts import Provision


@dataclass(frozen=True)
class Clause:
    """A provision as a page names it; title is without 《》."""

    id: str
    title: str
    article: str
    summary: str


def clause_of(text: Text, provision: Provision) -> Clause:
    """A provision of a text, with what a page says of it."""
    return Clause(provision.id, text.title, provision.article, provision.summary)
