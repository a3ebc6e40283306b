"""Plans and change acts for tests: written in a line, decided without their workflow."""

from datetime import UTC, date, datetime
from typing import Any

from accounts.models import User
from accounts.scope import scope
from communities.models import (
    Building,
    ChangeAct,
    Community,
    Estate,
    EstateMeeting,
    Grid,
    Organisation,
)
from communities.services.applying import apply_act
from communities.services.plan_checks import check_plan
from communities.services.plans import Flow, Plan, Successor
from tests.factories import make_community, make_contact, make_paper, make_user

A, B = "371502001001", "371502001002"
AT = datetime(2027, 3, 1, 8, 0, tzinfo=UTC)
EFFECTIVE = date(2027, 3, 1)
DOC_NO = "聊东政字〔2027〕3号"
WAY = ("submitted", "reviewed", "decided", "applied")


def goes_on(community: Community, **changed: Any) -> Successor:
    """A community that goes on, with what is another of it."""
    values = {"key": f"c{community.pk}", "code": community.code, "name": community.name}
    return Successor(community=community.pk, **(values | changed))


def begins(code: str, name: str, key: str = "s1", **more: Any) -> Successor:
    return Successor(key, None, code, name, **more)


def make_plan(
    communities: list[Community],
    successors: list[Successor],
    flows: dict[tuple[Community, str], int] | None = None,
    **more: Any,
) -> Plan:
    """A plan; flows are households by community and key of the successor."""
    return Plan(
        tuple(one.pk for one in communities),
        tuple(successors),
        tuple(Flow(one.pk, key, number) for (one, key), number in (flows or {}).items()),
        **more,
    )


def merging(communities: list[Community], into: Successor, households: list[int]) -> Plan:
    flows = {(one, into.key): number for one, number in zip(communities, households, strict=True)}
    return make_plan(communities, [into], flows)


def make_act(
    kind: str,
    plan: Plan,
    state: str = "decided",
    *,
    code: str = "371502",
    effective_on: date = EFFECTIVE,
    **overrides: Any,
) -> ChangeAct:
    """An act of a state on the way to its effect."""
    with scope("0"):
        by, other = proposer(code), decider()
        values: dict[str, Any] = {"title": f"{kind}的请示", "reason": "规模过小", "code": code}
        act = ChangeAct.objects.create(
            kind=kind, plan=plan.to_json(), proposed_by=by, proposed_at=AT, **(values | overrides)
        )
        for step in WAY[: WAY.index(state) + 1] if state in WAY else ():
            act.state = step
            if step == "decided":
                act.reviewed_by = act.decided_by = other
                act.decision_authority, act.decision_doc_no = "东昌府区人民政府", DOC_NO
                act.decided_on, act.effective_on = effective_on, effective_on
            if step == "applied":
                act.applied_at = AT
            act.save()
    return act


def proposer(code: str) -> User:
    known = User.objects.filter(username=f"proposer.{code}").first()
    return known or make_user("city_officer", code[:4], username=f"proposer.{code}")


def decider() -> User:
    known = User.objects.filter(username="decider").first()
    return known or make_user("city_officer", "3715", username="decider")


def applied(kind: str, plan: Plan, effective_on: date = EFFECTIVE, **overrides: Any) -> ChangeAct:
    """An act that has taken effect on its day."""
    act = make_act(kind, plan, effective_on=effective_on, **overrides)
    return apply_act(act=act, on=effective_on, at=AT)


def with_everything(community: Community) -> None:
    """One row of every kind of part."""
    code = community.code
    estate = Estate.objects.create(community=community, code=code, name="光岳小区")
    Building.objects.create(community=community, code=code, estate=estate, name="1号楼")
    EstateMeeting.objects.create(
        community=community,
        code=code,
        estate=estate,
        held_on=EFFECTIVE,
        subject="物业费",
        attended_by="居委会",
        decided="公示收支",
    )
    Grid.objects.create(community=community, code=code, name="第一网格")
    Organisation.objects.create(community=community, code=code, kind="party", name="党委")
    make_contact(community)
    make_paper(community)


def now(community: Community) -> Community:
    return Community.objects.get(pk=community.pk)


def pair() -> tuple[Community, Community]:
    return make_community(A, "古城社区居委会"), make_community(B, "湖南社区居委会")


def mistakes(user: User, kind: str, plan: Plan, **more: Any) -> list[tuple[str, str]]:
    with scope(user.scope):
        return [(one.item, one.message) for one in check_plan(user, kind, plan, EFFECTIVE, **more)]
