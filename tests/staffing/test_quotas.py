"""名额分配: range and parts, shifts that keep the total, who proposes and who approves."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Message, User
from communities.services.editing import StaleError
from staffing.models import QuotaPlan
from staffing.selectors.quotas import Place, places_of, quota_range, shares
from staffing.services.quotas import (
    Shift,
    approve_plan,
    check_shifts,
    propose_plan,
    return_plan,
    save_plan,
)
from tests.conftest import Browse
from tests.factories import make_user
from tests.queries import queries_of
from tests.staff_factories import AT
from tests.world import (
    CHANGZHENG,
    DISTRICT,
    GUCHENG,
    HUNAN,
    LIUYUAN,
    WENXUAN,
    assessed,
    make_place,
    make_world,
    set_facts,
)

PLAN = f"/staff/quotas/{DISTRICT}/2026/"


def places(*households: int) -> list[Place]:
    return [
        Place(number, f"3715020010{number:02}", f"社区{number}", count)
        for number, count in enumerate(households, start=1)
    ]


@given(st.integers(0, 500), st.lists(st.integers(0, 9000), min_size=1, max_size=40))
def test_shares_then_they_add_up_and_none_is_a_whole_one_off(
    total: int, households: list[int]
) -> None:
    parts = shares(total, places(*households))

    assert sum(parts.values()) == total
    whole = sum(households)
    if whole:
        exact = {n: total * count / whole for n, count in enumerate(households, start=1)}
        assert all(abs(parts[key] - exact[key]) < 1 + 1e-9 for key in parts)


def test_shares_when_remainders_are_alike_then_the_lower_code_is_first() -> None:
    assert shares(4, places(100, 100, 100)) == {1: 2, 2: 1, 3: 1}
    assert shares(4, places(100, 100, 100)[::-1]) == {1: 2, 2: 1, 3: 1}


@given(st.lists(st.integers(-3, 3), min_size=1, max_size=12))
def test_shifts_when_they_do_not_keep_the_total_then_they_are_refused(numbers: list[int]) -> None:
    keys = range(len(numbers))
    shifts = {key: Shift(number, "任务重") for key, number in zip(keys, numbers, strict=True)}

    said = check_shifts(dict.fromkeys(keys, 3), shifts, dict.fromkeys(keys, "社区"))

    assert bool(said) == (sum(numbers) != 0)


def test_shifts_without_a_reason_or_below_nobody_then_named() -> None:
    said = check_shifts({1: 1, 2: 5}, {1: Shift(-2, "人少"), 2: Shift(2, "")}, {1: "甲", 2: "乙"})

    assert said == ["甲按户数分到1人，不能调减2人", "乙调整了名额，写明理由"]


@pytest.fixture
def world(db: None) -> None:
    """9,348 households: over 400 and 300, both begun ones counted, 24 to 32 workers."""
    make_world()
    set_facts(WENXUAN, households=900)


def saved(by: User, **more: Any) -> QuotaPlan:
    assessment = assessed(by, DISTRICT)
    values: dict[str, Any] = {
        "code": DISTRICT,
        "year": 2026,
        "total": 24,
        "reason": "",
        "allowed": quota_range(assessment, DISTRICT),
        "places": _places_of(by),
        "shifts": {},
        "version": 0,
        "at": AT,
    }
    return save_plan(by=by, **(values | more))


def _places_of(by: User) -> list[Place]:
    return places_of(assessed(by, DISTRICT), DISTRICT)


def numbers_of(plan: QuotaPlan) -> dict[str, int]:
    return {line.code: line.number for line in plan.lines.all()}


def test_range_then_the_districts_rule_on_all_its_households(
    world: None, district_officer: User
) -> None:
    found = quota_range(assessed(district_officer), DISTRICT)

    assert (found.least, found.most, found.clause) == (24, 32, "SD-STF-1")


def test_range_when_households_are_missing_then_the_communities_are_named(
    db: None, district_officer: User
) -> None:
    make_world()
    found = quota_range(assessed(district_officer), DISTRICT)

    assert found.least is None
    assert [one.name for one in found.unknown] == ["文轩社区"]


def test_range_without_a_rule_of_the_district_then_the_communities_sum(db: None) -> None:
    make_world(GUCHENG)
    officer = make_user("district_officer", "330206")
    make_place("330206002001", households=900)
    make_place("330206002002", households=2000)

    found = quota_range(assessed(officer, "330206"), "330206")

    # at least 5, and one for 300 begun: 5 and 7
    assert (found.least, found.most) == (12, 12)
    assert found.told == "各社区标准合计（BL-STF-5、BL-STF-6）"


def test_plan_then_parts_by_households_with_shifts(world: None, district_officer: User) -> None:
    by_code = {one.code: one.key for one in _places_of(district_officer)}
    shifts = {by_code[GUCHENG]: Shift(1, "老旧小区多"), by_code[HUNAN]: Shift(-1, "新建小区")}

    plan = saved(district_officer, shifts=shifts)

    assert numbers_of(plan) == {GUCHENG: 8, HUNAN: 9, WENXUAN: 2, LIUYUAN: 3, CHANGZHENG: 2}
    assert (plan.least, plan.most, plan.clause, plan.version) == (24, 32, "SD-STF-1", 1)


def test_plan_outside_the_range_then_a_reason_is_needed(
    world: None, district_officer: User
) -> None:
    with pytest.raises(ValidationError, match="总量40人不在24至32人之间，写明理由"):
        saved(district_officer, total=40)
    assert saved(district_officer, total=40, reason="区委编委〔2026〕3号").total == 40


def test_plan_when_somebody_saved_meanwhile_then_nothing_is_lost(
    world: None, district_officer: User
) -> None:
    saved(district_officer)

    with pytest.raises(StaleError):
        saved(district_officer, total=25)
    assert saved(district_officer, total=25, version=1).total == 25


def test_steps_then_somebody_else_approves_and_the_streets_are_told(
    world: None, district_officer: User, clerk: User, clerk_elsewhere: User, city_officer: User
) -> None:
    plan = saved(district_officer)
    with pytest.raises(ValidationError, match="没有送批"):
        approve_plan(plan=plan, version=1, decision="", doc_no="", url=PLAN, by=clerk, at=AT)
    propose_plan(plan=plan, version=1, url=PLAN, by=district_officer, at=AT)
    with pytest.raises(ValidationError, match="不能批准自己提出"):
        approve_plan(
            plan=plan, version=2, decision="", doc_no="", url=PLAN, by=district_officer, at=AT
        )

    approve_plan(plan=plan, version=2, decision="", doc_no="8号", url=PLAN, by=city_officer, at=AT)

    told = set(Message.objects.values_list("to__username", "text"))
    assert (clerk.username, "2026年专职工作人员名额已下达") in told
    assert (clerk_elsewhere.username, "2026年专职工作人员名额已下达") in told
    assert (district_officer.username, "2026年专职工作人员名额已批准，总量24人") in told
    with pytest.raises(ValidationError, match="不再修改"):
        saved(district_officer, version=3)

    return_plan(plan=plan, version=3, decision="户数有误", url=PLAN, by=city_officer, at=AT)
    assert saved(district_officer, version=4).state == "draft"


def test_plan_when_a_colleague_saved_it_last_then_only_the_colleague_proposes(
    world: None, district_officer: User
) -> None:
    colleague = make_user("district_officer", DISTRICT, username="second")
    saved(district_officer)
    plan = saved(colleague, version=1, total=25)

    with pytest.raises(ValidationError, match="由他送批"):
        propose_plan(plan=plan, version=2, url=PLAN, by=district_officer, at=AT)
    propose_plan(plan=plan, version=2, url=PLAN, by=colleague, at=AT)


def post(client: Client, step: str, **data: Any) -> Any:
    return client.post(f"{PLAN}{step}/", data)


def test_pages_from_the_form_to_the_streets_lines(
    world: None,
    browse: Browse,
    district_officer: User,
    city_officer: User,
    clerk: User,
    clerk_elsewhere: User,
) -> None:
    officer, city = browse(district_officer), browse(city_officer)
    assert post(officer, "edit", total="40", reason="", version="0").status_code == 422
    key = _places_of(district_officer)[0].key
    uneven = {"total": "24", "version": "0", f"more-{key}": "１", f"why-{key}": "任务重"}
    answer = post(officer, "edit", **uneven)
    assert answer.status_code == 422
    assert "调增比调减多1人" in answer.content.decode()
    answer = post(officer, "edit", recount="1", **uneven)
    assert answer.status_code == 200
    assert "调增和调减相差+1人" in answer.content.decode()
    assert not QuotaPlan.objects.exists()

    assert post(officer, "edit", total="24", version="0").status_code == 302
    assert "按户数分" not in browse(clerk).get(PLAN).content.decode()
    assert post(officer, "propose", version="1").status_code == 302
    assert post(officer, "approve", version="2").status_code == 409
    assert post(city, "return", version="2").status_code == 422
    assert post(city, "approve", version="2", doc_no="8号").status_code == 302

    page = browse(clerk).get(PLAN).content.decode()
    assert "古城社区" in page
    assert "柳园社区" not in page
    set_facts(GUCHENG, households=3000)
    assert "古城社区2,847户改为3,000户" in officer.get(PLAN).content.decode()
    assert browse(clerk_elsewhere).get(PLAN).status_code == 200
    assert browse(clerk).get("/staff/quotas/330206/2026/").status_code == 404
    assert post(browse(clerk), "propose", version="1").status_code == 403
    other = browse(make_user("district_officer", "330206"))
    assert other.get(PLAN).status_code == 404
    assert post(other, "approve", version="3").status_code == 404
    assert officer.get("/staff/quotas/").content.decode().count("已批准") == 1


def test_page_when_there_are_many_lines_then_the_queries_are_as_few(
    world: None, browse: Browse, district_officer: User
) -> None:
    client = browse(district_officer)
    saved(district_officer)
    client.get(PLAN)
    few = queries_of(client, PLAN)
    for number in range(30):
        make_place(f"3715020011{number:02}", households=900)
    saved(district_officer, total=91, version=1)
    client.get(PLAN)

    assert queries_of(client, PLAN) == few
    assert QuotaPlan.objects.get().lines.count() == 35


def test_edit_when_households_are_missing_then_the_page_says_whose(
    db: None, browse: Browse, district_officer: User
) -> None:
    make_world()
    client = browse(district_officer)

    assert client.get(f"{PLAN}edit/").status_code == 302
    assert "文轩社区没有填报2026年户数" in client.get(PLAN).content.decode()
