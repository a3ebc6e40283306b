"""What is impossible about a plan, in words."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from accounts.models import User
from communities.models import Estate, Grid
from communities.services.plan_checks import check_plan
from communities.services.plans import DivisionChange, Plan, Successor
from tests.change_acts import applied, begins, goes_on, make_act, make_plan, merging, mistakes, pair
from tests.factories import make_community, make_division, make_facts, make_former

pytestmark = pytest.mark.django_db

A, B, C, NEW = "371502001001", "371502001002", "371502001003", "371502001009"
ELSEWHERE = "371502002001"
DAY = date(2027, 3, 1)


def test_good_plans_of_every_kind_have_no_mistakes(district_officer: User) -> None:
    one, other = pair()
    make_division("371502002")
    ended = make_community(C, "文轩社区居委会", valid_until=date(2026, 1, 1))
    make_facts(one, 2026, households=2847)
    make_facts(other, 2026, households=0)
    here, there = f"c{one.pk}", f"c{other.pk}"
    new = begins(NEW, "光岳社区居委会")
    plans = {
        "establish": make_plan([one], [goes_on(one), new], {(one, here): 1847, (one, "s1"): 1000}),
        "rename": make_plan([one], [goes_on(one, name="古楼社区居委会")]),
        "recode": make_plan([one, other], [goes_on(one, code=B), goes_on(other, code=A)]),
        "transfer": make_plan([one], [goes_on(one, code="371502002009")]),
        "rescale": make_plan(
            [one, other],
            [goes_on(one), goes_on(other)],
            {(one, here): 2800, (one, there): 47, (other, there): 0},
        ),
        "merge": merging([one, other], begins(A, "光岳社区居委会"), [2847, 0]),
        "split": make_plan([one], [new, goes_on(one)], {(one, here): 1847, (one, "s1"): 1000}),
        "abolish": make_plan([other], []),
        "reopen": make_plan([ended], [begins(C, ended.name, households=0)]),
    }

    assert {kind: mistakes(district_officer, kind, plan) for kind, plan in plans.items()} == {
        kind: [] for kind in plans
    }
    alone = begins(NEW, "光岳社区居委会", households=800)
    assert mistakes(district_officer, "establish", make_plan([], [alone])) == []


def test_shapes_of_every_kind(district_officer: User) -> None:
    one, other = pair()
    new = begins(NEW, "光岳社区居委会")
    empty = make_plan([], [])
    found = {
        kind: [message for item, message in mistakes(district_officer, kind, empty)]
        for kind in ("establish", "rename", "rescale", "merge", "split", "abolish", "reopen")
    }

    assert found == {
        "establish": ["设立应新设1个社区，现在写了0个"],
        "rename": ["更名应选至少1个社区，现在选了0个"],
        "rescale": ["规模调整应选至少2个社区，现在选了0个"],
        "merge": ["合并应选至少2个社区，现在选了0个", "合并后应有1个社区，现在写了0个"],
        "split": ["分设应选1个社区，现在选了0个", "分设后应有至少2个社区，现在写了0个"],
        "abolish": ["撤销应选至少1个社区，现在选了0个", "撤销应停用至少1个社区，现在停用0个"],
        "reopen": ["恢复应选至少1个社区，现在选了0个", "恢复应新设1个社区，现在写了0个"],
    }
    assert ("successors", "更名不新设社区。去掉新设的1个") in mistakes(
        district_officer, "rename", make_plan([one], [goes_on(one, name="古楼社区居委会"), new])
    )
    assert ("communities", "更名后社区都延续，有1个没有写代码和名称。补上，或去掉") in mistakes(
        district_officer, "rename", make_plan([one, other], [goes_on(one, name="古楼社区居委会")])
    )


def test_communities_of_others_ended_begun_later_or_chosen_twice(clerk: User) -> None:
    elsewhere = make_community(ELSEWHERE, "柳园社区居委会")
    ended = make_community(A, "古城社区居委会", valid_until=date(2027, 1, 1))
    ending = make_community(B, "湖南社区居委会", valid_until=date(2027, 6, 1))
    later = make_community(C, "文轩社区居委会", valid_from=date(2027, 4, 1))
    rows = [elsewhere, ended, ending, later, ended]

    found = mistakes(clerk, "abolish", make_plan(rows, []))

    assert found[:6] == [
        ("communities", "同一个社区选了两次。去掉一个"),
        ("communities", "有1个社区不在你的辖区内。去掉，或由上级提出这项变更"),
        ("communities", "古城社区已于2027-01-01停用。去掉它"),
        ("communities", "湖南社区将于2027-06-01停用。去掉它"),
        ("communities", "文轩社区2027-04-01才设立。生效日期改为这一天以后，或去掉它"),
        ("communities", f"序号{elsewhere.pk}的社区没有填报核定户数。写明接收的社区，或先填报为0户"),
    ]


def test_community_set_up_on_the_day_cannot_end_on_it(district_officer: User) -> None:
    one = make_community(A, valid_from=DAY)
    make_facts(one, 2027, households=0)

    assert mistakes(district_officer, "abolish", make_plan([one], [])) == [
        ("communities", "古城社区2027-03-01当天设立，同一天不能停用。生效日期改为以后的一天")
    ]


def test_community_that_is_there_is_not_reopened(district_officer: User) -> None:
    one = make_community(A)

    plan = make_plan([one], [begins(NEW, "新社区居委会", households=0)])

    assert mistakes(district_officer, "reopen", plan) == [
        ("communities", "古城社区在2027-03-01仍有效，不用恢复。选已停用的社区")
    ]


def test_name_that_holds_from_a_later_day_hinders_an_earlier_change(
    district_officer: User,
) -> None:
    one = make_community(A)
    make_former(one, date(2027, 5, 1), name="旧城社区居委会")
    plan = make_plan([one], [goes_on(one, name="古楼社区居委会")])

    assert mistakes(district_officer, "rename", plan) == [
        (
            "communities",
            "古城社区自2027-05-01起已改用现在的代码和名称。生效日期不早于这一天",
        )
    ]


@pytest.mark.parametrize(
    ("first", "second", "messages"),
    [
        (2847, 1000, []),
        (
            2800,
            1000,
            ["古城社区划转户数合计2800户，核定户数2847户，少47户。改户数，使两者相等"],
        ),
        (
            2847,
            1001,
            ["湖南社区划转户数合计1001户，核定户数1000户，多1户。改户数，使两者相等"],
        ),
        (
            -1,
            1000,
            [
                "古城社区划转-1户，小于0。核对户数",
                "古城社区划转户数合计-1户，核定户数2847户，少2848户。改户数，使两者相等",
            ],
        ),
    ],
)
def test_flows_come_to_the_households(
    first: int, second: int, messages: list[str], district_officer: User
) -> None:
    one, other = pair()
    make_facts(one, 2026, households=2847)
    make_facts(other, 2026, households=1000)
    plan = merging([one, other], begins(NEW, "光岳社区居委会"), [first, second])

    assert mistakes(district_officer, "merge", plan) == [("flows", one) for one in messages]


def test_flow_larger_than_the_register_holds(district_officer: User) -> None:
    one, other = pair()
    plan = merging([one, other], begins(NEW, "光岳社区居委会"), [100_000_000, 1])

    assert mistakes(district_officer, "merge", plan) == [
        ("flows", "古城社区划转100000000户，超过99999999。核对户数")
    ]


def test_flows_of_unreported_households_may_come_to_any_sum(district_officer: User) -> None:
    one, other = pair()
    make_facts(one, 2026, households=None)
    plan = merging([one, other], begins(NEW, "光岳社区居委会"), [123, 456])

    assert mistakes(district_officer, "merge", plan) == []


def test_flows_that_are_missing_double_or_lead_nowhere(district_officer: User) -> None:
    one, other = pair()
    new = begins(NEW, "光岳社区居委会")
    missing = make_plan([one, other], [new], {(one, "s1"): 5})
    nowhere = make_plan([one, other], [new], {(one, "s1"): 5, (other, "s9"): 5})
    good = merging([one, other], new, [5, 5])
    double = Plan(good.communities, good.successors, (*good.flows, good.flows[0]))
    renaming = make_plan([one], [goes_on(one, name="新居委会")], {(one, f"c{one.pk}"): 5})

    assert mistakes(district_officer, "merge", missing) == [
        ("flows", "湖南社区没有写划转户数。逐一写明留下和划出的户数")
    ]
    assert ("flows", "有户数划出或划入的社区不在这项变更里。去掉这些户数") in mistakes(
        district_officer, "merge", nowhere
    )
    assert mistakes(district_officer, "merge", double) == [
        ("flows", "古城社区划往同一个社区的户数写了2次。只留一个")
    ]
    assert mistakes(district_officer, "rename", renaming) == [
        ("flows", "更名不划转户数。去掉划转的户数")
    ]


def test_abolition_without_receivers_needs_a_community_without_households(
    district_officer: User,
) -> None:
    one, other = pair()
    make_facts(one, 2026, households=12)

    assert mistakes(district_officer, "abolish", make_plan([one, other], [])) == [
        ("communities", "古城社区还有12户。写明接收的社区，或改为合并、规模调整"),
        ("communities", "湖南社区没有填报核定户数。写明接收的社区，或先填报为0户"),
    ]


def test_parts_belong_to_the_communities_and_go_to_a_successor(district_officer: User) -> None:
    one, other = pair()
    outside = make_community(C, "文轩社区居委会")
    estate = Estate.objects.create(community=outside, code=C, name="光岳小区")
    ended = Grid.objects.create(community=one, code=A, name="旧网格", valid_until=date(2026, 1, 1))
    grid = Grid.objects.create(community=one, code=A, name="第一网格")
    plan = replace(
        merging([one, other], begins(NEW, "光岳社区居委会"), [5, 5]),
        estates={estate.pk: "s1"},
        grids={ended.pk: "s1", grid.pk: "s7"},
    )

    assert mistakes(district_officer, "merge", plan) == [
        ("estates", "有1个小区不属于这些社区，或已停用。去掉小区"),
        ("grids", "有1个网格不属于这些社区，或已停用。去掉网格"),
        ("grids", "有1个网格没有写划给哪个社区。选变更后的一个社区"),
    ]


@pytest.mark.parametrize(
    ("state", "label"), [("submitted", "待审查"), ("reviewed", "待批复"), ("decided", "待生效")]
)
def test_another_act_under_way_hinders_also_one_of_the_district(
    state: str, label: str, clerk: User
) -> None:
    one, other = pair()
    merger = merging([one, other], begins(NEW, "光岳社区居委会"), [5, 5])
    act = make_act("merge", merger, state, code="371502", title="两社区合并")
    plan = make_plan([one], [goes_on(one, name="古楼社区居委会")])

    assert mistakes(clerk, "rename", plan) == [
        ("communities", f"古城社区另有变更“两社区合并”（{label}）。等它办结，或先撤回它")
    ]
    assert mistakes(clerk, "merge", merger, act=act) == []


@pytest.mark.parametrize(
    ("state", "label"), [("submitted", "待审查"), ("reviewed", "待批复"), ("decided", "待生效")]
)
def test_code_that_another_act_is_to_give_then_said_with_the_act(
    state: str, label: str, clerk: User
) -> None:
    make_community(A)
    theirs = make_plan([], [begins(NEW, "光岳社区居委会", households=5)])
    make_act("establish", theirs, state, code="371502", title="设立光岳社区")
    mine = make_plan([], [begins(NEW, "东城社区居委会", households=5)])
    other = make_plan([], [begins(C, "东城社区居委会", households=5)])

    assert mistakes(clerk, "establish", mine) == [
        (
            "successor:s1",
            f"代码{NEW}另有变更“设立光岳社区”（{label}）要用。换一个代码，或等它办结",
        )
    ]
    assert mistakes(clerk, "establish", other) == []


def test_code_of_a_draft_is_free(clerk: User) -> None:
    make_community(A)
    plan = make_plan([], [begins(NEW, "光岳社区居委会", households=5)])
    make_act("establish", plan, "draft", code="371502")

    assert mistakes(clerk, "establish", plan) == []


@pytest.mark.parametrize("state", ["draft", "applied"])
def test_drafts_and_finished_acts_do_not_hinder(state: str, clerk: User) -> None:
    one = make_community(A)
    plan = make_plan([one], [goes_on(one, name="古楼社区居委会")])
    make_act("rename", plan, state)

    assert mistakes(clerk, "rename", plan) == []


def test_act_that_took_effect_later_hinders_an_earlier_day(district_officer: User) -> None:
    one, other = pair()
    here, there = f"c{one.pk}", f"c{other.pk}"
    plan = make_plan(
        [one, other],
        [goes_on(one), goes_on(other)],
        {(one, here): 5, (one, there): 5, (other, there): 5},
    )
    applied("rescale", plan, date(2027, 5, 1), title="调整")

    assert mistakes(district_officer, "rescale", plan) == [
        (
            "communities",
            "古城社区、湖南社区已有2027-05-01生效的变更“调整”。生效日期不早于这一天",
        )
    ]


def test_code_list_waits_for_acts_of_its_streets_but_not_for_finished_ones(
    city_officer: User,
) -> None:
    one = make_community(A)
    renaming = make_plan([one], [goes_on(one, name="古楼社区居委会")])
    change = Plan(divisions=(DivisionChange("371502001", "371502001", "新古楼街道"),))
    applied("rename", renaming, date(2027, 5, 1), code="371502001")
    assert mistakes(city_officer, "recode", change) == []

    waiting = make_plan([], [begins(NEW, "光岳社区居委会")])
    make_act("establish", waiting, "submitted", code="371502001", title="设立光岳社区")

    assert mistakes(city_officer, "recode", change) == [
        (
            "communities",
            "区划371502001另有变更“设立光岳社区”（待审查）。等它办结，或先撤回它",
        )
    ]


def test_successor_that_goes_on_twice_or_is_not_chosen(district_officer: User) -> None:
    one, other = pair()
    twice = make_plan([one], [goes_on(one), goes_on(one, key="x", code=NEW)])
    unchosen = make_plan([one], [goes_on(one, name="新居委会"), goes_on(other, name="更新居委会")])
    same_key = make_plan([one, other], [goes_on(one, name="新居委会", key="k")] * 2)

    assert ("successors", "古城社区只能延续为一个社区，现在写了2个") in mistakes(
        district_officer, "split", twice
    )
    assert (
        "successors",
        f"序号{other.pk}的社区要延续，但没有选为变更的社区。先选上它",
    ) in mistakes(district_officer, "rename", unchosen)
    assert ("successors", "变更后的社区有两个标识相同。去掉一个") in mistakes(
        district_officer, "rename", same_key
    )


def test_half_filled_plan_is_answered_in_words(district_officer: User) -> None:
    plan = Plan((987654,), (Successor("", 987654, "", ""),), (), {1: ""}, {2: "x"})
    for kind in ("establish", "rename", "recode", "rescale", "transfer", "merge", "split"):
        assert mistakes(district_officer, kind, plan)


def test_number_of_queries_does_not_depend_on_the_plan(
    district_officer: User, django_assert_num_queries: Any
) -> None:
    rows = [make_community(f"371502001{n:03}", f"第{n}社区居委会") for n in range(1, 31)]
    for number in (2, 30):
        plan = merging(rows[:number], begins("371502001999", "光岳社区居委会"), [1] * number)
        with django_assert_num_queries(11):
            assert check_plan(district_officer, "merge", plan, DAY) == []
