"""Corrections of confirmed facts: the list of a scope, those of one year's facts, one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Q

from accounts.messages import offices
from accounts.models import User
from collection.choices import CorrectionState
from collection.models import Correction
from collection.rules.fields import FIELDS
from collection.selectors.amounts import Amount, Moved, yuan
from communities.choices import FactsStatus
from communities.models import AnnualFacts, Community
from communities.selectors.places import addresses_of
from policy.engine import catalogue

DECIDES = "communities.confirm_annualfacts"
DETERMINED_LABEL = "核定户数"
TONES = {
    CorrectionState.PROPOSED: "warn",
    CorrectionState.APPLIED: "",
    CorrectionState.REFUSED: "bad",
    CorrectionState.WITHDRAWN: "plain",
}


@dataclass(frozen=True)
class CorrectionQuery:
    """Which corrections are listed: of a state, a year, communities by part of name or code."""

    state: str = ""
    year: int | None = None
    text: str = ""

    @property
    def narrowed(self) -> bool:
        return bool(self.state or self.year or self.text)


def list_corrections(user: User, query: CorrectionQuery) -> Any:
    """The corrections of the user's scope as a query set, newest first."""
    rows = Correction.objects.for_user(user).select_related("facts", "proposed_by", "decided_by")
    if query.state:
        rows = rows.filter(state=query.state)
    if query.year:
        rows = rows.filter(year=query.year)
    if query.text:
        named = Community.objects.for_user(user).matching(query.text).values("pk")
        found = Q(facts__community__in=named)
        if query.text.isascii() and query.text.isdigit():
            found |= Q(code__startswith=query.text)
        rows = rows.filter(found)
    return rows.order_by("-pk")


def count_waiting(user: User) -> int:
    """How many corrections wait for this person's decision. One query, none without the right."""
    if not user.has_perm(DECIDES):
        return 0
    rows = Correction.objects.for_user(user).filter(state=CorrectionState.PROPOSED)
    number: int = rows.exclude(proposed_by=user).count()
    return number


@dataclass(frozen=True)
class Change:
    """One fact before and after, as texts; '' where empty."""

    label: str
    unit: str
    before: str
    after: str


@dataclass(frozen=True)
class CorrectionRow:
    """A correction in a list: whose, what changes, and by how much money moves."""

    correction: Correction
    name: str
    # the code and query under which the community's pages are
    code: str
    query: str
    changes: tuple[Change, ...]
    tone: str

    @property
    def money(self) -> Moved | None:
        """The community's yearly sum before and after as kept, None where nothing was."""
        return kept_money(self.correction)[1]


def correction_rows(user: User, corrections: Sequence[Correction]) -> list[CorrectionRow]:
    """Lines of a list. Two queries for names and addresses."""
    keys = {one.facts.community_id for one in corrections}
    names = dict(Community.objects.filter(pk__in=keys).values_list("pk", "short_name"))
    addresses = addresses_of(user, keys)
    rows = []
    for one in corrections:
        found = addresses.get(one.facts.community_id)
        rows.append(
            CorrectionRow(
                correction=one,
                name=names.get(one.facts.community_id, one.code),
                code=found.code if found else one.code,
                query=found.query if found else "",
                changes=tuple(changes_of(one)),
                tone=TONES[CorrectionState(one.state)],
            )
        )
    return rows


def changes_of(correction: Correction) -> list[Change]:
    """What a correction changes, in the order of the form."""
    order = ["households", *FIELDS]
    names = sorted(correction.changes, key=order.index)
    return [Change(*label_of(name), *correction.changes[name]) for name in names]


def label_of(name: str) -> tuple[str, str]:
    """A fact's label and unit."""
    if name in FIELDS:
        return FIELDS[name].label, FIELDS[name].unit
    return DETERMINED_LABEL, "户"


def kept_money(correction: Correction) -> tuple[list[Moved], Moved | None]:
    """The sums kept with a correction by subject, and together; no sum where nothing was kept."""
    lines = [
        Moved(_subject(key), _amount(before), _amount(after))
        for key, (before, after) in correction.money.items()
    ]
    if not lines:
        return [], None
    sides = ([one.before for one in lines], [one.after for one in lines])
    sums = [
        Amount(
            sum((amount.value or Decimal(0) for amount in side), Decimal("0.00")),
            part=any(amount.value is None for amount in side),
        )
        for side in sides
    ]
    alike = all((one.before.value is None) == (one.after.value is None) for one in lines)
    return lines, Moved("合计", sums[0], sums[1], alike)


def _subject(key: str) -> str:
    known = catalogue().subjects
    return known[key].label if key in known else key


def _amount(fen: int | None) -> Amount:
    return Amount(None, "不能测算") if fen is None else Amount(yuan(fen))


def get_correction(user: User, pk: int) -> Correction | None:
    """A correction inside the user's scope, or None. One query."""
    rows = Correction.objects.for_user(user).filter(pk=pk)
    found: Correction | None = rows.select_related("facts", "proposed_by", "decided_by").first()
    return found


def corrections_of(user: User, facts: AnnualFacts) -> list[CorrectionRow]:
    """The corrections of one row, newest first. Three queries, one where there are none."""
    rows = list(
        Correction.objects.for_user(user)
        .filter(facts=facts)
        .select_related("facts", "proposed_by", "decided_by")
        .order_by("-pk")
    )
    return correction_rows(user, rows) if rows else []


@dataclass(frozen=True)
class Steps:
    """What a person may do with a correction; note says why not."""

    decide: bool = False
    withdraw: bool = False
    note: str = ""


def steps_for(user: User, correction: Correction) -> Steps:
    """What a person may do with a correction now. No query."""
    if correction.state != CorrectionState.PROPOSED:
        return Steps()
    own = correction.proposed_by_id == user.pk
    if own:
        return Steps(withdraw=True, note="由你提出，换一人批准")
    return Steps(decide=user.has_perm(DECIDES))


def deciders_of(user: User, facts: AnnualFacts) -> list[User]:
    """The people of the district who may decide what this person proposes. One query."""
    found = offices([facts.district_code], DECIDES)[facts.district_code]
    return [one for one in found if one != user]


def may_propose(user: User, facts: AnnualFacts) -> bool:
    """Whether a person may ask for a correction of facts as they are."""
    confirmed = facts.status == FactsStatus.CONFIRMED
    return confirmed and user.has_perm("communities.change_annualfacts")
