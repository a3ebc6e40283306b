"""Rooms: within their premises, another use from a day on in one step, removed by mistake."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from accounts.models import User
from communities.models import Community
from facilities.models import Inspection, Premises, Room
from facilities.selectors.areas import areas_of
from facilities.services.rooms import add_room, change_room, end_room, remove_room
from tests.conftest import Browse
from tests.factories import make_community
from tests.space_factories import AT, make_premises, make_room, maker

ON = date(2026, 11, 22)


@pytest.fixture
def premises(db: None) -> Premises:
    return make_premises(make_community())


def new(premises: Premises, **values: object) -> Room:
    given = {"name": "大厅", "use": "hall", "building_m2": Decimal(50)} | values
    return Room(premises=premises, community=premises.community, **given)


def test_room_without_days_takes_those_of_its_premises(premises: Premises) -> None:
    made = add_room(record=new(premises), on=ON)

    assert (made.valid_from, made.valid_until, made.code) == (
        date(2020, 6, 1), None, "371502001001",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        (date(2020, 5, 31), None, "2020-05-31早于用房启用日期2020-06-01"),
        (date(2027, 1, 1), None, "用房已于2027-01-01终止"),
        (date(2026, 1, 1), date(2027, 1, 2), "2027-01-02晚于用房终止日期2027-01-01"),
    ],
)
def test_room_outside_the_days_of_its_premises_is_refused(
    premises: Premises, since: date, until: date | None, expected: str
) -> None:
    Premises.objects.filter(pk=premises.pk).update(valid_until=date(2027, 1, 1))

    with pytest.raises(ValidationError, match=expected):
        add_room(record=new(premises, valid_from=since, valid_until=until), on=ON)
    room = add_room(record=new(premises, valid_from=date(2026, 1, 1)), on=ON)
    assert room.valid_until == date(2027, 1, 1)
    room.valid_from = since
    room.valid_until = until or room.valid_until
    with pytest.raises(ValidationError, match=expected):
        change_room(record=room, fields=["valid_from", "valid_until"], version=1, on=ON)


def test_another_use_from_a_day_ends_the_room_and_begins_another(premises: Premises) -> None:
    room = make_room(premises, "work", "80", usable_m2=Decimal(60))
    room.valid_until = date(2026, 10, 1)

    made = end_room(record=room, version=1, on=ON, new_use="activity", new_name="书画室")

    assert (made.name, made.use, made.building_m2, made.usable_m2, made.valid_from) == (
        "书画室", "activity", Decimal("80.00"), Decimal("60.00"), date(2026, 10, 1),
    )  # fmt: skip
    key = premises.community_id
    before, after = (areas_of([key], day)[key] for day in (date(2026, 9, 30), date(2026, 10, 1)))
    assert (before.work, before.service) == (8000, 0)
    assert (after.work, after.service) == (0, 8000)


@pytest.mark.parametrize(("name", "expected"), [("工作用房", "服务活动用房"), ("二楼", "二楼")])
def test_room_called_like_its_use_is_called_like_the_next(
    premises: Premises, name: str, expected: str
) -> None:
    room = make_room(premises, "work", "80", name=name)
    room.valid_until = date(2026, 10, 1)

    assert end_room(record=room, version=1, on=ON, new_use="activity").name == expected


def test_room_end_page_says_what_follows(premises: Premises, clerk: User, browse: Browse) -> None:
    room = make_room(premises, "work", "80")
    path = f"/premises/rooms/{room.pk}/end/"
    typed = {"valid_until": "2026-10-01", "version": "1", "change_reason": "改作活动室"}

    same = browse(clerk).post(path, typed | {"new_use": "work"})
    early = browse(clerk).post(path, typed | {"valid_until": "2020-06-01"})
    done = browse(clerk).post(path, typed | {"new_use": "activity"}, follow=True)

    assert "现在就是工作用房。选别的用途" in same.content.decode()
    assert "2020-06-01不晚于启用日期2020-06-01。改晚" in early.content.decode()
    assert "work室自2026-10-01起由工作用房改作服务活动用房" in done.content.decode()
    assert Room.objects.count() == 2


def stop(premises: Premises, room: Room, resumes_on: date | None = None) -> None:
    Inspection.objects.create(
        premises=premises, room=room, community=premises.community, code=premises.code,
        inspected_on=date(2026, 7, 5), finding="occupied", stops_from=date(2026, 7, 1),
        resumes_on=resumes_on, made_by=maker(), made_at=AT,
    )  # fmt: skip


@pytest.mark.parametrize("new_use", ["", "activity"])
def test_stopped_room_is_not_ended_to_count_again(premises: Premises, new_use: str) -> None:
    room = make_room(premises, "work", "300")
    stop(premises, room)
    room.valid_until = date(2026, 7, 9)

    with pytest.raises(ValidationError, match="自2026-07-01起停计（2026-07-05巡查），没有恢复"):
        end_room(record=room, version=1, on=ON, new_use=new_use)
    assert areas_of([premises.community_id], date(2026, 7, 10))[premises.community_id].work == 0


def test_room_that_counts_again_gets_another_use_from_that_day_on(premises: Premises) -> None:
    room = make_room(premises, "work", "300")
    stop(premises, room, date(2026, 8, 1))
    room.valid_until = date(2026, 7, 31)

    with pytest.raises(ValidationError, match="日期改到2026-08-01或以后"):
        end_room(record=room, version=1, on=ON, new_use="activity")
    room.valid_until = date(2026, 8, 1)
    assert end_room(record=room, version=1, on=ON, new_use="activity").use == "activity"


@pytest.mark.parametrize("until", [None, date(2026, 11, 20)])
def test_another_use_taken_back_does_not_count_twice(
    premises: Premises, until: date | None
) -> None:
    room = make_room(premises, "work", "80", name="一楼")
    room.valid_until = date(2026, 10, 1)
    follower = end_room(record=room, version=1, on=ON, new_use="activity")
    room.refresh_from_db()
    room.valid_until = until

    with pytest.raises(
        ValidationError, match=r"自2026-10-01起已改作“一楼”（服务活动用房，80\.00㎡）"
    ):
        end_room(record=room, version=2, on=ON)
    remove_room(record=follower, version=1, on=ON, reason="没有改用途")
    assert end_room(record=room, version=2, on=ON).valid_until == until


def test_room_that_is_there_already_is_refused(premises: Premises) -> None:
    add_room(record=new(premises, valid_until=date(2026, 1, 1)), on=ON)
    again = add_room(record=new(premises, valid_from=date(2026, 1, 1)), on=ON)

    with pytest.raises(ValidationError, match="“大厅”（服务大厅，50㎡）已经登记"):
        add_room(record=new(premises), on=ON)
    assert add_room(record=new(premises, name="二楼大厅"), on=ON).pk > again.pk


def test_room_larger_than_any_is_refused_in_words(
    premises: Premises, clerk: User, browse: Browse
) -> None:
    typed = {"name": "大厅", "use": "hall", "building_m2": "100000"}

    answer = browse(clerk).post(f"/premises/{premises.pk}/rooms/new/", typed)

    assert answer.status_code == 422
    assert "大于99999.99，核对是否多输" in str(answer.context["form"].errors["building_m2"])


def test_room_by_mistake_is_removed_with_a_reason_and_stays_in_history(
    premises: Premises, clerk: User, browse: Browse
) -> None:
    room = make_room(premises)

    answer = browse(clerk).post(
        f"/premises/rooms/{room.pk}/remove/", {"version": "1", "change_reason": "重复登记"}
    )

    assert answer.status_code == 302
    page = browse(clerk).get(f"/premises/{premises.pk}/").content.decode()
    assert "删除房间" in page
    assert "重复登记" in page


def test_room_with_an_inspection_is_not_removed(premises: Premises) -> None:
    room = make_room(premises)
    Inspection.objects.create(
        premises=premises, room=room, community=premises.community, code=premises.code,
        inspected_on=ON, finding="in_order", made_by=maker(), made_at=AT,
    )  # fmt: skip

    with pytest.raises(ValidationError, match="有巡查记录，不能删除"):
        remove_room(record=room, version=1, on=ON, reason="重复")
    assert Room.objects.count() == 1


def test_rooms_of_an_ended_community_stay_as_they_are(
    premises: Premises, clerk: User, browse: Browse
) -> None:
    room = make_room(premises)
    Community.objects.update(valid_until=date(2026, 1, 1))

    answers = [
        browse(clerk).post(f"/premises/rooms/{room.pk}/{path}/", {"name": "改"})
        for path in ("edit", "end", "remove")
    ]

    assert {one["Location"] for one in answers} == {f"/premises/{premises.pk}/"}
    assert Room.objects.get().name == "work室"
