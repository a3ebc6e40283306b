"""What is impossible about a plan, in words for the form that it was made with."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from accounts.models import User
from accounts.scope import WHOLE_COUNTRY, scope
from communities.choices import ActKind, ActState
from communities.models import ChangeAct, Community, Estate, Grid
from communities.selectors.before_after import latest_households
from communities.services.plan_amounts import check_areas, check_households
from communities.services.plan_case import Case, Mistake, MistakesError, read_case
from communities.services.plan_codes import check_codes, check_divisions, check_extent, check_names
from communities.services.plan_policies import check_policies
from communities.services.plan_totals import check_area, check_facts
from communities.services.plans import Plan

__all__ = ["Mistake", "MistakesError", "check_effect", "check_plan"]

MANY = 10**9
MOST_HOUSEHOLDS = 99_999_999
UNDER_WAY = Q(state__in=(ActState.SUBMITTED, ActState.REVIEWED, ActState.DECIDED))
Bounds = tuple[int, int]


@dataclass(frozen=True)
class Shape:
    """How many communities, successors, new ones and ending ones a kind of act has."""

    communities: Bounds = (1, MANY)
    successors: Bounds = (0, MANY)
    new: Bounds = (0, MANY)
    ending: Bounds = (0, MANY)


GOING_ON = Shape(new=(0, 0), ending=(0, 0))
SHAPES = {
    ActKind.ESTABLISH: Shape(communities=(0, MANY), new=(1, 1), ending=(0, 0)),
    ActKind.RENAME: GOING_ON,
    ActKind.RECODE: GOING_ON,
    ActKind.TRANSFER: GOING_ON,
    ActKind.RESCALE: Shape(communities=(2, MANY), new=(0, 0), ending=(0, 0)),
    ActKind.MERGE: Shape(communities=(2, MANY), successors=(1, 1)),
    ActKind.SPLIT: Shape(communities=(1, 1), successors=(2, MANY)),
    ActKind.ABOLISH: Shape(new=(0, 0), ending=(1, MANY)),
    ActKind.REOPEN: Shape(new=(1, 1)),
}
WORDS = {
    "communities": ("communities", "{label}应选{bounds}个社区，现在选了{number}个"),
    "successors": ("successors", "{label}后应有{bounds}个社区，现在写了{number}个"),
    "new": ("successors", "{label}应新设{bounds}个社区，现在写了{number}个"),
    "ending": ("communities", "{label}应停用{bounds}个社区，现在停用{number}个"),
}

WORDS_FOR_NONE = {
    "new": ("successors", "{label}不新设社区。去掉新设的{number}个"),
    "ending": ("communities", "{label}后社区都延续，有{number}个没有写代码和名称。补上，或去掉"),
}


def check_plan(
    user: User, kind: str, plan: Plan, on: datetime.date, *, act: ChangeAct | None = None
) -> list[Mistake]:
    """Everything that is impossible about a plan on a day; empty when it may be submitted.

    Shape: Mistake.item is communities, successors, successor:<key>, flows, flows:<source's key>,
    estates, grids or divisions. `act` is the one that the plan belongs to: it is no hindrance to
    itself. Takes half-filled plans. The number of queries does not depend on the plan.
    """
    case = read_case(kind, plan, on, user.scope)
    return [
        *check_case(case, act, _later(on) | UNDER_WAY),
        *check_households(case),
        *_flow_sums(case),
        *check_areas(case),
    ]


def check_effect(act: ChangeAct, plan: Plan, on: datetime.date) -> list[Mistake]:
    """What hinders a decided act on its effective day.

    The flows are shares by then: facts reported since the decision do not hinder it. Policies that
    name an old code are told now, not before: until the day is known they cannot end on it.
    """
    case = read_case(act.kind, plan, on, act.code)
    return [*check_case(case, act, _later(on)), *check_facts(case), *check_policies(case)]


def _later(on: datetime.date) -> Q:
    """Acts that have taken effect as of a later day."""
    return Q(state=ActState.APPLIED, effective_on__gt=on)


def check_case(case: Case, act: ChangeAct | None, hindering: Q) -> list[Mistake]:
    """What is asked at every stage: shape, places, codes, names, flows, parts, other acts."""
    return [
        *_shape(case),
        *_communities(case),
        *check_codes(case),
        *check_names(case),
        *check_extent(case),
        *check_area(case),
        *_flows(case),
        *_parts(case, "estates", "小区", Estate, case.plan.estates),
        *_parts(case, "grids", "网格", Grid, case.plan.grids),
        *check_divisions(case),
        *_other_acts(case, act, hindering),
    ]


def _shape(case: Case) -> Iterator[Mistake]:
    plan = case.plan
    numbers = {
        "communities": len(set(plan.communities)),
        "successors": len(plan.successors),
        "new": sum(one.community is None for one in plan.successors),
        "ending": 0 if case.kind == ActKind.REOPEN else len(plan.ending),
    }
    for name, number in numbers.items():
        least, most = getattr(SHAPES[case.kind], name)
        if plan.divisions:  # a new code list may change divisions alone
            least = 0
        if not least <= number <= most:
            item, words = (WORDS if most else WORDS_FOR_NONE)[name]
            bounds = f"{least}" if least == most else f"至少{least}"
            yield Mistake(item, words.format(label=case.label, bounds=bounds, number=number))
    if plan.communities and case.kind == ActKind.REOPEN and len(case.reopened) != 1:
        number = len(case.reopened)
        yield Mistake("communities", f"恢复每次办一个已停用的社区，现在选了{number}个。只选一个")
    if len(set(plan.communities)) < len(plan.communities):
        yield Mistake("communities", "同一个社区选了两次。去掉一个")
    if len({one.key for one in plan.successors}) < len(plan.successors):
        yield Mistake("successors", "变更后的社区有两个标识相同。去掉一个")
    yield from _continuing(case)


def _continuing(case: Case) -> Iterator[Mistake]:
    """Each community goes on once, and only those that the act concerns."""
    times = Counter(one.community for one in case.plan.successors if one.community is not None)
    concerned = set(case.plan.communities)
    for pk, number in times.items():
        if number > 1:
            yield Mistake("successors", f"{case.name(pk)}只能延续为一个社区，现在写了{number}个")
        if pk not in concerned:
            yield Mistake("successors", f"{case.name(pk)}要延续，但没有选为变更的社区。先选上它")


def _communities(case: Case) -> Iterator[Mistake]:
    unseen = [pk for pk in case.plan.communities if pk not in case.before]
    if unseen:
        yield Mistake(
            "communities", f"有{len(unseen)}个社区不在你的辖区内。去掉，或由上级提出这项变更"
        )
    renamed = {one.community for one in case.renamed()}
    for pk, community in case.before.items():
        message = _time_mistake(case, community, pk in renamed)
        if message:
            yield Mistake("communities", f"{community.short_name}{message}")


def _time_mistake(case: Case, community: Community, renamed: bool) -> str:
    """Why a community cannot be changed on the day, or ''."""
    on, since, until = case.on, community.valid_from, community.valid_until
    if community.pk in case.reopened:
        return "" if until and until <= on else f"在{on}仍有效，不用恢复。选已停用的社区"
    if until:
        return f"已于{until}停用。去掉它" if until <= on else f"将于{until}停用。去掉它"
    if since and since > on:
        return f"{since}才设立。生效日期改为这一天以后，或去掉它"
    if since == on and community.pk in case.plan.ending:
        return f"{since}当天设立，同一天不能停用。生效日期改为以后的一天"
    if renamed and community.designated_from and community.designated_from > on:
        day = community.designated_from
        return f"自{day}起已改用现在的代码和名称。生效日期不早于这一天"
    return ""


def _flows(case: Case) -> Iterator[Mistake]:
    """Flows lead from the plan's communities to its successors, once each, none below 0."""
    flows = case.plan.flows
    if not case.has_flows:
        if flows:
            yield Mistake("flows", f"{case.label}不划转户数。去掉划转的户数")
        return
    concerned, keys = set(case.dividing), case.plan.by_key
    if any(flow.source not in concerned or flow.to not in keys for flow in flows):
        yield Mistake("flows", "有户数划出或划入的社区不在这项变更里。去掉这些户数")
    for flow in flows:
        if flow.households < 0:
            name = case.name(flow.source)
            yield Mistake("flows", f"{name}划转{flow.households}户，小于0。核对户数")
        elif flow.households > MOST_HOUSEHOLDS:
            name = case.name(flow.source)
            yield Mistake(
                "flows", f"{name}划转{flow.households}户，超过{MOST_HOUSEHOLDS}。核对户数"
            )
    for (source, _), number in Counter((flow.source, flow.to) for flow in flows).items():
        if number > 1:
            yield Mistake(
                "flows", f"{case.name(source)}划往同一个社区的户数写了{number}次。只留一个"
            )
    silent = [pk for pk in case.dividing if pk not in case.plan.by_source]
    if silent and case.plan.successors:
        names = "、".join(map(case.name, silent))
        yield Mistake("flows", f"{names}没有写划转户数。逐一写明留下和划出的户数")


