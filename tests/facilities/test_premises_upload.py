"""Registers of premises from pasted text to premises, rooms, shares and contracts."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.scope import scope
from collection.models import UploadRow
from collection.services.uploads import UploadError, take
from communities.models import Community
from facilities.choices import RoomUse
from facilities.models import Inspection, Premises, Room, Share
from facilities.selectors.areas import areas_of
from tests.collection.upload_desk import AT, FRAME
from tests.facilities.premises_desk import LEASE, only, paste, row, took, wrong
from tests.factories import make_community, make_estate
from tests.space_factories import make_premises, make_room, make_share
from tests.staffing.roster_desk import seen, states

pytestmark = pytest.mark.django_db
TODAY = date(2026, 7, 10)


@pytest.fixture(autouse=True)
def world(clerk: User) -> Any:
    """A street with two communities."""
    make_community()
    make_community("371502001002", "湖南社区居委会", short_name="湖南社区")
    with scope("0"):
        yield


def gucheng() -> Community:
    return Community.objects.get(code="371502001001")


def rooms() -> list[tuple[Any, ...]]:
    """Use, building and usable area, first and last day of all rooms, as they were stored."""
    columns = ("use", "building_m2", "usable_m2", "valid_from", "valid_until")
    return list(Room.objects.order_by("pk").values_list(*columns))


# ── new ──


def test_new_row_when_taken_makes_premises_rooms_and_share(clerk: User) -> None:
    make_estate(gucheng(), name="东昌花园")

    upload = took(clerk, row(所在小区="东昌花园", 产权单位="古楼街道办事处", 备注="二楼"))

    assert (upload.state, upload.message) == ("done", "导入1行：新增1，有变化0")
    one = Premises.objects.get()
    assert (one.code, one.name, one.acquisition, one.acquired_on, one.valid_from) == (
        "371502001001", "党群服务中心", "handed_over", date(2020, 6, 1), date(2020, 6, 1),
    )  # fmt: skip
    assert (one.estate.name, one.owner, one.remarks) == ("东昌花园", "古楼街道办事处", "二楼")
    # 100 m² by 88 and 40: 68.75 and 31.25
    assert rooms() == [
        ("work", Decimal(88), Decimal("68.75"), date(2020, 6, 1), None),
        ("hall", Decimal(40), Decimal("31.25"), date(2020, 6, 1), None),
    ]
    share = Share.objects.get()
    assert (share.community_id, share.parts, share.valid_from) == (
        one.community_id, one.total_parts, date(2020, 6, 1),
    )  # fmt: skip
    event = one.events.get()
    assert event.pgh_context.metadata["reason"] == f"用房导入第{upload.pk}号"


def test_new_row_without_days_then_counts_from_the_import(clerk: User) -> None:
    took(clerk, row(取得日期=""))

    assert {one[3] for one in rooms()} == {TODAY}
    assert areas_of([gucheng().pk], TODAY)[gucheng().pk].premises == 128_00


def test_new_row_that_says_too_little_then_named_cell_by_cell(clerk: User) -> None:
    assert wrong(clerk, only(取得方式="")) == [
        ("address", "没有写坐落。新登记的用房要填写"),
        ("acquisition", "没有写取得方式。新登记的用房要填写"),
        ("work_m2", "没有填面积。至少填一项建筑面积"),
    ]
    assert wrong(clerk, row(所在小区="月亮湾", 使用面积="128.01")) == [
        ("estate", "这个社区没有登记叫“月亮湾”的小区。核对名称，或空着"),
        ("usable_m2", "使用面积大于各项建筑面积合计128.00㎡。改其中一个"),
    ]
    assert wrong(clerk, row(坐落="找13806350001")) == [
        ("address", "里面有手机号。删去，这里不登记个人电话"),
    ]
    assert wrong(clerk, row(面积自何日起="2026-07-11")) == [
        ("since", "2026-07-11还没有到。改成2026-07-10或以前的日期"),
    ]


def test_area_that_cannot_be_read_then_nothing_more_is_said(clerk: User) -> None:
    said = [("work_m2", "“100.055”小数太多，最多2位小数")]

    assert wrong(clerk, row(工作用房="100.055", 服务大厅="", 使用面积="300")) == said
    assert wrong(clerk, row(工作用房="100.055", 使用面积="300")) == said
    assert wrong(clerk, row(工作用房="", 服务大厅="")) == [
        ("work_m2", "没有填面积。至少填一项建筑面积"),
    ]


def test_room_larger_than_a_room_is_then_refused(clerk: User) -> None:
    assert wrong(clerk, row(工作用房="100000")) == [
        ("work_m2", "“100000.00”大于99,999.99，核对是否多输"),
    ]


def test_same_rows_when_uploaded_again_change_nothing(clerk: User) -> None:
    lease = {"取得方式": "租赁", "合同签订日期": "2026-01-01", "月租金": "1000",
        "起租日": "2026-01-01", "到期日": "2027-01-01"}  # fmt: skip
    rows = [row(), row(社区代码="", 社区="湖南社区", **lease)]
    took(clerk, *rows)

    again = paste(clerk, *rows)

    assert states(again) == ["unchanged", "unchanged"]
    with pytest.raises(UploadError, match="没有可以导入的行"):
        take(upload=again, by=clerk, at=AT, frame=FRAME)
    assert {*Premises.objects.values_list("version", flat=True)} == {1}


def test_row_that_names_only_its_community_then_changes_nothing(clerk: User) -> None:
    assert seen(paste(clerk, row(), {"社区代码": "371502001002"})) == [
        ("new", []),
        ("unchanged", []),
    ]


def test_two_rows_of_one_name_then_both_are_refused(clerk: User) -> None:
    upload = paste(clerk, row(), row(坐落="东昌路2号"), row(社区代码="371502001002", 社区=""))

    assert seen(upload) == [
        ("wrong", [("", "和第3行是同一处用房。留一行，其余删去")]),
        ("wrong", [("", "和第2行是同一处用房。留一行，其余删去")]),
        ("new", []),
    ]


# ── changed ──


def test_area_that_changes_then_from_the_day_and_past_days_stay(clerk: User) -> None:
    took(clerk, row())

    upload = took(clerk, only(工作用房="120.5", 面积自何日起="2026-03-01", 使用面积="130"))

    kept = UploadRow.objects.get(upload=upload)
    assert (kept.state, kept.before) == ("taken", {"work_m2": "88", "usable_m2": "100"})
    # the hall keeps its 31.25, the rest of 130 is the new room's
    assert rooms() == [
        ("work", Decimal(88), Decimal("68.75"), date(2020, 6, 1), date(2026, 3, 1)),
        ("hall", Decimal(40), Decimal("31.25"), date(2020, 6, 1), None),
        ("work", Decimal("120.5"), Decimal("98.75"), date(2026, 3, 1), None),
    ]
    key = gucheng().pk
    before, after = (areas_of([key], day)[key] for day in (date(2026, 2, 28), date(2026, 3, 1)))
    assert (before.premises, after.premises) == (128_00, 160_50)
    assert (before.of(RoomUse.values, "usable"), after.of(RoomUse.values, "usable")) == (
        100_00, 130_00,
    )  # fmt: skip


def test_area_without_a_day_then_from_the_import_and_said(clerk: User) -> None:
    took(clerk, row())

    upload = paste(clerk, only(服务大厅="0", 服务活动用房="60"))
    [(state, found)] = seen(upload)
    took(clerk, only(服务大厅="0", 服务活动用房="60"))

    assert (state, found) == (
        "changed",
        [
            ("since", "没有填，从导入当天起"),
            ("usable_m2", "没有填，面积变化的房间记为不明"),
            ("above_ground_m2", "没有填，面积变化的房间记为不明"),
        ],
    )
    assert [(one[0], one[2], one[4]) for one in rooms()] == [
        ("work", Decimal("68.75"), None),
        ("hall", Decimal("31.25"), TODAY),
        ("activity", None, None),
    ]


def test_measure_that_was_unknown_then_filled_in_without_another_room(clerk: User) -> None:
    took(clerk, row(使用面积="", 地上建筑面积=""))

    took(clerk, only(使用面积="100"))

    assert [(one[0], one[2], one[4]) for one in rooms()] == [
        ("work", Decimal("68.75"), None),
        ("hall", Decimal("31.25"), None),
    ]
    assert {*Room.objects.values_list("version", flat=True)} == {2}


def test_nothing_above_ground_then_kept_as_known(clerk: User) -> None:
    took(clerk, row(地上建筑面积=""))

    took(clerk, only(地上建筑面积="0"))

    assert {*Room.objects.values_list("above_ground_m2", flat=True)} == {Decimal(0)}


def test_measure_that_changes_then_rooms_begin_anew(clerk: User) -> None:
    took(clerk, row())

    took(clerk, only(使用面积="96", 面积自何日起="2026-05-01"))

    assert [(one[0], one[2], one[4]) for one in rooms()] == [
        ("work", Decimal("68.75"), date(2026, 5, 1)),
        ("hall", Decimal("31.25"), date(2026, 5, 1)),
        ("work", Decimal("66.00"), None),
        ("hall", Decimal("30.00"), None),
    ]


def test_words_that_change_then_in_place_and_dash_takes_away(clerk: User) -> None:
    took(clerk, row(产权单位="甲", 备注="乙"))

    took(clerk, only(产权单位="古楼街道办事处", 备注="—", 坐落="东昌路3号"))

    one = Premises.objects.get()
    assert (one.owner, one.remarks, one.address, one.version) == (
        "古楼街道办事处", "", "东昌路3号", 2,
    )  # fmt: skip
    assert Room.objects.count() == 2


def test_title_number_finds_premises_of_another_name_with_a_reason(clerk: User) -> None:
    took(clerk, row(不动产权证号="鲁2020聊城001"))
    renamed = only(用房名称="邻里中心", 不动产权证号="鲁2020聊城001")

    assert seen(paste(clerk, renamed)) == [
        ("unlikely",
         [("premises_name", "这个产权证号登记的用房叫党群服务中心。改名的写明原因")]),
    ]  # fmt: skip
    took(clerk, renamed | {"变动说明": "街道统一改名"})
    assert Premises.objects.get().name == "邻里中心"


def test_title_number_of_other_premises_then_asks_why(clerk: User) -> None:
    took(clerk, row(不动产权证号="鲁2020聊城001"))

    upload = paste(
        clerk, row(社区代码="371502001002", 社区="湖南社区", 不动产权证号="鲁2020聊城001")
    )
    [(state, found)] = seen(upload)

    assert (state, found[0]) == (
        "unlikely",
        ("title_no", "古城社区的党群服务中心登记的也是这个证号。核对，同一面积不重复登记，"
         "确有几处的写明原因"),
    )  # fmt: skip


# ── what a row cannot say ──


def test_several_rooms_of_one_use_then_refused_with_the_place_to_go(clerk: User) -> None:
    held = make_premises(gucheng())
    make_room(held, "work", "50")
    make_room(held, "work", "60", name="二楼")

    assert wrong(clerk, only(工作用房="120")) == [
        ("work_m2", "工作用房登记了2间，面积在用房页修改"),
    ]
    assert states(paste(clerk, only(工作用房="110", 产权单位="甲"))) == ["changed"]


def test_shared_premises_then_refused_for_keeper_and_sharer(clerk: User) -> None:
    held = make_premises(gucheng(), total_parts=2)
    make_room(held, "work", "50")
    make_share(held, Community.objects.get(code="371502001002"))

    assert wrong(clerk, only(工作用房="60")) == [
        ("work_m2", "和湖南社区合用，面积在用房页修改"),
    ]
    assert wrong(clerk, row(社区代码="371502001002", 社区="")) == [
        ("premises_name", "这处用房登记在古城社区，这个社区和它合用。删去此行，份额在用房页修改"),
    ]


def test_stopped_room_then_its_area_is_not_begun_anew(clerk: User) -> None:
    took(clerk, row())
    hall = Room.objects.get(use="hall")
    Inspection.objects.create(
        community=gucheng(), code=hall.code, premises=hall.premises, room=hall,
        inspected_on=TODAY, finding="occupied", stops_from=TODAY, made_by=clerk, made_at=AT,
    )  # fmt: skip

    (found,) = {said for name, said in wrong(clerk, only(服务大厅="41")) if name == "hall_m2"}

    assert found == "服务大厅因巡查停计面积，复查恢复以后再改，或在用房页修改"
    assert states(paste(clerk, only(工作用房="90"))) == ["changed"]


def test_days_before_a_room_began_then_refused(clerk: User) -> None:
    took(clerk, row())

    assert wrong(clerk, only(工作用房="90", 面积自何日起="2020-06-01"))[0] == (
        "work_m2",
        "工作用房自2020-06-01起登记，面积自何日起应晚于这一天。更正原来的面积，在用房页修改",
    )
    said = "各项面积都没有了。用房不再使用的，在用房页办理终止"
    assert wrong(clerk, only(工作用房="0", 服务大厅="0"))[0] == ("work_m2", said)


# ── many, others, meanwhile ──


def test_queries_when_rows_are_many_do_not_grow(clerk: User) -> None:
    took(clerk, row(用房名称="甲"))  # what is cached is known by now
    few = _queries(clerk, 1)

    assert _queries(clerk, 40) == few


def _queries(clerk: User, number: int) -> int:
    rows = [row(用房名称=f"用房{number}-{one}", 不动产权证号=f"{number}-{one}",
        **LEASE) for one in range(number)]  # fmt: skip
    upload = paste(clerk, *rows)
    with scope(clerk.scope), CaptureQueriesContext(connection) as asked:
        take(upload=upload, by=clerk, at=AT, frame=FRAME)
    assert states(upload) == ["taken"] * number
    return len(asked)
