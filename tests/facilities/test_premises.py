"""Premises: registered with rooms in one go, changed, ended, with what belongs to them."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.http import HttpResponse

from accounts.models import User
from communities.models import Community
from communities.services.editing import StaleError
from facilities.models import Premises, Room, Share
from facilities.services.premises import add_premises, change_premises, end_premises
from tests.conftest import Browse
from tests.factories import make_community, make_estate
from tests.space_factories import make_premises, make_project, make_room

ON = date(2026, 11, 22)
NEW = "/premises/new/?community=371502001001"
TYPED = {
    "name": "党群服务中心",
    "address": "东昌路1号",
    "acquisition": "bought",
    "acquired_on": "2025-05-01",
    "valid_from": "2025-06-01",
    "work_building_m2": "300",
    "hall_building_m2": "120.5",
    "hall_usable_m2": "100",
    "activity_building_m2": "400",
    "activity_name": "二楼活动室",
}


@pytest.fixture
def community(db: None) -> Community:
    return make_community()


def posted(browse: Browse, user: User, path: str, **changes: Any) -> HttpResponse:
    return browse(user).post(path, TYPED | changes)


def said(answer: HttpResponse) -> list[str]:
    assert answer.status_code == 422
    errors = answer.context["form"].errors
    return [str(one) for name in errors for one in errors[name]]


def test_new_premises_with_three_uses_are_registered_in_one_go(
    community: Community, clerk: User, browse: Browse
) -> None:
    answer = posted(browse, clerk, NEW)

    made = Premises.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/premises/{made.pk}/")
    assert (made.name, made.code, made.community, made.acquired_on) == (
        "党群服务中心", "371502001001", community, date(2025, 5, 1),
    )  # fmt: skip
    assert [
        (one.name, one.use, one.building_m2, one.usable_m2, one.valid_from, one.code)
        for one in Room.objects.order_by("pk")
    ] == [
        ("工作用房", "work", Decimal("300.00"), None, date(2025, 6, 1), made.code),
        ("服务大厅", "hall", Decimal("120.50"), Decimal("100.00"), date(2025, 6, 1), made.code),
        ("二楼活动室", "activity", Decimal("400.00"), None, date(2025, 6, 1), made.code),
    ]
    share = Share.objects.get()
    assert (share.community, share.parts, share.valid_from) == (community, 1, date(2025, 6, 1))


def test_new_premises_sent_twice_are_one(community: Community, clerk: User, browse: Browse) -> None:
    form = browse(clerk).get(NEW).context["form"]
    key = str(form["key"].value())

    answers = [posted(browse, clerk, NEW, key=key) for _ in range(2)]

    assert {answer["Location"] for answer in answers} == {f"/premises/{Premises.objects.get().pk}/"}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (
            {"work_building_m2": "", "hall_building_m2": "", "hall_usable_m2": "",
             "activity_building_m2": "", "activity_name": ""},
            ["没有填面积。至少填一种用途的建筑面积"],
        ),
        ({"hall_usable_m2": "120.51"},
         ["服务大厅使用面积120.51大于建筑面积120.5。改其中一个"]),
        ({"activity_building_m2": ""}, ["填写服务活动用房的建筑面积，没有的整行空着"]),
        ({"address": ""}, ["填写坐落"]),
        ({"titled_on": "2025-07-01"}, ["填了产权登记日期2025-07-01，填写不动产权证号"]),
        ({"remarks": "张某13806351234"}, ["里面有手机号。删去，这里不登记个人电话"]),
    ],
)  # fmt: skip
def test_new_premises_with_mistakes_are_refused_in_words(
    community: Community,
    clerk: User,
    browse: Browse,
    changes: dict[str, str],
    expected: list[str],
) -> None:
    answer = posted(browse, clerk, NEW, **changes)

    assert said(answer) == expected
    assert Premises.objects.count() == 0
    assert "二楼活动室" in answer.content.decode() or "activity_name" in changes


def test_second_premises_of_a_name_are_refused(
    community: Community, clerk: User, browse: Browse
) -> None:
    make_premises(community)

    assert said(posted(browse, clerk, NEW)) == [
        "这个社区已经有同名的用房。改名称，或打开已有的修改"
    ]


def test_new_premises_of_another_street_or_an_ended_community_are_not_offered(
    community: Community, clerk: User, clerk_elsewhere: User, browse: Browse
) -> None:
    assert browse(clerk_elsewhere).get(NEW).status_code == 404
    assert posted(browse, clerk_elsewhere, NEW).status_code == 404
    Community.objects.filter(pk=community.pk).update(valid_until=date(2026, 1, 1))

    answer = posted(browse, clerk, NEW)

    assert (answer.status_code, answer["Location"]) == (302, "/premises/")
    with pytest.raises(ValidationError, match="已于2026-01-01撤销"):
        add_premises(record=Premises(community=community), rooms=[], on=ON)
    assert Premises.objects.count() == 0


def test_new_premises_of_a_project_take_what_it_says(
    community: Community, clerk: User, browse: Browse
) -> None:
    project = make_project(community=community, estate=make_estate(community))

    form = browse(clerk).get(f"{NEW}&project={project.pk}").context["form"]
    posted(browse, clerk, f"{NEW}&project={project.pk}", acquisition="handed_over")

    assert (form["acquisition"].value(), form["address"].value(), form["estate"].value()) == (
        "handed_over", project.location, project.estate_id,
    )  # fmt: skip
    assert Premises.objects.get().project == project
    answer = browse(clerk).get(f"{NEW}&project=999")
    assert answer.context["project"] is None


def test_change_moves_what_began_with_premises(community: Community) -> None:
    premises = make_premises(community)
    room = make_room(premises)
    later = make_room(premises, "hall", valid_from=date(2022, 1, 1))
    premises.valid_from = date(2021, 1, 1)

    changed = change_premises(record=premises, fields=["valid_from"], version=1, on=ON)

    assert changed.version == 2
    assert [Room.objects.get(pk=one.pk).valid_from for one in (room, later)] == [
        date(2021, 1, 1), date(2022, 1, 1),
    ]  # fmt: skip
    assert Share.objects.get().valid_from == date(2021, 1, 1)


def test_change_to_begin_after_a_room_is_refused(community: Community) -> None:
    premises = make_premises(community)
    make_room(premises, valid_from=date(2021, 1, 1))
    premises.valid_from = date(2021, 6, 1)

    with pytest.raises(ValidationError, match="房间“work室”从2021-01-01起，早于2021-06-01"):
        change_premises(record=premises, fields=["valid_from"], version=1, on=ON)

    assert Premises.objects.get().valid_from == date(2020, 6, 1)


def test_end_ends_rooms_and_shares_and_taking_it_back_brings_them_back(
    community: Community,
) -> None:
    premises = make_premises(community)
    make_room(premises)
    make_room(premises, "hall", valid_until=date(2022, 1, 1))
    premises.valid_until = ON

    ended = end_premises(record=premises, version=1, on=ON, reason="拆除")

    assert [one.valid_until for one in Room.objects.order_by("pk")] == [ON, date(2022, 1, 1)]
    assert Share.objects.get().valid_until == ON
    ended.valid_until = None
    end_premises(record=ended, version=2, on=ON, reason="更正")
    assert [one.valid_until for one in Room.objects.order_by("pk")] == [None, date(2022, 1, 1)]
    assert Share.objects.get().valid_until is None


def test_room_that_ended_for_itself_does_not_come_back_with_the_premises(
    community: Community,
) -> None:
    premises = make_premises(community)
    days = {"拆除": date(2026, 11, 1), "以后": date(2026, 12, 1), "在用": None}
    for name, until in days.items():
        make_room(premises, "hall", "50", name=name, valid_until=until)
    premises.valid_until = date(2026, 11, 1)

    ended = end_premises(record=premises, version=1, on=ON, reason="拆除")
    assert {one.valid_until for one in Room.objects.all()} == {date(2026, 11, 1)}
    ended.valid_until = None
    end_premises(record=ended, version=2, on=ON, reason="更正")

    assert {one.name: one.valid_until for one in Room.objects.all()} == days


def test_end_before_a_room_begins_is_refused(community: Community) -> None:
    premises = make_premises(community)
    make_room(premises, valid_from=date(2027, 1, 1))
    premises.valid_until = ON

    with pytest.raises(ValidationError, match="房间“work室”从2027-01-01起，不早于终止日期"):
        end_premises(record=premises, version=1, on=ON)


def test_write_of_a_stale_version_is_refused(community: Community) -> None:
    premises = make_premises(community)
    Premises.objects.filter(pk=premises.pk).update(version=3, owner="区民政局")
    premises.name = "新名称"

    with pytest.raises(StaleError):
        change_premises(record=premises, fields=["name"], version=1, on=ON)


def test_edit_of_what_somebody_changed_meanwhile_shows_both(
    community: Community, clerk: User, browse: Browse
) -> None:
    premises = make_premises(community)
    path = f"/premises/{premises.pk}/edit/"
    Premises.objects.filter(pk=premises.pk).update(version=2, owner="区民政局")

    answer = browse(clerk).post(path, TYPED | {"version": "1", "owner": "街道办事处"})

    assert answer.status_code == 409
    assert "区民政局" in answer.content.decode()
    assert "街道办事处" in answer.content.decode()


def test_pages_of_another_street_are_not_found(
    community: Community, clerk_elsewhere: User, browse: Browse
) -> None:
    premises = make_premises(community)
    make_premises(make_community("371502002001", "柳园社区居委会"))

    for path in ("", "edit/", "end/", "rooms/new/", "shares/", "contracts/new/"):
        assert browse(clerk_elsewhere).get(f"/premises/{premises.pk}/{path}").status_code == 404
    assert browse(clerk_elsewhere).get("/premises/?street=371502001").status_code == 200
    assert (
        "没有“371502001”这个街道"
        in browse(clerk_elsewhere).get("/premises/?street=371502001").content.decode()
    )
