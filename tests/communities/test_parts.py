"""The one mechanism of parts: added, changed, ended, restored; by whom, where, with what reason."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.scope import scope
from communities.models import (
    ArchiveEntry,
    Building,
    Community,
    Estate,
    EstateMeeting,
    Grid,
    Organisation,
)
from communities.selectors.parts import Check, Sum, compare, sum_of
from communities.services.editing import StaleError
from communities.services.parts import add_part, change_part, end_part
from tests.conftest import Browse
from tests.factories import (
    make_building,
    make_community,
    make_estate,
    make_grid,
    make_organisation,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)
PAGE = "/communities/371502001001/"


@pytest.fixture
def community(db: None) -> Community:
    return make_community()


@pytest.fixture
def desk(browse: Browse, clerk: User, community: Community) -> Client:
    return browse(clerk)


def end_community(community: Community, until: date = date(2026, 3, 1)) -> None:
    with scope("0"):
        Community.objects.filter(pk=community.pk).update(valid_until=until)


def said(answer: Any) -> list[str]:
    return [str(one) for one in answer.context["messages"]]


def reasons(record: Any) -> list[str | None]:
    events = record.events.order_by("pgh_id").select_related("pgh_context")
    return [event.pgh_context.metadata.get("reason") for event in events]


# ── services ──


def test_add_then_code_is_the_present_one_of_the_community(community: Community) -> None:
    part = add_part(record=Grid(community=community, code="3", name="一"), on=TODAY)

    assert (part.code, part.version) == ("371502001001", 1)


@pytest.mark.parametrize(("until", "refused"), [(TODAY, True), (TODAY + timedelta(1), False)])
def test_add_when_community_has_ended_then_refused_in_words(
    community: Community, until: date, refused: bool
) -> None:
    end_community(community, until)
    grid = Grid(community=community, name="一")

    if refused:
        with pytest.raises(ValidationError) as caught:
            add_part(record=grid, on=TODAY)
        assert caught.value.messages == ["古城社区已于2026-11-21撤销，资料只能查看，不再登记和修改"]
    else:
        add_part(record=grid, on=TODAY)
    assert Grid.objects.count() == int(not refused)


def test_add_when_estate_has_ended_then_refused(community: Community) -> None:
    estate = make_estate(community, valid_until=date(2026, 1, 1))

    with pytest.raises(ValidationError, match="阳光花园已于2026-01-01注销。恢复小区以后再登记"):
        add_part(record=Building(community=community, estate=estate, name="1号楼"), on=TODAY)


def test_change_when_part_has_ended_then_refused(community: Community) -> None:
    grid = make_grid(community, valid_until=date(2026, 1, 1))
    grid.worker = "甲"

    with pytest.raises(ValidationError, match="第一网格已于2026-01-01注销。恢复以后再修改"):
        change_part(record=grid, fields=["worker"], version=1, on=TODAY)


def test_change_when_version_is_another_then_stale(community: Community) -> None:
    grid = make_grid(community)
    grid.worker = "甲"

    with pytest.raises(StaleError):
        change_part(record=grid, fields=["worker"], version=2, on=TODAY)


def test_end_of_an_estate_then_its_buildings_end_and_come_back_with_it(
    community: Community,
) -> None:
    estate = make_estate(community)
    other = make_building(make_estate(community, "月光花园"))
    make_building(estate, "1号楼")
    make_building(estate, "2号楼", valid_until=date(2020, 1, 1))

    estate.valid_until = TODAY
    end_part(record=estate, version=1, on=TODAY, reason="拆除")

    assert list(Building.objects.order_by("pk").values_list("valid_until", "version")) == [
        (None, 1),
        (TODAY, 2),
        (date(2020, 1, 1), 1),
    ]
    estate.valid_until = None
    end_part(record=estate, version=2, on=TODAY, reason="没有拆")

    assert [one.valid_until for one in Building.objects.order_by("pk")] == [
        None,
        None,
        date(2020, 1, 1),
    ]
    other.refresh_from_db()
    assert other.version == 1


def test_end_of_an_estate_then_none_of_its_buildings_stays_longer(community: Community) -> None:
    estate = make_estate(community)
    make_building(estate, "1号楼", valid_until=TODAY + timedelta(days=9))
    make_building(estate, "2号楼", valid_from=TODAY + timedelta(days=3))

    estate.valid_until = TODAY
    end_part(record=estate, version=1, on=TODAY, reason="拆除")

    assert list(Building.objects.order_by("name").values_list("valid_until", "version")) == [
        (TODAY, 2),
        (TODAY + timedelta(days=4), 2),
    ]


@pytest.mark.parametrize("model", [Building, EstateMeeting])
def test_add_when_the_estate_has_moved_meanwhile_then_where_it_is_now(
    community: Community, model: Any
) -> None:
    other = make_community("371502001002", "湖南社区居委会")
    estate = make_estate(community)
    said = {"name": "9号楼"} if model is Building else {"held_on": TODAY, "subject": "停车"}
    opened = model(community=community, estate=estate, **said)
    Estate.objects.update(community=other, code=other.code)

    add_part(record=opened, on=TODAY)

    stored = model.objects.get()
    assert (stored.community_id, stored.code) == (other.pk, other.code)


def test_add_when_the_estate_has_moved_to_an_ended_community_then_refused(
    community: Community,
) -> None:
    ended = make_community("371502001002", "湖南社区居委会", valid_until=date(2026, 3, 1))
    opened = Building(community=community, estate=make_estate(community), name="9号楼")
    Estate.objects.update(community=ended, code=ended.code)

    with pytest.raises(ValidationError, match="湖南社区已于2026-03-01撤销，资料只能查看"):
        add_part(record=opened, on=TODAY)


def test_sums_then_what_is_not_known_is_counted_not_added() -> None:
    assert sum_of([3, None, 4]) == Sum(7, 1)
    assert sum_of([None]) == Sum(None, 1)
    assert sum_of([]) == Sum(None, 0)
    assert compare("户数", ("甲", 5), ("乙", 7), "户") == [
        Check(False, "户数", "甲", 5, "乙", 7, "户", 2)
    ]
    assert compare("户数", ("甲", None), ("乙", 7), "户") == []


# ── pages ──

NEW: dict[str, tuple[str, Any, dict[str, str], str]] = {
    "estate": ("estates/add/", Estate, {"name": "阳光花园"}, "已登记小区“阳光花园”"),
    "grid": ("grids/add/", Grid, {"name": "第一网格"}, "已登记网格“第一网格”"),
    "organisation": (
        "organisations/add/",
        Organisation,
        {"kind": "party", "name": "古城社区党总支"},
        "已登记组织“古城社区党总支”",
    ),
    "archive": (
        "archive/add/",
        ArchiveEntry,
        {"kind": "activity", "title": "邻里节", "happened_on": "2026年5月1日"},
        "已登记电子档案“邻里节”",
    ),
}


@pytest.mark.parametrize("kind", NEW)
def test_add_page_when_posted_then_stored_and_said(
    desk: Client, community: Community, clerk: User, kind: str
) -> None:
    path, model, typed, told = NEW[kind]

    answer = desk.post(f"{PAGE}{path}", typed, follow=True)

    stored = model.objects.get()
    assert (stored.community_id, stored.code) == (community.pk, "371502001001")
    assert said(answer) == [told]
    assert str(stored) in answer.content.decode()
    assert stored.events.get().pgh_context.metadata["user"] == clerk.pk


def test_add_page_of_a_building_and_a_meeting_then_on_the_card(
    desk: Client, community: Community
) -> None:
    estate = make_estate(community)
    card = f"{PAGE}estates/{estate.pk}/"

    built = desk.post(f"{card}buildings/add/", {"name": "1号楼", "households": "３６"})
    met = desk.post(
        f"{card}meetings/add/",
        {"held_on": "2026.5.1", "subject": "停车", "attended_by": "物业", "decided": "划线"},
    )

    assert (built["Location"], met["Location"]) == (card, card)
    assert Building.objects.get().households == 36
    assert EstateMeeting.objects.get().estate == estate
    page = desk.get(card).content.decode()
    assert "1号楼" in page
    assert "划线" in page


@pytest.mark.parametrize("kind", NEW)
def test_add_page_when_nothing_is_typed_then_422_with_every_field_named(
    desk: Client, kind: str
) -> None:
    path, model, typed, _ = NEW[kind]

    answer = desk.post(f"{PAGE}{path}", {})

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == set(typed)
    assert model.objects.count() == 0


@pytest.mark.parametrize("kind", ["estate", "grid", "organisation"])
def test_add_page_when_name_is_taken_then_said_at_the_name(desk: Client, kind: str) -> None:
    path, model, typed, _ = NEW[kind]
    desk.post(f"{PAGE}{path}", typed)

    answer = desk.post(f"{PAGE}{path}", typed)

    assert answer.status_code == 422
    [(field, messages)] = answer.context["form"].errors.items()
    assert field == "name"
    assert "已经有同" in messages[0]
    assert model.objects.count() == 1


def test_add_page_when_sent_twice_then_one_row(desk: Client) -> None:
    typed = {"name": "第一网格", "key": "0f8fad5b-d9cb-469f-a165-70867728950e"}

    first = desk.post(f"{PAGE}grids/add/", typed)
    second = desk.post(f"{PAGE}grids/add/", typed)

    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"] == f"{PAGE}grids/"
    assert Grid.objects.count() == 1


def test_edit_page_when_posted_then_changed_with_its_reason(
    desk: Client, community: Community
) -> None:
    grid = make_grid(community, households=400)

    answer = desk.post(
        f"{PAGE}grids/{grid.pk}/edit/",
        {"name": "第一网格", "households": "450", "version": "1", "change_reason": "重新核对"},
        follow=True,
    )

    grid.refresh_from_db()
    assert (grid.households, grid.version) == (450, 2)
    assert said(answer) == ["已保存“第一网格”的修改"]
    assert reasons(grid)[-1] == "重新核对"


def test_edit_page_when_changed_meanwhile_then_both_are_shown(
    desk: Client, community: Community
) -> None:
    grid = make_grid(community, households=400)
    path = f"{PAGE}grids/{grid.pk}/edit/"
    desk.post(path, {"name": "第一网格", "households": "410", "version": "1"})

    answer = desk.post(path, {"name": "第一网格", "households": "420", "version": "1"})

    assert answer.status_code == 409
    assert [(one.mine, one.theirs) for one in answer.context["differences"]] == [("420", "410")]


@pytest.mark.parametrize(
    ("kind", "make", "back"),
    [
        ("grids", make_grid, "grids/"),
        ("organisations", make_organisation, "organisations/"),
        ("estates", make_estate, "estates/{pk}/"),
        ("buildings", lambda community: make_building(make_estate(community)), "estates/{estate}/"),
    ],
)
def test_end_page_then_ended_corrected_and_restored(
    desk: Client, community: Community, kind: str, make: Any, back: str
) -> None:
    part = make(community)
    path = f"{PAGE}{kind}/{part.pk}/end/"
    shown = PAGE + back.format(pk=part.pk, estate=getattr(part, "estate_id", ""))
    today = timezone.localdate()

    opened = desk.get(path)
    assert opened.context["form"].initial["valid_until"] == today
    asked = desk.post(path, {"version": "1"})
    assert {name: list(said) for name, said in asked.context["form"].errors.items()} == {
        "valid_until": ["填写注销日期"],
        "change_reason": ["填写原因"],
    }

    ended = desk.post(
        path, {"version": "1", "valid_until": today.isoformat(), "change_reason": "拆除"}
    )
    part.refresh_from_db()
    assert (ended["Location"], part.valid_until, part.version) == (shown, today, 2)
    assert reasons(part)[-1] == "拆除"

    refused = desk.get(f"{PAGE}{kind}/{part.pk}/edit/", follow=True)
    assert said(refused) == [
        f"已注销{opened.context['title'][2:]}“{part}”，自{today}起不再计入",
        f"{part}已于{today}注销。恢复登记以后再修改",
    ]

    desk.post(path, {"version": "2", "valid_until": "", "change_reason": "登记有误"})
    part.refresh_from_db()
    assert (part.valid_until, part.version) == (None, 3)


def test_end_page_when_day_is_to_come_or_before_the_beginning_then_said(
    desk: Client, community: Community
) -> None:
    grid = make_grid(community, valid_from=date(2026, 5, 1))
    path = f"{PAGE}grids/{grid.pk}/end/"
    tomorrow = timezone.localdate() + timedelta(1)

    late = desk.post(path, {"version": "1", "valid_until": str(tomorrow), "change_reason": "撤"})
    early = desk.post(path, {"version": "1", "valid_until": "2026-05-01", "change_reason": "撤"})

    assert "还没有到" in late.context["form"].errors["valid_until"][0]
    assert early.context["form"].errors["valid_until"] == [
        "“到何日止”不晚于“自何日起”。改其中一个日期"
    ]


def test_end_page_when_restored_beside_a_namesake_then_said(
    desk: Client, community: Community
) -> None:
    grid = make_grid(community, valid_until=date(2026, 5, 1))
    make_grid(community)

    answer = desk.post(
        f"{PAGE}grids/{grid.pk}/end/",
        {"version": "1", "valid_until": "", "change_reason": "登记有误"},
    )

    assert answer.status_code == 422
    assert "已经有同名的网格" in answer.content.decode()
    grid.refresh_from_db()
    assert grid.valid_until == date(2026, 5, 1)
