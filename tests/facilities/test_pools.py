"""用房补助资金: parts that add up, ranked ones that never exceed the sum, lines that stay."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from communities.models import Community, Division
from facilities.models import SpaceMeasure, SpacePlan, SpacePool, SpacePoolLine
from facilities.rules.pools import by_rank, by_weight
from facilities.selectors.pools import divide
from facilities.selectors.pools_fund import fund_of
from facilities.services.plans_steps import approve
from tests.conftest import Browse
from tests.factories import make_division, make_user
from tests.posted import errors_of, opened
from tests.queries import queries_of
from tests.space_factories import AT, make_measure, make_plan, make_pool
from tests.staffing.pay_world import adopt
from tests.world import DAY, GUCHENG, LIUYUAN, YANGGU, load_texts, make_world, set_facts

POOLS = "/space/pools/"
weights = st.lists(st.integers(0, 10**9), min_size=1, max_size=9)
# the first example of a run reads all modules for constants, which takes its time
calm = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)


@calm
@given(st.integers(0, 10**12), weights)
def test_weights_then_the_parts_add_up_and_nobody_is_a_fen_off(fen: int, given: list[int]) -> None:
    codes = [f"3715{place:02}" for place in range(len(given))]

    parts = by_weight(fen, given, codes)

    assert sum(parts) == (fen if any(given) else 0)
    if whole := sum(given):
        assert all(
            abs(part * whole - fen * weight) < whole
            for part, weight in zip(parts, given, strict=True)
        )


def test_weights_when_remainders_are_alike_then_the_lower_code_is_first() -> None:
    assert by_weight(100, [1, 1, 1], ["371523", "371502", "371521"]) == [33, 34, 33]


@calm
@given(st.integers(0, 10**6), st.lists(st.integers(1, 10**5), max_size=9), st.booleans())
def test_ranks_then_never_more_than_the_sum_and_in_order(
    fen: int, asked: list[int], in_part: bool
) -> None:
    parts = by_rank(fen, asked, last_in_part=in_part)

    whole = [part == wanted for part, wanted in zip(parts, asked, strict=True)]
    served = whole.index(False) if False in whole else len(whole)
    assert sum(parts) <= fen
    # whoever is not served ends it
    assert not any(parts[served + 1 :])
    if served < len(parts):
        rest = fen - sum(asked[:served])
        assert rest < asked[served]
        assert parts[served] == (rest if in_part else 0)


def divided(user: User, pool: SpacePool, **entered: int) -> list[tuple[str, int]]:
    found = divide(user, pool, DAY, {code[1:]: weight for code, weight in entered.items()})
    return [(one.code, one.amount) for one in found.parts]


@pytest.fixture
def world(db: None) -> None:
    """阳谷 and 东昌府 are poor counties; 谷山 lacks 1,050 m², 古城 726.10 and 柳园 60."""
    make_world(GUCHENG, LIUYUAN, YANGGU)
    set_facts(LIUYUAN, service_area_m2="80.00")
    set_facts(YANGGU, work_area_m2="100.00", service_area_m2="50.00")
    for code, name in (("371502", "东昌府区"), ("371521", "阳谷县")):
        division = Division.objects.filter(code=code).first() or make_division(code, name=name)
        Division.objects.filter(pk=division.pk).update(poor_county=True)


def test_divide_by_gap_then_in_hundredths_of_square_metres(world: None, city_officer: User) -> None:
    pool = make_pool(weight_by="gap")

    found = divide(city_officer, pool, DAY, {})

    # 谷山 is new: 300 and 900 at least... 30 m² per 100 of 1,500 households are 450
    gaps = [(one.code, one.weight) for one in found.parts]
    assert gaps == [("371502", 72610 + 6000), ("371521", 30000 + 45000 - 15000)]
    assert found.given == 100_000_000


def test_divide_by_households_then_those_of_short_communities(
    world: None, city_officer: User
) -> None:
    pool = make_pool(weight_by="households")

    found = divide(city_officer, pool, DAY, {})

    assert [(one.code, one.weight) for one in found.parts] == [("371502", 3847), ("371521", 1500)]
    assert found.given == 100_000_000


def test_divide_by_typed_weights_then_nothing_else_counts(world: None, city_officer: User) -> None:
    pool = make_pool(weight_by="entered", amount_yuan=Decimal("0.03"))

    assert divided(city_officer, pool, c371502=1, c371521=1) == [("371502", 2), ("371521", 1)]


def test_divide_when_nobody_has_a_weight_then_said(world: None, city_officer: User) -> None:
    found = divide(city_officer, make_pool(weight_by="entered"), DAY, {})

    assert (found.given, found.said) == (0, ["权数合计为0，不能分配"])


def test_divide_without_poor_counties_then_said(db: None, city_officer: User) -> None:
    found = divide(city_officer, make_pool(), DAY, {})

    assert found.said == ["没有县（市、区）登记为贫困县。在区划里登记以后再分配"]


@pytest.fixture
def planned(world: None, district_officer: User, city_officer: User) -> SpacePlan:
    """An approved plan of 东昌府: 古城 800 m² for 600,000, 柳园 60 for 300,000 yuan, both 2026."""
    plan = make_plan(by=district_officer, state="approved", decided_by=city_officer, decided_at=AT)
    make_measure(plan, Community.objects.get(code=GUCHENG), area_m2=800)
    make_measure(plan, Community.objects.get(code=LIUYUAN), area_m2=60, city_yuan=0)
    return plan


def test_divide_by_rank_then_in_order_until_the_money_is_used_up(
    planned: SpacePlan, city_officer: User
) -> None:
    set_facts(GUCHENG, population_resident=4000)
    pool = make_pool(method="ranked", amount_yuan=Decimal(800000))

    # 2,500 residents for 300,000 yuan come before 4,000 for 600,000
    assert divided(city_officer, pool) == [(LIUYUAN, 30_000_000), (GUCHENG, 0)]
    pool.pays_last_in_part = True
    assert divided(city_officer, pool) == [(LIUYUAN, 30_000_000), (GUCHENG, 50_000_000)]
    # 2,847 households for 600,000 before 1,000 for 300,000
    pool.ranked_by = "households"
    assert divided(city_officer, pool) == [(GUCHENG, 60_000_000), (LIUYUAN, 20_000_000)]


def test_divide_by_rank_when_another_pool_gives_then_only_the_rest_is_asked(
    planned: SpacePlan, city_officer: User
) -> None:
    other = make_pool(title="市级资金", method="ranked", pays="city")
    measure = SpaceMeasure.objects.get(code=GUCHENG)
    SpacePoolLine.objects.create(
        pool=other, code=GUCHENG, measure=measure, rank=1, amount_yuan=Decimal(300000)
    )
    SpacePool.objects.update(state="proposed")
    pool = make_pool(method="ranked")

    found = divide(city_officer, pool, DAY, {})
    assert [(one.code, one.asked) for one in found.parts] == [
        (GUCHENG, 30_000_000), (LIUYUAN, 30_000_000),
    ]  # fmt: skip
    pool.pays = "city"
    again = divide(city_officer, pool, DAY, {})
    assert (again.parts, again.said) == ([], ["2个项目没有要承担的费用，或已由其他资金安排"])


def test_divide_by_rank_then_drafts_and_other_years_are_left_out(
    planned: SpacePlan, city_officer: User
) -> None:
    SpaceMeasure.objects.filter(code=LIUYUAN).update(year=2027, adjusted_at=AT)
    draft = make_plan("371521")
    make_measure(draft, Community.objects.get(code=YANGGU))

    assert [code for code, _ in divided(city_officer, make_pool(method="ranked"))] == [GUCHENG]


def test_fund_when_the_clause_ran_before_then_no_sum(db: None) -> None:
    load_texts()

    fund = fund_of("3715", 2026)

    assert fund is not None
    assert (fund.clause, fund.amount) == (
        "《山东省城市社区建设标准》答复：福彩公益金（SD-FND-3）", None,
    )  # fmt: skip
    assert {"起始年2015", "截止年2017"} <= {*fund.readings}
    assert fund_of("3302", 2026) is None


def test_fund_when_the_clause_is_of_the_year_then_its_sum_and_who_says_so(
    db: None, city_officer: User, browse: Browse
) -> None:
    years = {"SD-FND-3.first_year": "2025", "SD-FND-3.last_year": "2199"}
    adopt("shandong-2018", "37", **years)

    fund = fund_of("3715", 2026)

    assert fund is not None
    assert fund.amount == Decimal(60000000)
    before = fund_of("3715", 2024)
    assert before is not None
    assert before.amount is None
    offered = opened(browse(city_officer), f"{POOLS}new/")
    assert (offered["amount_yuan"], offered["basis"]) == ("60000000", fund.clause)


def post(client: Client, path: str, **changes: Any) -> Any:
    return client.post(path, opened(client, path) | changes)


NEW = {"title": "用房补助", "amount_yuan": "100.01", "method": "weights", "weight_by": "gap"}


def test_new_then_divided_and_shown(world: None, city_officer: User, browse: Browse) -> None:
    client = browse(city_officer)

    answer = post(client, f"{POOLS}new/", **NEW)

    pool = SpacePool.objects.get()
    assert answer.headers["Location"] == f"{POOLS}{pool.pk}/"
    assert (pool.code, pool.makers) == ("3715", [city_officer.pk])
    assert sum(pool.lines.values_list("amount_yuan", flat=True)) == Decimal("100.01")
    page = client.get(answer.headers["Location"]).content.decode()
    assert "按今天的数据试算，送批时固定" in page


def test_new_by_typed_weights_without_any_then_refused(
    world: None, city_officer: User, browse: Browse
) -> None:
    answer = post(browse(city_officer), f"{POOLS}new/", **NEW | {"weight_by": "entered"})

    assert errors_of(answer) == ["选了按录入的权数，至少填一个县（市、区）的权数"]
    assert not SpacePool.objects.exists()


def test_new_of_a_district_then_unknown(
    world: None, district_officer: User, browse: Browse
) -> None:
    assert browse(district_officer).get(f"{POOLS}new/").status_code == 404


def test_steps_then_the_lines_stay_as_proposed_and_another_approves(
    world: None, city_officer: User, browse: Browse
) -> None:
    colleague = make_user("city_officer", "3715", username="wangqiang", display_name="王强")
    client, other = browse(city_officer), browse(colleague)
    post(client, f"{POOLS}new/", **NEW | {"weight_by": "households"})
    path = f"{POOLS}{SpacePool.objects.get().pk}/"
    page = client.get(path)
    step = {"key": str(page.context["form"].fields["key"].initial), "version": "1"}
    assert client.post(f"{path}propose/", step).status_code == 302
    set_facts(GUCHENG, households=1847)

    page = other.get(path)
    assert page.context["changes"] == ["东昌府区的权数由3,847变为2,847"]
    assert [one["part"].weight for one in page.context["rows"]] == [3847, 1500]
    assert client.post(f"{path}approve/", {"version": "2"}).status_code == 409
    step = {"version": "2", "doc_no": "聊民〔2026〕8号"}
    assert other.post(f"{path}approve/", step).status_code == 302
    pool = SpacePool.objects.get()
    assert (pool.state, pool.decided_by, pool.doc_no) == ("approved", colleague, "聊民〔2026〕8号")


def test_approve_by_one_who_wrote_it_before_then_refused(world: None, city_officer: User) -> None:
    maker = make_user("city_officer", "3715", username="other")
    pool = make_pool(by=maker, state="proposed")
    SpacePool.objects.update(makers=[maker.pk, city_officer.pk])

    with pytest.raises(ValidationError, match="拟订和修改过的人不能批准或退回"):
        approve(record=pool, version=1, decision="", doc_no="", url="", by=city_officer, at=AT)


def test_page_of_a_county_then_its_own_line_of_what_is_approved(
    world: None, city_officer: User, district_officer: User, browse: Browse
) -> None:
    pool = make_pool(by=city_officer)
    for code in ("371502", "371521"):
        SpacePoolLine.objects.create(pool=pool, code=code, weight=1, amount_yuan=Decimal(500000))
    client = browse(district_officer)
    assert client.get(f"{POOLS}{pool.pk}/").status_code == 404
    SpacePool.objects.update(state="proposed")
    SpacePool.objects.update(
        state="approved",
        decided_by=make_user("city_officer", "3715", username="other"),
        decided_at=AT,
    )

    page = client.get(f"{POOLS}{pool.pk}/")

    assert [one["part"].code for one in page.context["rows"]] == ["371502"]
    assert "阳谷" not in page.content.decode()
    assert client.get(f"{POOLS}{pool.pk}/export.xlsx").status_code == 200
    assert client.get(f"{POOLS}{pool.pk}/edit/").status_code == 404


def test_page_then_queries_are_fixed(
    planned: SpacePlan, city_officer: User, browse: Browse
) -> None:
    pool = make_pool(by=city_officer, method="ranked", amount_yuan=Decimal(10**8))
    client, path = browse(city_officer), f"{POOLS}{pool.pk}/"
    queries_of(client, path)
    few = queries_of(client, path)
    community = Community.objects.get(code=GUCHENG)
    other = make_user("city_officer", "3715", username="other")
    for number in range(30):
        year = 1990 + number
        plan = make_plan(
            "371502", first_year=year, last_year=year, state="approved", decided_by=other,
            decided_at=AT,
        )  # fmt: skip
        make_measure(plan, community, year=2026)

    assert queries_of(client, path) == few


def test_list_then_queries_are_fixed(world: None, city_officer: User, browse: Browse) -> None:
    make_pool(by=city_officer)
    client = browse(city_officer)
    queries_of(client, POOLS)
    few = queries_of(client, POOLS)
    for number in range(30):
        make_pool(by=city_officer, title=f"资金{number}")

    assert queries_of(client, POOLS) == few