def _flow_sums(case: Case) -> Iterator[Mistake]:
    """The flows of a community come to its reported households; without any it must have none."""
    if not case.has_flows:
        return
    known = latest_households(case.dividing, case.on)
    for pk in case.dividing:
        reported = known.get(pk)
        if case.kind == ActKind.ABOLISH and not case.plan.successors:
            yield from _nobody_left(case, pk, reported)
        elif pk in case.plan.by_source and reported is not None:
            given = sum(case.plan.by_source[pk].values())
            if given != reported:
                more = f"多{given - reported}" if given > reported else f"少{reported - given}"
                yield Mistake(
                    "flows",
                    f"{case.name(pk)}划转户数合计{given}户，核定户数{reported}户，{more}户。"
                    "改户数，使两者相等",
                )


def _nobody_left(case: Case, pk: int, reported: int | None) -> Iterator[Mistake]:
    """An abolition without receivers: nobody may live there any more."""
    if reported is None:
        yield Mistake(
            "communities",
            f"{case.name(pk)}没有填报核定户数。写明接收的社区，或先填报为0户",
        )
    elif reported and pk in case.plan.ending:
        yield Mistake(
            "communities",
            f"{case.name(pk)}还有{reported}户。写明接收的社区，或改为合并、规模调整",
        )


