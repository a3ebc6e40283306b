"""应有, 依据和算式 of one community: figures, clauses, steps, payers."""

from decimal import Decimal
from fractions import Fraction

import pytest

from accounts.models import User
from communities.selectors.traced import Clause, InputShown, Need, OptionShown, Payer, Step
from portal.selectors.needs import actual_of, need_groups
from tests.factories import make_community
from tests.world import (
    CHANGZHENG,
    GUCHENG,
    HUNAN,
    LIUYUAN,
    STREET,
    WENXUAN,
    assessed,
    make_place,
    make_world,
    set_facts,
)

pytestmark = pytest.mark.django_db
LIAOCHENG, SHANDONG = "聊城市城市社区管理办法（试行）", "山东省城市社区建设标准"


def needs(user: User, code: str = GUCHENG, prefix: str = STREET) -> dict[str, Need]:
    assessment = assessed(user, prefix)
    row = assessment.register.place(code)
    assert row is not None
    groups = need_groups(assessment, row)
    return {need.subject: need for group in groups for need in group.needs}


def test_groups_then_in_the_order_of_the_page(clerk: User) -> None:
    make_world()
    assessment = assessed(clerk, STREET)

    groups = need_groups(assessment, 0)

    assert [(group.key, group.label) for group in groups] == [
        ("staff", "人员"),
        ("organisation", "组织和规模"),
        ("premises", "用房"),
        ("funding", "经费"),
    ]
    assert [need.label for need in groups[3].needs] == ["工作经费", "服务群众专项经费"]


def test_committee_then_figure_clause_steps_reading_and_input(clerk: User) -> None:
    make_world()

    need = needs(clerk)["committee_members"]

    assert (need.required, need.low, need.high, need.unclamped) == (9, 9, 9, 10)
    assert (need.actual_label, need.actual, need.gap, need.unit) == ("在岗", 7, -2, "人")
    assert need.reason_line == "进位（2,847户 ÷ 300户） = 10人，取低（取高（10，5），9） = 9人"
    assert need.clauses == [
        Clause(
            LIAOCHENG,
            "",
            "第十一条",
            "LC-STF-1",
            "居委会成员每300户配1人，一个社区5至9人",
            "取此值",
        )
    ]
    assert need.steps == [
        Step("未封顶、未保底", "进位（2,847户 ÷ 300户）", "10人", "文件", "第十一条（LC-STF-1）"),
        Step("结果", "取低（取高（10，5），9）", "9人", "文件", "第十一条（LC-STF-1）"),
    ]
    assert need.options == [
        OptionShown("LC-STF-1.rounding", "不足300户的部分", "进为1人", "本市设定")
    ]
    assert need.inputs == [InputShown("核定户数", "2,847户", "")]
    assert (need.status, need.payers, need.conflict) == ("ok", [], "")


def test_work_funding_then_the_binding_clause_and_who_pays_all_of_it(clerk: User) -> None:
    make_world()

    need = needs(clerk)["work_funding"]

    # 2,847 × 20 = 56,940 < 60,000
    assert (need.required, need.unclamped) == (Decimal("60000.00"), Decimal("56940.00"))
    assert [(clause.title, clause.article, clause.role) for clause in need.clauses] == [
        (LIAOCHENG, "第三十一条", "下限"),
        (SHANDONG, "答复：工作经费", "取此值"),
    ]
    assert need.payers == [
        Payer("district", "县（市、区）级财政", Decimal("60000.00"), Fraction(100), "本市设定")
    ]


def test_payers_when_two_share_then_amounts_add_up_and_shares_are_exact(
    administrator: User,
) -> None:
    make_world(GUCHENG)
    make_place("330206002001", households=1201, street_tier="better")

    need = needs(administrator, "330206002001", "330206")["work_funding"]

    assert [(payer.label, payer.amount, payer.percent) for payer in need.payers] == [
        ("县（市、区）级财政", Decimal("99307.69"), Fraction(50)),
        ("街道", Decimal("99307.69"), Fraction(50)),
    ]
    assert sum(payer.amount for payer in need.payers) == need.required == Decimal("198615.38")


def test_target_that_is_about_then_nobody_falls_short_of_it(clerk: User) -> None:
    make_world()

    need = needs(clerk)["community_size"]

    assert (need.required, need.actual, need.gap) == (3000, 2847, None)
    assert [clause.role for clause in need.clauses] == ["取此值", "参考"]


