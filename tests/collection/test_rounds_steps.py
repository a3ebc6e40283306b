"""Acts on a round by its pages: open, close, remind, extend; pressed twice, or by others."""

from uuid import uuid4

import pytest

from accounts.models import Message, User
from collection.models import Extension, Reminder
from tests.conftest import Browse
from tests.factories import make_community, make_facts, make_round, make_user
from tests.rounds_world import GULOU, LIUYUAN, act, autumn, form, plain, text

pytestmark = pytest.mark.django_db
__all__ = ["autumn"]


def test_open_that_is_refused_says_why_on_the_round_s_page(
    browse: Browse, district_officer: User
) -> None:
    make_round(title="先下达的")
    one = make_round(state="draft")

    answer = act(browse(district_officer), one, "open")

    assert answer.status_code == 409
    assert "“先下达的”。先结束那个任务，或改选街道" in text(answer)


def test_open_of_a_round_changed_meanwhile_says_so(browse: Browse, district_officer: User) -> None:
    one = make_round(state="draft")

    answer = act(browse(district_officer), one, "open", version=9)

    assert answer.status_code == 409
    assert "你打开以后，这个任务有了新的修改。看过最新情况再办理" in text(answer)


def test_close_says_that_it_is_over(browse: Browse, district_officer: User) -> None:
    one = make_round()
    client = browse(district_officer)

    assert act(client, one, "close").status_code == 302

    page = text(client.get(f"/rounds/{one.pk}/"))
    assert "已结束“2026年度社区数据填报”，街道不能再提交" in page
    assert "修改任务" not in page


def test_remind_twice_by_one_click_reminds_once(
    browse: Browse, district_officer: User, clerk: User
) -> None:
    make_community()
    one = make_round()
    client, key = browse(district_officer), str(uuid4())

    for _ in range(2):
        act(client, one, "remind", key=key)

    assert (Reminder.objects.count(), Message.objects.for_user(clerk).count()) == (1, 1)
    assert "已催办古楼街道" in text(client.get(f"/rounds/{one.pk}/"))


def test_remind_of_one_street_of_the_city_s_round_by_the_district(
    browse: Browse, district_officer: User, clerk: User, clerk_elsewhere: User
) -> None:
    for code in ("371502001001", "371502002001", "371521001001"):
        make_community(code)
    one = make_round("3715")
    client = browse(district_officer)

    act(client, one, "remind", street=LIUYUAN)
    answer = act(client, one, "remind", street=LIUYUAN)

    assert [Message.objects.for_user(user).count() for user in (clerk, clerk_elsewhere)] == [0, 1]
    page = text(client.get(answer["Location"]))
    assert "柳园街道在11-20 09:30催办过，24小时内不再催办" in page
    assert act(client, one, "remind", street="371521001").status_code == 404


def test_remind_of_all_by_the_district_stays_in_the_district(
    browse: Browse, district_officer: User
) -> None:
    far = make_user("street_clerk", "371521001")
    for code in ("371502001001", "371521001001"):
        make_community(code)

    act(browse(district_officer), make_round("3715"), "remind")

    assert Message.objects.for_user(far).count() == 0
    assert list(Reminder.objects.values_list("code", flat=True)) == [GULOU]


def test_remind_when_all_is_handed_in_says_so(browse: Browse, district_officer: User) -> None:
    make_facts(make_community(), status="submitted")
    one = make_round()
    client = browse(district_officer)

    act(client, one, "remind")

    assert "没有要催办的街道，都已提交" in text(client.get(f"/rounds/{one.pk}/"))


def test_extension_by_its_page(browse: Browse, district_officer: User, clerk: User) -> None:
    make_community()
    one = make_round()
    client = browse(district_officer)
    path = f"/rounds/{one.pk}/streets/{GULOU}/extend/"

    empty = client.post(path, form(client, path))
    assert empty.status_code == 422
    assert "填写延期原因" in text(empty)
    early = client.post(path, form(client, path, closes_on="2026-11-30", reason="换届"))
    assert early.status_code == 422
    assert "现在的截止日期是2026-11-30。填一个更晚的日期" in text(early)
    data = form(client, path, closes_on="2026-12-05", reason="换届")
    done = [client.post(path, data, follow=True) for _ in range(2)]

    assert "古楼街道已延期至2026-12-05，经办人和审核人已收到消息" in text(done[0])
    assert "古楼街道延期至2026-12-05换届·测试用户2026-11-2009:30" in plain(done[0])
    assert (Extension.objects.count(), Message.objects.for_user(clerk).count()) == (1, 1)


def test_extension_of_a_street_that_is_not_asked_is_not_found(
    browse: Browse, district_officer: User
) -> None:
    make_community()
    one = make_round(street_codes=[LIUYUAN])

    path = f"/rounds/{one.pk}/streets/{GULOU}/extend/"
    assert browse(district_officer).get(path).status_code == 404


def test_extension_of_a_closed_round_says_what_to_do(
    browse: Browse, district_officer: User
) -> None:
    make_community()
    one = make_round(state="closed")
    client = browse(district_officer)
    path = f"/rounds/{one.pk}/streets/{GULOU}/extend/"

    answer = client.post(path, form(client, path, closes_on="2026-12-05", reason="换届"))

    assert answer.status_code == 422
    assert "任务已结束，不能延期。要补报，另下达一个只发给这个街道的任务" in text(answer)
