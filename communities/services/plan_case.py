"""A plan with the communities that it concerns, as they stand on a day, for its checks."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from communities.choices import ActKind
from communities.models import Community
from communities.services.plans import Plan, Successor

# kinds whose communities keep all their households
WITHOUT_FLOWS = (ActKind.RENAME, ActKind.RECODE, ActKind.TRANSFER)


@dataclass(frozen=True)
class Mistake:
    """One mistake: the part of the form that it belongs to, what is wrong and how to mend it."""

    item: str
    message: str


class MistakesError(Exception):
    """A plan that cannot take effect, with its mistakes."""

    def __init__(self, mistakes: list[Mistake]) -> None:
        self.mistakes = mistakes
        super().__init__("；".join(one.message for one in mistakes))


@dataclass(frozen=True)
class Case:
    """A plan of a kind, to take effect on a day, within the scope of the office that proposes it.

    `before` holds its communities by key, those of the scope only.
    """

    kind: ActKind
    plan: Plan
    on: datetime.date
    within: str
    before: dict[int, Community]

    @property
    def label(self) -> str:
        return str(self.kind.label)

    @property
    def has_flows(self) -> bool:
        return self.kind not in WITHOUT_FLOWS

    @property
    def reopened(self) -> tuple[int, ...]:
        """Communities that had ended and are to be there again."""
        return self.plan.ending if self.kind == ActKind.REOPEN else ()

    @property
    def dividing(self) -> tuple[int, ...]:
        """Communities that may give up households."""
        return tuple(pk for pk in self.plan.communities if pk not in self.reopened)

    def name(self, pk: int) -> str:
        """What a message calls a community."""
        known = self.before.get(pk)
        return known.short_name if known else f"序号{pk}的社区"

    def renamed(self) -> list[Successor]:
        """Successors whose code or name is not the one that their community has already."""
        return [
            one for one in self.plan.successors if self.designation(one) != (one.code, one.name)
        ]

    def designation(self, successor: Successor) -> tuple[str, str] | None:
        """The code and name that a successor's community has before the act."""
        known = self.before.get(successor.community or 0)
        return (known.code, known.name) if known else None


def read_case(kind: str, plan: Plan, on: datetime.date, within: str) -> Case:
    """The case of a plan. One query."""
    rows = Community.objects.under(within).filter(pk__in=plan.communities).defer("search_grams")
    return Case(ActKind(kind), plan, on, within, {row.pk: row for row in rows})