def _parts(
    case: Case, item: str, label: str, model: type[Any], named: dict[int, str]
) -> Iterator[Mistake]:
    """Parts that are named belong to the plan's communities and go to its successors."""
    if not named:
        return
    rows = model.objects.filter(pk__in=named, community__in=case.plan.communities)
    found = set(rows.as_of(case.on).values_list("pk", flat=True))
    if missing := len(named.keys() - found):
        yield Mistake(item, f"有{missing}个{label}不属于这些社区，或已停用。去掉{label}")
    if lost := sum(key not in case.plan.by_key for key in named.values()):
        yield Mistake(item, f"有{lost}个{label}没有写划给哪个社区。选变更后的一个社区")


def _other_acts(case: Case, act: ChangeAct | None, hindering: Q) -> Iterator[Mistake]:
    """Other acts that concern one of the communities, also those of offices above and below.

    Their titles are all that is told, of acts on communities that the reader may see. So do those
    that are to have one of the codes that the plan gives.
    """
    city = case.within[:4] if case.within != WHOLE_COUNTRY else WHOLE_COUNTRY
    with scope(city):
        rows = ChangeAct.objects.filter(hindering).exclude(pk=act.pk if act else 0).order_by("pk")
        told = ("title", "state", "effective_on", "code", "plan__communities", "plan__successors")
        acts = list(rows.values_list(*told))
    mine = set(case.before)
    moved = tuple(one.code for one in case.plan.divisions)
    wanted = _new_codes(case)
    for title, state, day, code, concerned, successors in acts:
        shared = mine.intersection(concerned or ())
        if state == ActState.APPLIED:
            names = "、".join(map(case.name, sorted(shared)[:3]))
            if shared:
                yield Mistake(
                    "communities", f"{names}已有{day}生效的变更“{title}”。生效日期不早于这一天"
                )
        elif shared or (moved and code.startswith(moved)):
            names = "、".join(map(case.name, sorted(shared)[:3])) or f"区划{code}"
            words = ActState(state).label
            yield Mistake(
                "communities", f"{names}另有变更“{title}”（{words}）。等它办结，或先撤回它"
            )
        else:
            yield from _taken(wanted, successors, f"“{title}”（{ActState(state).label}）")


def _new_codes(case: Case) -> dict[str, str]:
    """The codes that communities do not have before the act, with the keys of their successors."""
    found = {}
    for one in case.plan.successors:
        known = case.designation(one)
        if one.code and (known is None or known[0] != one.code):
            found[one.code] = one.key
    return found


def _taken(wanted: dict[str, str], successors: Any, act: str) -> Iterator[Mistake]:
    """Codes that another act is to give somebody else."""
    for code in sorted(wanted.keys() & {one["code"] for one in successors or ()}):
        words = f"代码{code}另有变更{act}要用。换一个代码，或等它办结"
        yield Mistake(f"successor:{wanted[code]}", words)
