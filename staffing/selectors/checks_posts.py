"""Checks of communities' bodies: vacant posts, who lives there, who may not be in them."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

import numpy as np

from communities.selectors.assessment import Assessment
from policy.engine import Facts, assess, judge
from policy.engine.exact import as_array
from staffing.choices import COMMITTEE_POSTS, Post
from staffing.rules.groups import leads_both
from staffing.selectors.checks_ground import Finding, Ground
from staffing.selectors.checks_money import facts_of

MUST = (Post.SECRETARY, Post.DIRECTOR)
COMMITTEE, RESIDENTS = "committee_members", "resident_members"


def vacant_posts(ground: Ground) -> list[Finding]:
    """Communities with a roster but without a secretary or a director. One query."""
    found = []
    for key, (code, place) in ground.communities.items():
        posts = {one.post for one in ground.by_community.get(key, ())}
        missing = [post.label for post in MUST if post not in posts]
        if posts and missing:
            found.append(Finding(code, place, f"没有{'、没有'.join(missing)}"))
    return found


def without_roster(ground: Ground) -> list[Finding]:
    """Communities of which nobody is registered."""
    return [
        Finding(code, place, "还没有登记人员")
        for key, (code, place) in ground.communities.items()
        if key not in ground.by_community
    ]


def short_committees(ground: Ground) -> list[Finding]:
    """Committees with fewer members than the policies ask at least; queries of the assessment."""
    figures = ground.assessment.column(COMMITTEE)
    keys = ground.assessment.register.keys
    found = []
    for row in np.flatnonzero(figures.has_low).tolist():
        key, low = int(keys[row]), int(figures.low[row])
        heads = ground.heads.get(key)
        if heads is None or key not in ground.communities or len(heads.committee) >= low:
            continue
        code, place = ground.communities[key]
        have = len(heads.committee)
        text = f"居委会成员{have}人，应不少于{low}人，缺{low - have}人"
        found.append(Finding(code, place, text, clause=_clauses(ground.assessment, row)))
    return found


def _clauses(assessment: Assessment, row: int) -> str:
    """The clauses that bind the committee of a row."""
    found = assessment.requirements.row(COMMITTEE, row)
    names = {
        one.id: f"《{text.title}》{one.article}"
        for text in assessment.policy.stack.texts
        for one in text.provisions
    }
    return "、".join(dict.fromkeys(names[one] for one in found.binding if one in names))


def few_residents(ground: Ground) -> list[Finding]:
    """Committees of which too few members live in the community, by the clause in force."""
    known = [(key, heads) for key, heads in sorted(ground.heads.items()) if heads.committee]
    if not known:
        return []
    posts = [ground.by_community[key][0] for key, _ in known]
    facts = Facts.from_columns(
        [one.code for one in posts],
        {"members_in_post": [len(heads.committee) for _, heads in known]},
    )
    policy = ground.assessment.policy
    found = []
    for row, required, clause in _required(assess(facts, policy.stack, policy.series), policy):
        heads, post = known[row][1], posts[row]
        live = len(heads.resident_members)
        unknown = len(heads.unknown_residence)
        if live >= required:
            continue
        whole = f"成员{len(heads.committee)}人，居住在本社区{live}人，应不少于{required}人"
        if live + unknown >= required:
            whole += f"；{unknown}人没有登记是否居住在本社区，补齐再判断"
        found.append(
            Finding(post.code, post.place, whole, clause=clause, bad=live + unknown < required)
        )
    return found


def _required(requirements: Any, policy: Any) -> Iterable[tuple[int, int, str]]:
    """Row, least number and clause of the rows of which something is asked."""
    names = {
        one.id: f"《{text.title}》{one.article}"
        for text in policy.stack.texts
        for one in text.provisions
    }
    for group in requirements.blocks[0].groups:
        asked = group.requirements.get(RESIDENTS)
        if asked is None:
            continue
        size = asked.size
        rows = range(size) if group.rows is None else group.rows.tolist()
        least = as_array(asked.required.num, size)
        has = np.broadcast_to(asked.required.has, size)
        clause = next((names[one.rule.id] for one in asked.outcomes if one.rule.id in names), "")
        for place, row in enumerate(rows):
            if has[place]:
                yield row, int(least[place]), clause


def both_posts(ground: Ground) -> list[Finding]:
    """一肩挑: communities whose secretary and director are one person; not a fault."""
    found = []
    for held in ground.by_community.values():
        for who in {one.who for one in held if one.post == Post.SECRETARY}:
            mine = [one for one in held if one.who == who]
            if leads_both(one.post for one in mine):
                one = mine[0]
                text = "党组织书记、居委会主任一肩挑"
                found.append(Finding(one.code, one.place, text, one.person, one.name, bad=False))
    return sorted(found, key=lambda one: one.code)


def both_posts_share(ground: Ground) -> tuple[int, int, Fraction | None]:
    """How many communities have one person in both posts, of how many with both, in percent."""
    whole = sum({one.post for one in held} >= {*MUST} for held in ground.by_community.values())
    number = len(both_posts(ground))
    return number, whole, Fraction(100 * number, whole) if whole else None


def collective_leaders(ground: Ground) -> list[Finding]:
    """Leaders of the collective economy in the committee. No query of its own."""
    found = []
    for one in ground.held:
        if one.post in COMMITTEE_POSTS and one.leads_collective:
            text = f"集体经济组织负责人任{Post(one.post).label}"
            found.append(Finding(one.code, one.place, text, one.person, one.name))
    return found


def police_in_committees(ground: Ground) -> list[Finding]:
    """Police officers who fill a place of the committee, where a clause says they do not."""
    posts = ground.held
    if not posts:
        return []
    apart: dict[tuple[str, int], str] = {}
    for one in judge(ground.assessment.policy.stack, facts_of(posts)):
        if not one.provision.counted:
            clause = f"《{one.text.title}》{one.provision.article}"
            for place in np.flatnonzero(one.applies).tolist():
                apart[posts[place].who, posts[place].community] = clause
    return [
        Finding(
            one.code, one.place, f"社区民警任{Post(one.post).label}，不占居委会职数",
            one.person, one.name, clause=apart[one.who, one.community],
        )
        for one in posts
        if one.post in COMMITTEE_POSTS and (one.who, one.community) in apart
    ]  # fmt: skip
