"""The form of a round: suggested, saved, refused with what was typed, changed while open."""

import re
from datetime import date
from typing import Any

import pytest

from accounts.models import Message, User
from collection.models import Round
from tests.conftest import Browse
from tests.factories import make_divisions_above, make_round
from tests.rounds_world import GULOU, NEW, act, autumn, form, plain, text
from tests.world import load_texts

pytestmark = pytest.mark.django_db
__all__ = ["autumn"]


def test_new_round_is_suggested_from_the_calendar_and_the_policies(
    browse: Browse, district_officer: User
) -> None:
    load_texts()
    client = browse(district_officer)

    data = form(client)

    assert {name: data[name] for name in ("title", "reference_on", "opens_on", "closes_on")} == {
        "title": "2027年度社区数据填报",
        "reference_on": "2026-06-30",
        "opens_on": "2026-11-20",
        "closes_on": "2026-12-20",
    }
    page = plain(client.get(NEW))
    assert "工作经费：《聊城市城市社区管理办法（试行）》第三十一条" in page
    assert "received_yuan" in data["asked"]
    assert "remarks" not in data["asked"]


def test_new_round_is_saved_as_a_draft_then_opened(
    browse: Browse, district_officer: User, clerk: User
) -> None:
    client = browse(district_officer)
    data = form(client, f"{NEW}?year=2026", households_measure="households_occupied")
    data |= {"asked": ["grids"], "address": "chosen", "street_codes": [GULOU]}

    saved = client.post(f"{NEW}?year=2026", data, follow=True)

    one = Round.objects.get()
    assert (one.code, one.year, one.asked, one.street_codes, one.state) == (
        "371502",
        2026,
        ["households_occupied", "grids"],
        [GULOU],
        "draft",
    )
    assert one.made_by == district_officer
    assert "已保存“2026年度社区数据填报”，还没有下达。核对以后下达" in text(saved)
    opened = act(client, one, "open")
    assert opened["Location"] == f"/rounds/{one.pk}/"
    assert "已下达“2026年度社区数据填报”" in text(client.get(opened["Location"]))
    assert Message.objects.for_user(clerk).count() == 1


def test_form_sent_twice_makes_one_round(browse: Browse, district_officer: User) -> None:
    client = browse(district_officer)
    data = form(client, households_measure="dwellings", asked=["grids"])

    answers = [client.post(NEW, data) for _ in range(2)]

    assert Round.objects.count() == 1
    assert answers[0]["Location"] == answers[1]["Location"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"title": ""}, "填写任务名称"),
        ({"title": "长" * 61}, "任务名称最多60个字，缩短后再保存"),
        ({"asked": []}, "选择填报项目"),
        ({"households_measure": ""}, "选择核定户数取自"),
        ({"address": "chosen"}, "选择街道，或选“全部街道”"),
        (
            {"closes_on": "2026-11-01"},
            "截止日期2026-11-01早于开始日期2026-11-20。改其中一个日期",
        ),
        ({"reference_on": "2062-06-30"}, "统计时点2062-06-30和2027年度相差一年以上。核对年份"),
        ({"closes_on": "2026-13-01"}, "2026-13-01"),
    ],
)
def test_form_with_a_mistake_says_it_and_keeps_what_was_typed(
    browse: Browse, district_officer: User, changes: dict[str, Any], said: str
) -> None:
    client = browse(district_officer)
    valid = form(client, households_measure="dwellings", asked=["grids"], note="以年报为准")

    answer = client.post(NEW, valid | changes)

    assert answer.status_code == 422
    assert said in text(answer)
    assert "以年报为准" in text(answer)
    assert Round.objects.count() == 0


def test_street_of_another_district_cannot_be_chosen(
    browse: Browse, district_officer: User
) -> None:
    make_divisions_above("371521001001")
    client = browse(district_officer)
    data = form(client, households_measure="dwellings", asked=["grids"])

    answer = client.post(NEW, data | {"address": "chosen", "street_codes": ["371521001"]})

    assert answer.status_code == 422
    assert "没有“371521001”这一项，从列出的里面选" in text(answer)


def test_open_round_s_form_adds_facts_and_keeps_those_asked(
    browse: Browse, district_officer: User
) -> None:
    one = make_round()
    client = browse(district_officer)
    path = f"/rounds/{one.pk}/edit/"

    data = form(client, path)
    assert "households_measure" not in data
    # a browser does not send boxes that cannot be changed
    assert "asked" not in data
    answer = client.post(path, data | {"asked": ["grids"]}, follow=True)

    one.refresh_from_db()
    assert "已保存填报任务" in text(answer)
    assert one.asked == ["households_resident", "grids", "premises_area_m2"]
    assert one.street_review is True


def test_open_round_s_days_change_with_a_reason(browse: Browse, district_officer: User) -> None:
    one = make_round()
    client = browse(district_officer)
    path = f"/rounds/{one.pk}/edit/"
    data = form(client, path, closes_on="2026-12-10")

    refused = client.post(path, data)
    assert refused.status_code == 422
    assert "改了日期，写明原因" in text(refused)
    done = client.post(path, data | {"change_reason": "台风停工"})

    assert done.status_code == 302
    one.refresh_from_db()
    assert one.closes_on == date(2026, 12, 10)


def test_open_round_that_asks_all_streets_cannot_ask_some(
    browse: Browse, district_officer: User
) -> None:
    one = make_round()
    client = browse(district_officer)
    path = f"/rounds/{one.pk}/edit/"

    answer = client.post(path, form(client, path, address="chosen", street_codes=[GULOU]))

    assert answer.status_code == 422
    assert "街道已在填报，不能减少街道。选“全部街道”" in text(answer)


def test_form_that_another_changed_meanwhile_shows_both(
    browse: Browse, district_officer: User
) -> None:
    one = make_round()
    client = browse(district_officer)
    path = f"/rounds/{one.pk}/edit/"
    mine, theirs = form(client, path, title="甲"), form(client, path, title="乙")
    client.post(path, theirs)

    answer = client.post(path, mine)

    assert answer.status_code == 409
    assert {"甲", "乙"} <= set(re.findall("[甲乙]", plain(answer)))
    one.refresh_from_db()
    assert one.title == "乙"


def test_closed_round_s_form_leads_back(browse: Browse, district_officer: User) -> None:
    one = make_round(state="closed")

    answer = browse(district_officer).get(f"/rounds/{one.pk}/edit/", follow=True)

    assert "任务已结束，不再修改。要补报" in text(answer)


def test_round_of_the_city_is_run_by_the_city_only(browse: Browse, district_officer: User) -> None:
    one = make_round("3715", state="draft")
    opened = make_round("3715", year=2025)
    client = browse(district_officer)

    assert act(client, one, "open").status_code == 404
    assert act(client, opened, "close").status_code == 403
    assert client.get(f"/rounds/{opened.pk}/edit/").status_code == 403
    assert client.get(f"/rounds/{opened.pk}/streets/{GULOU}/extend/").status_code == 403
