"""Which round asks a community for a year's facts, and until when; which rounds a person sees."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from accounts.models import User
from accounts.scope import STREET, WHOLE_COUNTRY, contains
from collection.choices import RoundState
from collection.models import Extension, Round
from communities.choices import CommitteeKind, FactsStatus
from communities.models import Community


@dataclass(frozen=True)
class Call:
    """A round as one street has it: its last day may have been moved."""

    round: Round
    street: str
    closes_on: date
    extended_for: str = ""

    def is_open(self, on: date) -> bool:
        """Whether facts may be handed in on a day."""
        started = self.round.state == RoundState.OPEN and self.round.opens_on <= on
        return started and on <= self.closes_on

    def left_days(self, on: date) -> int:
        """Days left after a day; 0 on the last one, negative when it is over."""
        return (self.closes_on - on).days

    @property
    def asked(self) -> list[str]:
        """Names of the fields that are asked, in the order of AnnualFacts."""
        return list(self.round.asked)


def call_for(code: str, year: int) -> Call | None:
    """The round that asks a street (9 digits) or a community (12) for a year, or None.

    An open round comes before one that is over, the district's before the city's, the later before
    the earlier; drafts do not count. At most two queries.
    """
    return calls_for([code[:STREET]], year).get(code[:STREET])


def calls_for(streets: Iterable[str], year: int) -> dict[str, Call]:
    """The rounds that ask streets (codes of 9 digits) for a year, by street. Two queries."""
    wanted = sorted(set(streets))
    rounds = list(
        Round.objects.of_year(year)
        .exclude(state=RoundState.DRAFT)
        .filter(code__in={street[:length] for street in wanted for length in (4, 6)})
    )
    rounds.sort(key=lambda one: (one.state == RoundState.OPEN, one.code, one.pk))
    moved: dict[tuple[int, str], Extension] = {}
    if rounds:
        extensions = Extension.objects.filter(round__in=rounds, code__in=wanted).order_by("pk")
        moved = {(one.round_id, one.code): one for one in extensions}
    found: dict[str, Call] = {}
    for street in wanted:
        for one in rounds:
            if street.startswith(one.code) and street in (one.street_codes or [street]):
                found[street] = call_of(one, street, moved.get((one.pk, street)))
    return found


def barrier(call: Call | None, year: int, on: date, status: str = "") -> str:
    """Why facts of a year may not be handed in on a day, as a sentence; '' where they may.

    status: of the facts. What was returned may be handed in after the last day, as long as the
    round goes on: a review takes its time.
    """
    if call is None:
        return f"{year}年度还没有给这个街道下达填报任务，不能提交。联系县（市、区）民政局"
    if call.is_open(on):
        return ""
    if on < call.round.opens_on:
        return f"填报从{call.round.opens_on}开始，到时再提交。填的内容已存为草稿"
    if call.round.state != RoundState.OPEN:
        return f"{call.round.title}已结束，不能再提交。填的内容都在，联系下达任务的民政局"
    if status == FactsStatus.RETURNED:
        return ""
    return f"填报已于{call.closes_on}截止。填的内容都在，先申请延期再提交"


def may_ask(call: Call | None) -> bool:
    """Whether a street may ask for a later last day: as long as its round goes on."""
    return call is not None and call.round.state == RoundState.OPEN


def call_of(one: Round, street: str, moved: Extension | None) -> Call:
    """A round as a street has it; an extension counts where it is later than the round's end."""
    if moved is None or moved.closes_on <= one.closes_on:
        return Call(one, street, one.closes_on)
    return Call(one, street, moved.closes_on, moved.reason)


def asked_communities(prefix: str, on: date) -> QuerySet[Community]:
    """The communities that a round asks: the urban ones under a division that exist on a day.

    Those whom the request's scope shows; callers narrow by `for_user` where a page reads them.
    """
    found: QuerySet[Community] = (
        Community.objects.under(prefix).as_of(on).filter(committee_kind=CommitteeKind.RESIDENTS)
    )
    return found


def rounds_for(user: User) -> QuerySet[Round]:
    """The rounds that a person may read: those of the scope, and those above that address it.

    Drafts are for whoever runs rounds at that level or above. A street reads those that ask it.
    """
    rows = Round.objects.for_user(user).select_related("made_by")
    if len(user.scope) >= STREET:
        rows = rows.addressing(user.scope)
    if not user.has_perm("collection.run_round"):
        found: QuerySet[Round] = rows.exclude(state=RoundState.DRAFT)
    else:
        within = {} if user.scope == WHOLE_COUNTRY else {"code__startswith": user.scope}
        found = rows.filter(~Q(state=RoundState.DRAFT) | Q(**within))
    return found


def get_round(user: User, pk: int) -> Round | None:
    """A round that a person may read, or None. One query."""
    return rounds_for(user).filter(pk=pk).first()


def part_of(user: User, one: Round) -> str:
    """The part of a round in a person's scope, as a prefix: of a city's, the own district."""
    return one.code if contains(user.scope, one.code) else user.scope


def may_run(user: User, one: Round) -> bool:
    """Whether a person may change, open, extend and close a round: the office that made it."""
    return user.scope == one.code and user.has_perm("collection.run_round")
