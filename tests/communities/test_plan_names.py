"""Names that plans give communities."""

import pytest

from accounts.models import User
from communities.services.plan_names import clean_name, new_name_mistake
from tests.change_acts import begins, goes_on, make_plan, mistakes
from tests.factories import make_community

A, B, NEW = "371502001001", "371502001002", "371502001009"
ENDINGS = "以居民委员会、居委会、社区、村民委员会、村委会结尾"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("古城社区居委会", ""),
        ("光岳楼1号社区", ""),
        ("阿里·木村民委员会", ""),
        ("古城（东）社区居民委员会", ""),
        ("A 1社区", "名称“A 1社区”中间有空格。去掉空格"),
        ("=1+1", "名称里的“=”不能用。只用汉字、字母、数字、（）和·"),
        ("香江1234<b>社区居委会", "名称里的“<”不能用。只用汉字、字母、数字、（）和·"),
        ("香江", f"名称“香江”不是全称。{ENDINGS}"),
        ("居委会", "名称只有“居委会”。写全称，如：古城社区居委会"),
        ("", "没有名称。填写全称"),
    ],
)
def test_new_name(name: str, message: str) -> None:
    assert new_name_mistake(name) == message


def test_typed_name_loses_blanks_between_characters_and_half_width_brackets() -> None:
    assert clean_name(" 古城 （东）\u3000社区 居委会 ") == "古城（东）社区居委会"
    assert clean_name("古城(东)社区居委会") == "古城（东）社区居委会"
    assert clean_name("A 1社区") == "A 1社区"


@pytest.mark.django_db
def test_names_that_are_there_are_left_as_they_are(district_officer: User) -> None:
    one = make_community(A, "东 生活区")
    flows = {(one, f"c{one.pk}"): 1, (one, "s1"): 1}
    plan = make_plan([one], [goes_on(one), begins(NEW, "东城社区居委会")], flows)
    listed = make_plan([one], [goes_on(one, code=NEW, name="东生活区")])

    assert mistakes(district_officer, "split", plan) == []
    assert mistakes(district_officer, "recode", listed) == []


@pytest.mark.django_db
def test_name_that_another_has_with_a_blank_in_it_then_said(district_officer: User) -> None:
    one = make_community(A)
    make_community(B, "湖南 社区\u3000居委会")
    plan = make_plan([one], [goes_on(one, name="湖南社区居委会")])

    assert mistakes(district_officer, "rename", plan) == [
        (f"successor:c{one.pk}", f"本街道已有“湖南社区居委会”（{B}）。换一个名称")
    ]
