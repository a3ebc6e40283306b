"""A division gets no new code while texts or series of its own would be left under the old one."""

from datetime import date
from typing import Any

import pytest

from accounts.models import User
from accounts.scope import scope
from communities.services.applying import apply_act
from communities.services.plan_case import MistakesError
from communities.services.plan_checks import check_effect
from communities.services.plans import DivisionChange, Plan
from policy import services
from policy.models import IndexValue
from tests.change_acts import AT, EFFECTIVE, make_act, mistakes
from tests.factories import make_division
from tests.policy.samples import published, rule, source

pytestmark = pytest.mark.django_db

OLD, NEW = "371502", "371599"
OTHER = rule("B-1", "committee_members")
TEXT = (
    f"政策文件《办法own》按区划{OLD}执行，没有在2027-03-01停止。"
    f"按{NEW}另行发布，原文件自2027-03-01起停止执行"
)
CHANGE = Plan(divisions=(DivisionChange(OLD, NEW, "东昌区"),))


@pytest.fixture(autouse=True)
def district() -> None:
    make_division("37")
    make_division("3715")
    make_division(OLD)


def hindrances(plan: Plan = CHANGE, on: date = EFFECTIVE) -> list[tuple[str, str]]:
    act = make_act("recode", plan, effective_on=on, code="3715")
    with scope("3715"):
        return [(one.item, one.message) for one in check_effect(act, plan, on)]


def figure(code: str, value: int = 30000, year: int = 2025, **more: Any) -> IndexValue:
    values = {"unit": "元", "source": "统计年鉴", "series": "disposable_income"}
    return IndexValue.objects.create(division_code=code, value=value, year=year, **(values | more))


def test_text_of_the_old_code_hinders_until_it_ends_by_the_day() -> None:
    text = published("own", jurisdiction=OLD)
    published("above", jurisdiction="3715")
    published("ended", (OTHER,), jurisdiction=OLD, effective_until=EFFECTIVE)
    services.draft(source("draft", jurisdiction=OLD), by=None)
    assert hindrances() == [("divisions", TEXT)]

    services.withdraw(text, by=None, on=EFFECTIVE, reason="改代码")

    assert hindrances() == []


def test_text_that_begins_after_the_day_hinders_and_one_that_never_came_to_hold_does_not() -> None:
    later = date(2028, 1, 1)
    published("own", jurisdiction=OLD, effective_from=later)
    never = published("never", jurisdiction=OLD, effective_from=later, provisions=(OTHER,))
    services.withdraw(never, by=None, on=EFFECTIVE, reason="改代码")

    assert hindrances() == [("divisions", TEXT)]


def test_series_of_the_old_code_hinders_until_the_new_one_has_the_same_figures() -> None:
    figure(OLD)
    figure(OLD, 31000, 2026)
    figure("3715")
    figure(NEW, 30001)
    words = (
        f"区划{OLD}的指数有{{}}个没有按{NEW}登记，如{{}}年城镇居民人均可支配收入。"
        f"按{NEW}登记同样的数"
    )
    assert hindrances() == [("divisions", words.format(2, 2025))]

    IndexValue.objects.filter(division_code=NEW).update(value=30000)
    assert hindrances() == [("divisions", words.format(1, 2026))]

    figure(NEW, 31000, 2026)
    assert hindrances() == []


def test_new_name_alone_needs_no_other_texts() -> None:
    published("own", jurisdiction=OLD)
    figure(OLD)

    assert hindrances(Plan(divisions=(DivisionChange(OLD, OLD, "东昌区"),))) == []


def test_code_list_is_submitted_before_texts_end_and_refused_on_its_day(
    city_officer: User,
) -> None:
    published("own", jurisdiction=OLD)
    act = make_act("recode", CHANGE, code="3715")

    assert mistakes(city_officer, "recode", CHANGE) == []
    with scope("3715"), pytest.raises(MistakesError) as wrong:
        apply_act(act=act, on=EFFECTIVE, at=AT)

    assert str(wrong.value) == TEXT
