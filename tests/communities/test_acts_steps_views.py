"""The steps of change acts by pages: review, return, decision; pressed twice, or too late."""

import re
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from communities.models import ActStep, Community, Paper
from tests.act_steps import (
    decision_form,
    propose_by_page,
    submit,
    take,
    text,
)
from tests.conftest import Browse

pytestmark = pytest.mark.django_db


def test_way_of_a_merge_then_every_page_says_what_comes_next(
    browse: Browse, clerk: User, district_officer: User, gucheng: Community, hunan: Community
) -> None:
    street, district = browse(clerk), browse(district_officer)
    act = submit(street, gucheng, hunan)
    path = f"/communities/acts/{act.pk}/"

    assert "由东昌府区民政局审查" in text(street.get(path))
    assert "审查通过" in text(district.get(path))
    assert take(district, act, "pass", comment="情况属实").status_code == 302
    assert "等政府批复，由东昌府区民政局录入批复" in text(street.get(path))
    assert take(district, act, "decide", **decision_form()).status_code == 302

    page = text(street.get(path))
    assert "已按批复于2026-11-20生效" in page
    assert "东政字〔2026〕8号" in page
    hunan.refresh_from_db()
    assert hunan.valid_until == date(2026, 11, 20)
    assert [paper.title for paper in Paper.objects.all()] == ["批复"]
    lineage = text(street.get("/communities/371502001002/acts/"))
    assert (
        '<td>去向</td><td><a href="/communities/371502001001/">古城社区居委会</a></td>' in lineage
    )


def test_return_then_each_comment_stands_at_its_item(
    browse: Browse, clerk: User, district_officer: User, gucheng: Community, hunan: Community
) -> None:
    street, district = browse(clerk), browse(district_officer)
    act = submit(street, gucheng, hunan)

    form = text(district.get(f"/communities/acts/{act.pk}/return/"))
    assert re.findall(r'name="item:([^"]+)"', form) == [
        "communities",
        "successor:s1",
        "flows",
        "reason",
        "papers",
    ]
    empty = text(take(district, act, "return", comment=" "), 422)
    assert "没有写退回意见。写明要改哪一项、怎么改" in empty
    said = {"comment": "补材料", "item:flows": "核对户数", "item:successor:s1": "名称再议"}
    assert take(district, act, "return", **said).status_code == 302

    edit = text(street.get(f"/communities/acts/{act.pk}/edit/"))
    assert "补材料" in edit
    assert "退回意见：核对户数" in edit.split('id="flows"')[1].split("</fieldset>")[0]
    assert "退回意见：名称再议" in edit.split('id="successor-s1"')[1].split("</fieldset>")[0]
    page = text(street.get(f"/communities/acts/{act.pk}/"))
    assert "户数划转：核对户数" in page
    assert "古城社区居委会：名称再议" in page


def test_step_pressed_twice_then_done_once(
    browse: Browse, clerk: User, gucheng: Community, hunan: Community
) -> None:
    client = browse(clerk)
    act = propose_by_page(client, gucheng, hunan)
    form = {"key": str(uuid4()), "version": "1"}

    first = take(client, act, "submit", **form)
    second = take(client, act, "submit", **form)

    assert (first.status_code, second["Location"]) == (302, first["Location"])
    assert ActStep.objects.filter(act=act).count() == 1


def test_step_on_an_old_page_then_the_act_as_it_is(
    browse: Browse, clerk: User, district_officer: User, gucheng: Community, hunan: Community
) -> None:
    act = submit(browse(clerk), gucheng, hunan)
    take(browse(clerk), act, "withdraw")

    page = text(take(browse(district_officer), act, "pass", version="2"), 409)

    assert "现在是已撤回，这一步没有办理" in page
    assert "办理结束" in page


def test_return_on_an_old_page_then_the_comment_stays(
    browse: Browse, clerk: User, district_officer: User, gucheng: Community, hunan: Community
) -> None:
    act = submit(browse(clerk), gucheng, hunan)

    page = text(take(browse(district_officer), act, "return", version="1", comment="补材料"), 409)

    assert "你打开以后，这件变更有了新的办理。看过最新情况再办理" in page
    assert "补材料" in page
    assert 'name="version" value="2"' in page


def test_own_act_then_said_who_reviews_it(
    browse: Browse, district_officer: User, gucheng: Community, hunan: Community
) -> None:
    client = browse(district_officer)
    act = submit(client, gucheng, hunan)

    page = text(client.get(f"/communities/acts/{act.pk}/"))
    assert "你提出的变更由其他人审查" in page
    assert "审查通过" not in page
    assert "你提出的变更由其他人审查" in text(take(client, act, "pass"), 409)
    assert client.get(f"/communities/acts/{act.pk}/return/").status_code == 302


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"doc_no": "东政字8号"}, "文号“东政字8号”不全。写成“东政字〔2026〕8号”的样子"),
        ({"doc_no": ""}, "填写文号"),
        (
            {"effective_on": "2026-11-19"},
            "生效日期2026-11-19早于批复日期2026-11-20。改其中一个日期",
        ),
        ({"decided_on": "2199-01-01", "effective_on": "2199-01-02"}, "2199-01-01还没有到"),
        ({"file": SimpleUploadedFile("批复.pdf", b"MZ")}, "批复.pdf"),
        ({"authority": ""}, "填写批准机关"),
    ],
)
def test_decision_with_a_mistake_then_said_and_nothing_is_decided(
    changed: dict[str, Any],
    words: str,
    browse: Browse,
    clerk: User,
    district_officer: User,
    gucheng: Community,
    hunan: Community,
) -> None:
    act = submit(browse(clerk), gucheng, hunan)
    client = browse(district_officer)
    take(client, act, "pass")

    page = text(take(client, act, "decide", **decision_form(**changed)), 422)

    assert words in page
    act.refresh_from_db()
    assert (act.state, Paper.objects.count()) == ("reviewed", 0)


def test_decision_for_a_later_day_then_waits(
    browse: Browse, clerk: User, district_officer: User, gucheng: Community, hunan: Community
) -> None:
    act = submit(browse(clerk), gucheng, hunan)
    client = browse(district_officer)
    take(client, act, "pass")

    answer = take(client, act, "decide", **decision_form(effective_on="2198-01-01"))

    page = text(client.get(answer["Location"]))
    assert "已录入批复，2198-01-01自动生效" in page
    assert "到2198-01-01自动生效" in page
    assert "退回修改" in page


def test_refuse_then_the_reason_stands_on_the_page(
    browse: Browse, clerk: User, district_officer: User, gucheng: Community, hunan: Community
) -> None:
    act = submit(browse(clerk), gucheng, hunan)
    client = browse(district_officer)
    take(client, act, "pass")

    assert "没有写理由" in text(take(client, act, "refuse"), 422)
    assert take(client, act, "refuse", comment="条件不成熟").status_code == 302

    page = text(browse(clerk).get(f"/communities/acts/{act.pk}/"))
    assert "不予批准：条件不成熟" in page
    assert "政府不予批准，办理结束" in page
