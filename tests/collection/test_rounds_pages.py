"""Pages of rounds: the list, one round with its streets, files."""

from datetime import date

import pytest

from accounts.models import AccessLog, User
from collection.models import Extension, FactsDraft
from tests.conftest import Browse
from tests.factories import make_community, make_facts, make_round
from tests.queries import queries_of
from tests.rounds_world import GULOU, LIST, NOW, autumn, plain, text

pytestmark = pytest.mark.django_db
__all__ = ["autumn"]


def test_list_says_how_far_open_rounds_are(browse: Browse, clerk: User) -> None:
    make_facts(make_community(), status="confirmed")
    make_community("371502001002", "柳湖社区居委会")
    make_round()

    page = browse(clerk).get(LIST)

    assert "2026-11-30还剩10天210" not in plain(page)
    assert "东昌府区2026-06-302026-10-012026-11-30还剩10天211填报中" in plain(page)
    assert "新建填报任务" not in text(page)


def test_list_without_rounds_says_what_to_do(
    browse: Browse, clerk: User, district_officer: User
) -> None:
    assert "民政局下达以后" in text(browse(clerk).get(LIST))
    assert "新建填报任务" in text(browse(district_officer).get(LIST))


def test_list_asks_as_many_queries_for_30_rounds_as_for_one(
    browse: Browse, city_officer: User
) -> None:
    client = browse(city_officer)
    make_round()
    client.get(LIST)
    one = queries_of(client, LIST)
    for number in range(30):
        make_round(title=f"第{number}个", state="closed", street_codes=[GULOU])

    assert queries_of(client, LIST) == one


def test_page_shows_each_street_with_states_and_days(
    browse: Browse, district_officer: User
) -> None:
    for number, status in enumerate(("returned", "submitted", "reviewed"), start=1):
        make_facts(make_community(f"37150200100{number}", f"甲{number}社区"), status=status)
    make_community("371502002001", "柳园社区居委会")
    one = make_round(note="以统计年报为准")

    page = browse(district_officer).get(f"/rounds/{one.pk}/")

    assert "古楼街道30011" + "10—11-30还剩10天延期：古楼街道催办古楼街道" in plain(page)
    assert "柳园街道110000" + "0—11-30还剩10天延期：柳园街道催办柳园街道" in plain(page)
    assert "合计410111" + "0" in plain(page)
    assert (
        "还剩10天，截止日期2026-11-30。4个社区中0个已确认，1个待审核，1个待复核，2个还没有提交"
        in plain(page)
    )
    assert "催办2个街道" in plain(page)
    assert "以统计年报为准" in plain(page)
    assert f'href="/collect/?year=2026&amp;division={GULOU}"' in text(page)
    assert f'<a href="/reviews/?year=2026&amp;street={GULOU}">1</a>' in text(page)


def test_page_for_a_street_shows_its_own_line_and_nothing_to_press(
    browse: Browse, clerk: User
) -> None:
    make_community()
    make_community("371502002001", "柳园社区居委会")
    one = make_round()

    answer = browse(clerk).get(f"/rounds/{one.pk}/")

    assert "古楼街道1" in plain(answer)
    assert "柳园街道" not in plain(answer)
    acts = ("edit", "open", "close", "remind", "extend")
    assert [name for name in acts if f"/{name}/" in text(answer)] == []


def test_page_of_a_street_s_round_is_not_found_for_others(
    browse: Browse, clerk: User, clerk_elsewhere: User
) -> None:
    one = make_round(street_codes=[GULOU])
    draft = make_round(year=2025, state="draft")

    assert browse(clerk).get(f"/rounds/{one.pk}/").status_code == 200
    assert browse(clerk_elsewhere).get(f"/rounds/{one.pk}/").status_code == 404
    assert browse(clerk).get(f"/rounds/{draft.pk}/").status_code == 404
    assert browse(clerk).get(f"/rounds/{'9' * 30}/").status_code == 404


def test_page_asks_as_many_queries_for_30_streets_as_for_one(
    browse: Browse, city_officer: User
) -> None:
    client = browse(city_officer)
    one = make_round("3715")
    make_community()
    client.get(f"/rounds/{one.pk}/")
    few = queries_of(client, f"/rounds/{one.pk}/")
    for number in range(2, 31):
        community = make_community(f"371502{number:03}001", f"甲{number}社区居委会")
        make_facts(community, status="submitted")
        Extension.objects.create(
            round=one,
            code=community.code[:9],
            closes_on=date(2026, 12, 5),
            reason="甲",
            by=city_officer,
            at=NOW,
        )

    assert queries_of(client, f"/rounds/{one.pk}/") == few


# files


def test_export_holds_every_street_and_is_logged(
    browse: Browse, city_officer: User, clerk: User
) -> None:
    community = make_community()
    FactsDraft.objects.create(
        community=community, year=2026, code=community.code, changed_by=clerk, changed_at=NOW
    )
    one = make_round("3715")

    answer = browse(city_officer).get(f"/rounds/{one.pk}/export.csv")

    assert answer.content.decode("utf-8-sig").splitlines() == [
        "街道代码,县（市、区）,街道,社区,未填报,填报中,已退回,待审核,待复核,已确认,"
        "最近填报,截止日期,延期原因,最近催办",
        "371502001,东昌府区,古楼街道,1,0,1,0,0,0,0,2026-11-20 09:30,2026-11-30,,",
    ]
    log = AccessLog.objects.get(act="export")
    assert (log.user, log.target) == (city_officer, "2026年度社区数据填报进度.csv")


def test_export_of_a_round_of_others_is_not_found(browse: Browse, clerk_elsewhere: User) -> None:
    one = make_round(street_codes=[GULOU])

    assert browse(clerk_elsewhere).get(f"/rounds/{one.pk}/export.xlsx").status_code == 404