def test_fact_that_is_missing_then_said_and_no_figure(clerk: User) -> None:
    make_world()

    need = needs(clerk, WENXUAN)["work_funding"]

    assert (need.required, need.gap, need.status) == (None, None, "cannot_compute")
    assert need.blocked_reason == "不能测算，缺少核定户数。补填年度数据后自动测算"
    assert need.payers == []
    assert need.final_line == ""


def test_quota_when_another_community_is_missing_then_said_without_its_name(
    clerk_elsewhere: User,
) -> None:
    make_world()

    need = needs(clerk_elsewhere, LIUYUAN, "371502002")["community_workers"]

    assert need.blocked_reason == (
        "不能测算，缺少核定户数，有社区未填，总量无法分配。补填年度数据后自动测算"
    )
    assert "文轩" not in repr(need)


def test_quota_then_of_the_whole_district_for_a_clerk(clerk: User) -> None:
    make_world(GUCHENG, HUNAN, LIUYUAN, CHANGZHENG)

    need = needs(clerk)["community_workers"]

    # 22 to 29 for the district; both ends give their remainders to the same communities
    assert (need.required, need.low, need.high) == (7, 7, 9)
    assert (need.actual, need.gap) == (2, -5)
    assert "柳园" not in repr(need)
    assert LIUYUAN not in repr(need)


def test_gap_when_less_is_required_than_aimed_at_then_what_it_is_counted_from(
    clerk: User,
) -> None:
    make_world()
    set_facts(GUCHENG, area_kind="new", work_area_m2=800, service_area_m2=57)

    found = needs(clerk)
    rooms, work = found["service_area"], found["work_premises_area"]

    assert (rooms.required, rooms.actual, rooms.gap, rooms.least) == (
        Decimal("900.00"),
        Decimal("57.00"),
        Decimal("-797.10"),
        Decimal("854.10"),
    )
    assert (work.required, work.gap, work.least) == (Decimal("300.00"), Decimal("500.00"), None)


def test_subject_that_asks_nothing_of_a_community_then_left_out(clerk: User) -> None:
    make_world()

    found = needs(clerk)

    # an old area: neither rooms of a new one nor a committee to be set up
    assert "work_premises_area" not in found
    assert "committee_establishment" not in found
    assert "work_premises_area" in needs(clerk, HUNAN)


def test_community_without_facts_then_every_need_says_what_is_missing(clerk: User) -> None:
    make_world(GUCHENG)
    make_community(HUNAN, "湖南社区居委会")

    found = needs(clerk, HUNAN)

    blocked = {key for key, need in found.items() if need.status == "cannot_compute"}
    assert {
        "committee_members",
        "work_funding",
        "service_area",
        "combined_premises_area",
    } <= blocked
    assert found["work_funding"].blocked_reason.startswith("不能测算，缺少核定户数。")
    # no street can give that figure
    assert found["discretionary_workers"].blocked_reason == (
        "不能测算，还没有核定增配人数。由县（市、区）民政部门核定、填报后自动测算"
    )
    assert {key for key in blocked if found[key].required is not None} == set()
    assert found["service_halls"].required == 1


def test_without_a_policy_then_no_needs(clerk: User) -> None:
    make_place(GUCHENG)

    assert need_groups(assessed(clerk, STREET), 0) == []


@pytest.mark.parametrize(
    ("subject", "actual"),
    [
        ("committee_members", 7),
        ("community_workers", 2),
        ("work_premises_area", Decimal("88.00")),
        ("service_area", Decimal("40.00")),
        ("combined_premises_area", Decimal("128.00")),
        ("property_premises_area", None),
        ("grids", 6),
        ("service_halls", None),
        ("party_committee_members", 0),
        ("community_size", 2847),
        ("work_funding", None),
    ],
)
def test_actual_of_a_subject_then_what_is_reported(
    clerk: User, subject: str, actual: int | Decimal | None
) -> None:
    make_world(GUCHENG)
    set_facts(GUCHENG, grids=6, party_members_in_post=0)

    found = actual_of(assessed(clerk, STREET), subject, 0)

    assert found == actual
    assert type(found) is type(actual)


def test_actual_when_one_of_two_rooms_is_reported_then_that_one(clerk: User) -> None:
    make_world(GUCHENG)
    set_facts(GUCHENG, work_area_m2=None)

    assert actual_of(assessed(clerk, STREET), "combined_premises_area", 0) == Decimal("40.00")
