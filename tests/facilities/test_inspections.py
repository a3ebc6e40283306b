"""巡查: what stops counting, once; photos, taking back, lists, the scope."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from accounts.models import AccessLog, Message, User
from communities.models import Community
from communities.services.editing import StaleError
from facilities.models import Inspection, Premises, SpacePaper
from facilities.selectors.areas import areas_of
from facilities.selectors.inspections import inspection_lines, inspections_of
from facilities.services.inspections import record_inspection, withdraw_inspection
from tests.conftest import Browse
from tests.factories import make_community, make_user
from tests.files import xlsx_rows
from tests.paper_samples import png
from tests.queries import queries_of
from tests.space_factories import (
    AT,
    make_inspection,
    make_order,
    make_premises,
    make_room,
    make_share,
)

NOON = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
ON = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def community(db: None) -> Community:
    return make_community()


@pytest.fixture
def centre(community: Community) -> Premises:
    """Work rooms of 300 m² and a hall of 150.05 m², shared three to one by two communities."""
    other = make_community("371502001002", "长征社区居委会")
    made = make_premises(community, parts=3, total_parts=4)
    make_share(made, other, 1)
    make_room(made, "work", "300")
    make_room(made, "hall", "150.05")
    return made


def seen(premises: Premises, finding: str = "occupied", **more: Any) -> Inspection:
    values: dict[str, Any] = {
        "inspected_on": date(2026, 11, 20),
        "stops_from": date(2026, 11, 1),
    } | more
    return Inspection(premises=premises, community=premises.community, finding=finding, **values)


def recorded(by: User, premises: Premises, finding: str = "occupied", **more: Any) -> Inspection:
    return record_inspection(record=seen(premises, finding, **more), by=by, on=ON, at=AT)


def hundredths(community: Community, on: date) -> int:
    return areas_of([community.pk], on)[community.pk].premises


def test_stop_of_a_room_then_only_that_room_stops_from_its_day(
    community: Community, centre: Premises, clerk: User
) -> None:
    recorded(clerk, centre, room=centre.rooms.get(use="hall"))

    # 300 and 150.05 by 3 of 4 parts: 225.00 and 112.54
    assert hundredths(community, date(2026, 10, 31)) == 33754
    assert hundredths(community, date(2026, 11, 1)) == 22500


def test_stop_then_the_line_says_the_area_and_that_no_order_is_there(
    centre: Premises, clerk: User
) -> None:
    recorded(clerk, centre)

    rows = list(inspections_of(clerk, division="371502001", state="no_order", finding="", on=ON))
    line = inspection_lines(rows, ON)[0]

    assert (line.stopped_m2, line.state, line.tone) == ("450.05㎡", "未下达整改通知", "warn")
    assert (line.room, line.street) == ("全部房间", "古楼街道")


def test_stop_then_the_reviewer_is_told(centre: Premises, clerk: User, reviewer: User) -> None:
    recorded(clerk, centre)

    assert [(one.to_id, one.text) for one in Message.objects.all()] == [
        (
            reviewer.pk,
            "古城社区“党群服务中心”全部房间被其他单位或个人占用，"
            "自2026-11-01起不计入面积，未下达整改通知",
        )
    ]


@pytest.mark.parametrize(
    ("more", "name", "said"),
    [
        ({"inspected_on": date(2026, 11, 23)}, "inspected_on", "2026-11-23还没有到，核对日期"),
        (
            {"stops_from": date(2026, 11, 21)},
            "stops_from",
            "停计日期2026-11-21晚于巡查日期2026-11-20。改其中一个",
        ),
        (
            {"stops_from": date(2020, 5, 31)},
            "stops_from",
            "“党群服务中心”自2020-06-01起才有，停计日期2020-05-31早于它",
        ),
        (
            {"inspected_on": date(2020, 5, 31)},
            "inspected_on",
            "“党群服务中心”自2020-06-01起才有，巡查日期2020-05-31早于它",
        ),
    ],
)
def test_days_that_do_not_fit_then_refused_at_the_field(
    centre: Premises, clerk: User, more: dict[str, Any], name: str, said: str
) -> None:
    with pytest.raises(ValidationError) as wrong:
        recorded(clerk, centre, **more)

    assert wrong.value.message_dict == {name: [said]}


def test_a_room_stopped_already_then_refused_in_words(centre: Premises, clerk: User) -> None:
    hall = centre.rooms.get(use="hall")
    recorded(clerk, centre, room=hall)

    with pytest.raises(ValidationError) as wrong:
        recorded(clerk, centre, room=hall, stops_from=date(2026, 11, 10))

    assert wrong.value.messages == [
        "“hall室”自2026-11-01起停计（2026-11-20巡查），没有恢复，同一面积不重复停计。"
        "打开那次巡查办理整改"
    ]


def test_all_rooms_stopped_while_one_is_then_no_area_is_lost_twice(
    community: Community, centre: Premises, clerk: User
) -> None:
    recorded(clerk, centre, room=centre.rooms.get(use="hall"))
    whole = recorded(clerk, centre, "unusable", stops_from=date(2026, 11, 5))

    assert hundredths(community, date(2026, 11, 5)) == 0
    assert inspection_lines([whole], ON)[0].stopped_m2 == "300.00㎡"


def test_two_stops_of_a_day_by_any_query_then_the_database_refuses(centre: Premises) -> None:
    make_inspection(centre, "occupied")

    with pytest.raises(IntegrityError), transaction.atomic():
        make_inspection(centre, "misused", stops_from=date(2026, 10, 15))


def test_withdrawn_then_the_area_counts_and_the_reason_stays(
    community: Community, centre: Premises, clerk: User
) -> None:
    made = recorded(clerk, centre)

    held: Any = withdraw_inspection(record=made, version=1, reason="登记错了房间", by=clerk, at=AT)

    assert (held.stops_from, held.withdrawn_because, held.version) == (None, "登记错了房间", 2)
    assert hundredths(community, ON) == 33754
    assert [one.stops_from for one in held.events.order_by("pgh_id")] == [
        date(2026, 11, 1),
        None,
    ]


def test_withdrawn_with_an_order_or_by_a_colleague_or_stale_then_refused(
    centre: Premises, clerk: User, district_officer: User, reviewer: User
) -> None:
    made = recorded(district_officer, centre)

    with pytest.raises(ValidationError, match="由登记人测试用户撤回"):
        withdraw_inspection(record=made, version=1, reason="错", by=reviewer, at=AT)
    with pytest.raises(StaleError):
        withdraw_inspection(record=made, version=0, reason="错", by=district_officer, at=AT)
    make_order(made, issued_on=date(2026, 11, 20), deadline=date(2026, 12, 1))
    with pytest.raises(ValidationError, match="先撤销通知，再撤回巡查"):
        withdraw_inspection(record=made, version=1, reason="错", by=district_officer, at=AT)


def form_data(**more: str) -> dict[str, Any]:
    return {
        "key": "00000000-0000-4000-8000-000000000001",
        "room": "",
        "inspected_on": "2026-11-20",
        "finding": "occupied",
        "stops_from": "2026-11-01",
        "note": "被仓库占用",
    } | more


def test_form_sent_twice_then_one_inspection_with_its_photos(
    centre: Premises, clerk: User, browse: Browse
) -> None:
    client, url = browse(clerk), f"/premises/{centre.pk}/inspections/new/"

    def sent() -> Any:
        photos = [SimpleUploadedFile(f"{width}.png", png(width)) for width in (3, 4)]
        return client.post(url, form_data() | {"photos": photos})

    first, second = sent(), sent()

    made = Inspection.objects.get()
    assert (first["Location"], second["Location"]) == (f"/premises/inspections/{made.pk}/",) * 2
    assert SpacePaper.objects.filter(inspection=made, kind="photo").count() == 2
    page = client.get(first["Location"]).content.decode()
    assert "自2026-11-01起450.05㎡不计入面积" in page
    assert "古城社区337.54㎡，长征社区112.51㎡" in page


def test_form_with_a_mistake_then_422_and_everything_stands_again(
    centre: Premises, clerk: User, browse: Browse
) -> None:
    url = f"/premises/{centre.pk}/inspections/new/"

    answer = browse(clerk).post(
        url,
        form_data(stops_from="", note="联系13812345678")
        | {"photos": [SimpleUploadedFile("一.png", png())]},
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "里面有手机号。删去，这里不登记个人电话" in page
    assert "“一.png”没有问题。改好别处，再选择一次" in page
    answer = browse(clerk).post(url, form_data(stops_from=""))
    assert "写明自何日起不计入面积" in answer.content.decode()
    assert not Inspection.objects.exists()


def test_premises_that_have_ended_then_no_form(
    community: Community, clerk: User, browse: Browse
) -> None:
    gone = make_premises(community, valid_until=date(2026, 1, 1))

    answer = browse(clerk).get(f"/premises/{gone.pk}/inspections/new/")

    assert answer["Location"] == f"/premises/{gone.pk}/"


def test_another_street_then_404_also_for_steps(
    centre: Premises, clerk_elsewhere: User, browse: Browse
) -> None:
    made, client = make_inspection(centre, "occupied"), browse(clerk_elsewhere)

    paths = [f"/premises/inspections/{made.pk}/", f"/premises/{centre.pk}/inspections/new/"]
    assert [client.get(path).status_code for path in paths] == [404, 404]
    withdrawn = client.post(f"/premises/inspections/{made.pk}/withdraw/", {"outcome": "错"})
    assert withdrawn.status_code == 404


def test_list_then_as_many_queries_for_thirty_as_for_one(
    community: Community, clerk: User, browse: Browse
) -> None:
    def one(number: int) -> None:
        made = make_premises(community, f"用房{number}")
        make_room(made)
        make_order(make_inspection(made, "occupied"))

    one(0)
    client = browse(clerk)
    client.get("/premises/inspections/")
    alone = [queries_of(client, f"/premises/{name}/") for name in ("inspections", "orders")]
    for number in range(1, 30):
        one(number)

    assert [queries_of(client, f"/premises/{n}/") for n in ("inspections", "orders")] == alone


def test_export_then_the_rows_of_the_scope_and_the_log(
    centre: Premises, clerk: User, browse: Browse
) -> None:
    make_inspection(centre, "occupied")
    elsewhere = make_community("371502002001", "柳园社区居委会")
    make_inspection(make_premises(elsewhere), "occupied")

    rows = xlsx_rows(browse(clerk).get("/premises/inspections/export.xlsx").content)

    assert rows[-1][:6] == [
        "371502001001", "古楼街道", "古城社区", "党群服务中心", "全部房间", "2026-10-01",
    ]  # fmt: skip
    assert [row[0] for row in rows].count("371502002001") == 0
    assert AccessLog.objects.filter(act="export", user=clerk).count() == 1


def test_visitor_reads_nothing(centre: Premises, browse: Browse) -> None:
    assert browse(make_user("administrator", "0")).get("/premises/inspections/").status_code == 403
