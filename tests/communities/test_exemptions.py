"""Exemptions follow their community to a new code, and end with it; no stranger gets them."""

from datetime import date
from typing import Any

import pytest

from accounts.models import User
from communities.services.applying import apply_act
from communities.services.plan_case import MistakesError
from policy.models import Exemption
from tests.act_steps import decided, drafted, passed, submitted
from tests.change_acts import (
    AT,
    EFFECTIVE,
    applied,
    begins,
    goes_on,
    make_act,
    make_plan,
    merging,
    now,
    pair,
)
from tests.factories import make_community, make_user

pytestmark = pytest.mark.django_db

A, B, NEW = "371502001001", "371502001002", "371502001009"
SINCE = date(2026, 1, 1)
LATER = date(2028, 1, 1)


def exempt(code: str, since: date = SINCE, provision: str = "X-1", **more: Any) -> Exemption:
    values = {"reason": f"{code}的理由", "approver": "区民政局", "valid_from": since}
    return Exemption.objects.create(code=code, provision=provision, **(values | more))


def rows() -> list[tuple[Any, ...]]:
    """Reason, code and days of all, by the code for which it was given."""
    found = Exemption.objects.order_by("reason", "valid_from")
    return list(found.values_list("reason", "code", "valid_from", "valid_until"))


def test_recode_lets_exemptions_hold_on_under_the_new_code() -> None:
    one = make_community(A)
    since = date(2026, 1, 1)
    Exemption.objects.create(
        code=A, provision="BL-STF-6", reason="地处偏远", approver="区民政局", valid_from=since
    )

    applied("recode", make_plan([one], [goes_on(one, code=NEW)]))

    rows = Exemption.objects.order_by("valid_from").values_list("code", "valid_from", "valid_until")
    assert list(rows) == [(A, since, EFFECTIVE), (NEW, EFFECTIVE, None)]


def test_codes_swapped_then_each_exemption_stays_with_its_community() -> None:
    one, other = pair()
    exempt(A)
    exempt(B, until := EFFECTIVE, valid_until=LATER)

    applied("recode", make_plan([one, other], [goes_on(one, code=B), goes_on(other, code=A)]))

    assert rows() == [
        (f"{A}的理由", A, SINCE, until),
        (f"{A}的理由", B, until, None),
        (f"{B}的理由", A, until, LATER),
    ]


def test_code_of_an_ended_community_taken_then_its_exemptions_end_with_it() -> None:
    one, other = pair()
    exempt(A)
    exempt(B)
    exempt(B, LATER, "X-2")

    applied("merge", merging([one, other], goes_on(one, code=B), [10, 20]))

    assert rows() == [
        (f"{A}的理由", A, SINCE, EFFECTIVE),
        (f"{A}的理由", B, EFFECTIVE, None),
        (f"{B}的理由", B, SINCE, EFFECTIVE),
    ]


def test_new_community_under_an_ended_code_has_no_exemption_and_no_account_of_it() -> None:
    one, other = pair()
    exempt(B)
    exempt(B, SINCE, "X-0", reason="从前", valid_until=date(2026, 6, 1))
    worker = make_user("street_clerk", B)
    neighbour = make_user("street_clerk", NEW)

    applied("merge", merging([one, other], begins(B, "光岳社区居委会"), [10, 20]))

    assert rows() == [
        (f"{B}的理由", B, SINCE, EFFECTIVE),
        ("从前", B, SINCE, date(2026, 6, 1)),
    ]
    active = User.objects.filter(pk__in=[worker.pk, neighbour.pk]).order_by("pk")
    assert list(active.values_list("scope", "is_active")) == [(B, False), (NEW, True)]


def test_exemption_in_the_way_then_said_in_words_and_nothing_changed() -> None:
    one = make_community(A)
    exempt(A)
    exempt(NEW)
    before = rows()
    act = make_act("recode", make_plan([one], [goes_on(one, code=NEW)]))

    with pytest.raises(MistakesError) as wrong:
        apply_act(act=act, on=EFFECTIVE, at=AT)

    assert str(wrong.value) == "有新代码已登记同一条款的豁免。先给它填上“到何日止”，再办理"
    assert (now(one).code, rows()) == (A, before)
    act.refresh_from_db()
    assert act.state == "decided"


def test_decision_of_today_with_an_exemption_in_the_way_then_the_act_waits_for_it(
    clerk: User, district_officer: User, city_officer: User
) -> None:
    one = make_community(A)
    exempt(A)
    hindering = exempt(NEW)
    plan = make_plan([one], [goes_on(one, code=NEW)])
    act = passed(district_officer, submitted(clerk, drafted(clerk, plan, "recode")))

    with pytest.raises(MistakesError, match="有新代码已登记同一条款的豁免"):
        decided(city_officer, act)
    act.refresh_from_db()
    assert (act.state, act.papers.count()) == ("reviewed", 0)
    hindering.delete()
    assert decided(city_officer, act).state == "applied"
