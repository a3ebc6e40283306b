"""Writes of shares: which communities use premises from a day on, in what parts of the whole."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from math import gcd, lcm

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from accounts.scope import STREET, give_reason
from communities.models import Community
from communities.services.parts import ended_words
from facilities.models import Premises, Share
from facilities.models.premises import MOST_PARTS
from facilities.services.premises import open_premises

TOO_FINE = "份数太细，和先前的份额合不成整数份。改用较小的份数，如按整平方米"


@transaction.atomic
def set_shares(
    *,
    premises: Premises,
    parts: Mapping[int, int],
    total: int,
    since: date | None,
    version: int,
    on: date,
    reason: str = "",
) -> Premises:
    """Let communities use premises in `parts` of `total` from a day on; return the premises.

    parts: by key of the community, at least one each; what is left over serves nobody. since: a
    day, None for as long as the premises are there. What was shared before that day stays as it
    was; all parts are kept in one total, scaled where needed. on: today. Raises ValidationError in
    words for communities of another street or ended, days outside the premises, parts over the
    whole, and when the premises were changed since `version`.
    """
    held = open_premises(premises.pk, on)
    if held.version != version:
        raise ValidationError("你打开以后，有人改过这处用房。回到用房页面，看过现在的份额再改")
    since = _day_within(held, since)
    _check_parts(parts, total)
    sharers = _sharers(held, parts, since, on)
    if reason:
        give_reason(reason)
    earlier = _cut(held, since)
    scale = _common(held, earlier, total)
    found = {one.pk: one.parts * scale // held.total_parts for one in earlier}
    wanted = {key: number * scale // total for key, number in parts.items()}
    by = gcd(scale, *found.values(), *wanted.values())
    if scale // by > MOST_PARTS:
        raise ValidationError(TOO_FINE)
    for one in earlier:
        number = found[one.pk] // by
        if one.parts != number:
            Share.objects.filter(pk=one.pk).update(parts=number, version=F("version") + 1)
    Share.objects.bulk_create(
        Share(
            premises=held,
            community=community,
            code=community.code,
            parts=wanted[community.pk] // by,
            valid_from=since,
            valid_until=held.valid_until,
            ends_with_premises=held.valid_until is not None,
            is_demo=held.is_demo,
        )
        for community in sharers
    )
    Premises.objects.filter(pk=held.pk).update(total_parts=scale // by, version=F("version") + 1)
    held.refresh_from_db()
    return held


def _day_within(premises: Premises, since: date | None) -> date | None:
    first, last = premises.valid_from, premises.valid_until
    if since is None:
        return first
    if first is not None and since < first:
        raise ValidationError({"since": f"{since}早于用房启用日期{first}。改晚，或先改用房"})
    if last is not None and since >= last:
        raise ValidationError({"since": f"用房已于{last}终止，{since}不早于它。改早"})
    return since


def _check_parts(parts: Mapping[int, int], total: int) -> None:
    given = sum(parts.values())
    if not parts or min(parts.values()) < 1:
        raise ValidationError("没有社区使用这处用房。至少填一个社区的份额")
    if given > total:
        raise ValidationError(f"各社区合计{given}，大于总数{total}。改小其中一个，或改总数")


def _sharers(
    premises: Premises, parts: Mapping[int, int], since: date | None, on: date
) -> list[Community]:
    """The communities that are to share, held; all of the street of the premises, none ended."""
    rows = Community.objects.select_for_update(no_key=True).filter(pk__in=parts).order_by("pk")
    found = list(rows)
    street = premises.code[:STREET]
    if len(found) < len(parts) or any(one.code[:STREET] != street for one in found):
        raise ValidationError("有的社区不在用房所在的街道。合用的社区限同一街道")
    for one in found:
        if said := ended_words(one, one.short_name, on):
            raise ValidationError(f"{said}，不再分给它份额")
        if one.valid_from is not None and since is not None and since < one.valid_from:
            raise ValidationError(
                {"since": f"{one.short_name}{one.valid_from}设立，{since}还没有。改晚日期"}
            )
    return found


def _cut(premises: Premises, since: date | None) -> list[Share]:
    """End or remove what is shared from a day on; return the shares of before."""
    shares = list(Share.objects.select_for_update().filter(premises=premises).order_by("pk"))
    earlier = []
    for one in shares:
        if since is None or (one.valid_from is not None and one.valid_from >= since):
            one.delete()
            continue
        earlier.append(one)
        if one.valid_until is None or one.valid_until > since:
            Share.objects.filter(pk=one.pk).update(
                valid_until=since, ends_with_premises=False, version=F("version") + 1
            )
    return earlier


def _common(premises: Premises, earlier: list[Share], total: int) -> int:
    """The total in which the shares of before and the new ones are both whole parts."""
    return lcm(premises.total_parts, total) if earlier else total
