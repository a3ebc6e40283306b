"""Checks that move money: paid twice, paid after leaving, paid by the wrong purse."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from itertools import combinations, groupby

import numpy as np

from policy.engine import Facts, judge
from staffing.choices import Identity, PayChannel
from staffing.choices import Post as Posts
from staffing.rules.pay_months import last_day, month_text, months_between
from staffing.selectors.checks_ground import Finding, Ground, Pay, Post

NOT_FUNDED = {PayChannel.OWN: "报酬渠道是原渠道", PayChannel.UNPAID: "登记为不领报酬"}


def in_two_communities(ground: Ground) -> list[Finding]:
    """One identity with paid posts in two communities at a time, this year. No query of its own."""
    since = date(ground.on.year, 1, 1)
    found = []
    for _, held in groupby(ground.posts, key=lambda one: one.who):
        paid = [
            one
            for one in held
            if one.pay_channel == PayChannel.FUNDED
            and (one.valid_until is None or one.valid_until > since)
        ]
        meeting: dict[tuple[int, int], list[tuple[Post, Post]]] = defaultdict(list)
        for first, second in combinations(paid, 2):
            if first.community != second.community and first.meets(second):
                meeting[first.community, second.community].append((first, second))
        found += [_twice(pairs) for pairs in meeting.values()]
    return found


def _twice(pairs: list[tuple[Post, Post]]) -> Finding:
    """All posts of a person that meet in two communities, as one line."""
    since = min(max(first.valid_from, second.valid_from) for first, second in pairs)
    ends = [_earlier(first.valid_until, second.valid_until) for first, second in pairs]
    until = "至今" if None in ends else f"至{max(end for end in ends if end is not None)}"
    first, second = pairs[0]
    here, there = ("、".join(dict.fromkeys(map(_label, side))) for side in zip(*pairs, strict=True))
    text = f"任{here}，同时在{second.place}（{second.code}）任{there}"
    text += f"，都从社区经费领报酬，{since}{until}"
    return Finding(first.code, first.place, text, first.person, first.name)


def _earlier(first: date | None, second: date | None) -> date | None:
    """The earlier of two ends; None is without end."""
    ends = [end for end in (first, second) if end is not None]
    return min(ends, default=None)


def paid_twice(ground: Ground) -> list[Finding]:
    """Pay records of one identity from the funds that overlap in months. No query of its own."""
    found = []
    for _, rows in groupby(_funded(ground), key=lambda one: (one.who, one.year)):
        for first, second in combinations(rows, 2):
            if first.first <= second.last and second.first <= first.last:
                shared = range(max(first.first, second.first), min(first.last, second.last) + 1)
                where = "本社区另一条" if first.community == second.community else second.place
                text = f"{first.year}年{month_text(shared)}另在{where}实发，重复领取"
                found.append(Finding(first.code, first.place, text, first.person, first.name))
    return found


def paid_outside(ground: Ground) -> list[Finding]:
    """Months that were paid from the funds without a post on any day of the month."""
    posts = _posts(ground)
    found = []
    for pay in _funded(ground):
        held = posts.get((pay.who, pay.community), [])
        months = [
            month
            for month in months_between(pay.first, pay.last)
            if not any(_in_month(one, pay.year, month) for one in held)
        ]
        if months:
            text = f"{pay.year}年{month_text(months)}没有任职，仍有实发（{pay.months}{_yuan(pay)}）"
            found.append(Finding(pay.code, pay.place, text, pay.person, pay.name))
    return found


def _posts(ground: Ground) -> dict[tuple[str, int], list[Post]]:
    """The posts of each person in each community."""
    posts: dict[tuple[str, int], list[Post]] = defaultdict(list)
    for one in ground.posts:
        posts[one.who, one.community].append(one)
    return posts


def _in_month(post: Post, year: int, month: int) -> bool:
    last = last_day(year, month)
    return post.valid_from <= last and (
        post.valid_until is None or post.valid_until > last.replace(day=1)
    )


def paid_by_the_funds(ground: Ground) -> list[Finding]:
    """Posts and pay of the funds where the original channel pays: by the clause, or as registered.

    The queries of the assessment.
    """
    clauses = _own_channel(ground, ground.held)
    found = []
    for place, one in enumerate(ground.held):
        if place in clauses and one.pay_channel == PayChannel.FUNDED:
            text = f"身份是{Identity(one.identity).label}，由原渠道付酬，报酬渠道登记为社区经费"
            found.append(
                Finding(one.code, one.place, text, one.person, one.name, clause=clauses[place])
            )
    posts = _posts(ground)
    for pay in _funded(ground):
        held = posts.get((pay.who, pay.community), [])
        for channel, said in NOT_FUNDED.items():
            months = [
                month
                for month in months_between(pay.first, pay.last)
                if _channel(held, pay.year, month) == channel
            ]
            if months:
                text = f"{said}，{_paid_in(pay, months)}"
                found.append(Finding(pay.code, pay.place, text, pay.person, pay.name))
    return found


def _channel(held: list[Post], year: int, month: int) -> str:
    """The channel that is registered for a month, '' where there is no post.

    A month in which the channel changes is not blamed: the funds may have paid a part of it.
    """
    posts = [one for one in held if _in_month(one, year, month)]
    last = last_day(year, month)
    own = [one for one in posts if one.pay_channel == PayChannel.OWN]
    if any(one.holds(last.replace(day=1)) and one.holds(last) for one in own):
        return PayChannel.OWN
    channels = {one.pay_channel for one in posts}
    order = (PayChannel.FUNDED, PayChannel.OWN, PayChannel.UNPAID)
    return next((one for one in order if one in channels), "")


def _paid_in(pay: Pay, months: list[int]) -> str:
    """In which months of a record the funds paid, and the sum of the record."""
    if len(months) == len(months_between(pay.first, pay.last)):
        return f"{pay.months}又从社区经费实发{_yuan(pay)}"
    return f"{pay.year}年{month_text(months)}又从社区经费实发（{pay.months}共{_yuan(pay)}）"


def _own_channel(ground: Ground, posts: list[Post]) -> dict[int, str]:
    """The clause by which the original channel pays a post, by its place."""
    if not posts:
        return {}
    found: dict[int, str] = {}
    for one in judge(ground.assessment.policy.stack, facts_of(posts)):
        if one.provision.paid_by:
            words = f"《{one.text.title}》{one.provision.article}"
            found |= dict.fromkeys(np.flatnonzero(one.applies).tolist(), words)
    return found


def facts_of(posts: list[Post]) -> Facts:
    """Posts and identities as the engine reads them, one row a post."""
    columns = {"post": [one.post for one in posts], "identity": [one.identity for one in posts]}
    return Facts.from_columns([one.code for one in posts], columns)


def _funded(ground: Ground) -> Iterable[Pay]:
    return [one for one in ground.pay if one.pay_channel == PayChannel.FUNDED and one.yuan]


def _yuan(pay: Pay) -> str:
    return f"{pay.yuan:,.2f}元"


def _label(post: Post) -> str:
    return Posts(post.post).label
