"""Shares of communities that end go on in their successors, and records of premises follow them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import gcd
from typing import Any

from django.db.models import F, Q

from communities.models import Community
from communities.querysets import not_ended
from communities.services.succession import Succession, free_name
from facilities.models import (
    Contract,
    CorrectionOrder,
    HallCheck,
    Inspection,
    Premises,
    Room,
    Share,
    SpacePaper,
    SpacePaperContent,
)
from facilities.rules.areas import within

# how records hang on premises; those with a version get the next one
RECORDS: tuple[tuple[Any, str], ...] = (
    (Room, "premises"),
    (Contract, "premises"),
    (Inspection, "premises"),
    (CorrectionOrder, "inspection__premises"),
    (HallCheck, "premises"),
)
# how papers hang on them
PAPERS = ("premises", "inspection__premises", "order__inspection__premises", "hall_check__premises")


@dataclass(frozen=True)
class Span:
    """Parts of a community from a day until before another; None is without end."""

    parts: int
    since: date
    until: date | None


def living_shares(premises: int, on: date) -> list[Share]:
    """Shares of premises that have not ended by a day, with their communities, by first day."""
    rows = Share.objects.filter(not_ended(on), premises=premises).select_related("community")
    return list(rows.order_by("valid_from", "pk"))


def in_use(on: date) -> Q:
    """The condition that the premises of a share have not ended by a day."""
    return Q(premises__valid_until__isnull=True) | Q(premises__valid_until__gt=on)


def since_of(row: Any, on: date) -> date:
    """The day from which what is left of a dated row counts, not before `on`."""
    return on if row.valid_from is None else max(row.valid_from, on)


def days_of(rows: Iterable[Any], on: date) -> list[date]:
    """The days from `on` on which anything of some dated rows begins or ends, `on` first."""
    listed = list(rows)
    begun = {since_of(row, on) for row in listed}
    ended = {row.valid_until for row in listed if row.valid_until and row.valid_until > on}
    return sorted({on} | begun | ended)


def covering(rows: Iterable[Any], day: date) -> list[Any]:
    """The dated rows that are there on a day."""
    return [row for row in rows if within(row.valid_from, row.valid_until, day)]


def pass_shares(succession: Succession) -> None:
    """Let the shares of communities that end go on in who takes over, from the act's day.

    Where the receiver shares the premises already, its parts and theirs are one share. Without a
    successor a share ends. What had ended before stays as it was.
    """
    rows = Share.objects.filter(
        not_ended(succession.on), in_use(succession.on), community__in=succession.ending
    )
    for premises in sorted(set(rows.values_list("premises_id", flat=True))):
        held = Premises.objects.select_for_update().get(pk=premises)
        _pass(succession, held, living_shares(premises, succession.on))


def receiver_of(succession: Succession, premises: Premises, community: int) -> Community | None:
    """Who takes over premises of a community that ends: who gets their estate, else its receiver.

    The estate decides where the plan of the act names it.
    """
    if premises.estate_id in succession.plan.estates:
        return succession.successors[succession.plan.estates[premises.estate_id]]
    return succession.receiver(community)


def _pass(succession: Succession, premises: Premises, shares: Sequence[Share]) -> None:
    leaving = [one for one in shares if one.community_id in succession.ending]
    gained: dict[Community, list[Share]] = defaultdict(list)
    for one in leaving:
        if target := receiver_of(succession, premises, one.community_id):
            gained[target].append(one)
    keeping = {target.pk: [one for one in shares if one.community_id == target.pk]
        for target in gained}  # fmt: skip
    stop(leaving, succession.on)
    for target, parts in gained.items():
        own = keeping[target.pk]
        spans = spans_of([*parts, *own], succession.on)
        stop(own, succession.on)
        for span in spans:
            begin(premises, target, span, is_demo=premises.is_demo)


def spans_of(shares: Sequence[Share], on: date) -> list[Span]:
    """The parts of some shares together, from a day on, without days of none."""
    days = days_of(shares, on)
    spans: list[Span] = []
    for place, day in enumerate(days):
        until = days[place + 1] if place + 1 < len(days) else None
        parts = sum(one.parts for one in covering(shares, day))
        if spans and spans[-1].until == day and spans[-1].parts == parts:
            spans[-1] = Span(parts, spans[-1].since, until)
        elif parts:
            spans.append(Span(parts, day, until))
    return spans


def stop(shares: Iterable[Share], on: date) -> None:
    """End shares on a day; those that would begin then or later never do."""
    begun = [one.pk for one in shares if one.valid_from is None or one.valid_from < on]
    coming = [one.pk for one in shares if one.pk not in begun]
    Share.objects.filter(pk__in=begun).update(valid_until=on, version=F("version") + 1)
    Share.objects.filter(pk__in=coming).delete()


def settle_parts(premises: Premises, shares: Sequence[Share]) -> None:
    """Give premises some shares that are all there are, so that nothing is nobody's on any day.

    Shares whose sum is another in other days are told anew: those that go on are the whole.
    """
    days = days_of(shares, date.min)
    present = {day: there for day in days if (there := covering(shares, day))}
    sums = {sum(one.parts for one in there) for there in present.values()}
    total = sums.pop()
    if not sums:
        moved = Share.objects.filter(pk__in=[one.pk for one in shares]).exclude(premises=premises)
        moved.update(premises=premises, version=F("version") + 1)
    else:
        parts = [one.parts for one in present.get(days[-1], ())]
        total = sum(parts) // gcd(*parts) if parts else 1
        Share.objects.filter(pk__in=[one.pk for one in shares]).delete()
        for community, span in _spans_in_lowest(days, present, total):
            begin(premises, community, span, is_demo=premises.is_demo)
    if premises.total_parts != total:
        Premises.objects.filter(pk=premises.pk).update(total_parts=total, version=F("version") + 1)


def _spans_in_lowest(
    days: Sequence[date], present: Mapping[date, Sequence[Share]], total: int
) -> list[tuple[Community, Span]]:
    """The parts of shares in the least numbers that come to `total` at least, day by day."""
    spans: dict[Community, list[Span]] = defaultdict(list)
    for day, until in zip(days, [*days[1:], None], strict=True):
        there = present.get(day, ())
        by = gcd(*(one.parts for one in there))
        factor = -(-total // (sum(one.parts for one in there) // by)) if there else 0
        for one in there:
            parts, own = one.parts // by * factor, spans[one.community]
            if own and own[-1].until == day and own[-1].parts == parts:
                own[-1] = Span(parts, own[-1].since, until)
            else:
                own.append(Span(parts, day, until))
    return [(community, one) for community, several in spans.items() for one in several]


def begin(premises: Premises, community: Community, span: Span, *, is_demo: bool = False) -> None:
    """Give a community parts of premises for some days."""
    Share.objects.create(
        premises=premises,
        community=community,
        code=community.code,
        parts=span.parts,
        valid_from=None if span.since == date.min else span.since,
        valid_until=span.until,
        is_demo=is_demo,
    )


def pass_records(succession: Succession) -> None:
    """Give the records of premises of communities that end to who takes over, else to a sharer.

    Premises that nobody takes over keep their rows under the community that has ended.
    """
    rows = Premises.objects.filter(not_ended(succession.on), community__in=succession.ending)
    for premises in rows.order_by("pk").select_for_update():
        target = receiver_of(succession, premises, premises.community_id)
        target = target or largest(living_shares(premises.pk, succession.on))
        if target is not None:
            former = succession.before[premises.community_id].short_name
            give_records(premises, target, former)


def largest(shares: Sequence[Share]) -> Community | None:
    """Who has most parts, the first code of equals; None without any share."""
    if not shares:
        return None
    return min(shares, key=lambda one: (-one.parts, one.community.code)).community


def give_records(premises: Premises, to: Community, former: str) -> None:
    """Let a community keep premises and their records; a name it has already gets a new ending."""
    taken = Premises.objects.filter(community=to, valid_until=None).exclude(pk=premises.pk)
    limit = Premises._meta.get_field("name").max_length or 0
    names = set(taken.values_list("name", flat=True))
    premises.name = free_name(premises.name, former, names, limit)
    premises.community, premises.code = to, to.code
    premises.version += 1
    premises.save(update_fields=["name", "community", "code", "version"])
    settle_records([premises.pk], to)


def settle_records(premises: Sequence[int], to: Community) -> None:
    """Give everything that is recorded of premises the community that keeps them, and its code."""
    for model, path in RECORDS:
        rows = model.objects.filter(**{f"{path}__in": premises}).exclude(community=to, code=to.code)
        rows.update(community=to, code=to.code, version=F("version") + 1)
    hanging = Q()
    for path in PAPERS:
        hanging |= Q(**{f"{path}__in": premises})
    papers = list(SpacePaper.objects.filter(hanging).values_list("pk", flat=True))
    SpacePaper.objects.filter(pk__in=papers).update(community=to, code=to.code)
    SpacePaperContent.objects.filter(paper__in=papers).update(community=to, code=to.code)
