"""服务大厅: what is a hall, its last check, shares by part, who has none, photos by item."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from communities.models import Community
from facilities.models import HallCheck, Premises, SpacePaper
from facilities.selectors.halls import (
    STATES,
    hall_clauses,
    hall_lines,
    hall_parts,
    halls_of,
    narrowed,
    without_hall,
)
from facilities.services.halls import record_check, withdraw_check
from tests.conftest import Browse
from tests.factories import make_community
from tests.files import xlsx_rows
from tests.paper_samples import png
from tests.queries import queries_of
from tests.space_factories import (
    AT,
    make_hall_check,
    make_inspection,
    make_premises,
    make_room,
    make_share,
)
from tests.world import make_world

NOON = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
ON = date(2026, 11, 22)
DISTRICT = "371502"


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def community(db: None) -> Community:
    return make_community()


def hall(community: Community, name: str = "党群服务中心", **more: Any) -> Premises:
    made = make_premises(community, name, **more)
    make_room(made, "hall", "80")
    return made


def found(user: User, division: str = DISTRICT) -> list[str]:
    return [one.name for one in halls_of(user, division=division, on=ON)]


def test_halls_then_those_with_a_hall_room_that_counts_today(
    community: Community, district_officer: User
) -> None:
    hall(community, "有大厅")
    make_room(make_premises(community, "只有工作用房"))
    make_inspection(hall(community, "被占用"), "occupied")
    make_inspection(hall(community, "已恢复"), "occupied", resumes_on=date(2026, 11, 22))
    hall(community, "已终止", valid_until=date(2026, 11, 22))
    other_room = hall(community, "别的房间停计")
    make_inspection(other_room, "unusable", room=make_room(other_room, "work"))
    make_room(make_premises(community, "明天才有"), "hall", "80", valid_from=date(2026, 11, 23))
    withdrawn = hall(community, "撤回的停计")
    make_inspection(
        withdrawn, "occupied", stops_from=None, withdrawn_at=AT,
        withdrawn_by=district_officer, withdrawn_because="错",
    )  # fmt: skip

    assert sorted(found(district_officer)) == sorted(
        ["有大厅", "已恢复", "别的房间停计", "撤回的停计"]
    )


def test_states_then_by_the_last_check_that_was_not_taken_back(
    community: Community, district_officer: User
) -> None:
    hall(community, "从未")
    old = hall(community, "去年统一")
    make_hall_check(old, date(2025, 9, 1))
    lacking = hall(community, "先统一后不统一")
    make_hall_check(lacking, date(2026, 9, 1))
    make_hall_check(lacking, date(2026, 9, 1), signs=False, note="没有标识")
    mended = hall(community, "撤回了不统一")
    make_hall_check(mended, date(2026, 9, 1))
    make_hall_check(
        mended, date(2026, 10, 1), signs=False, note="看错", withdrawn_at=AT,
        withdrawn_by=district_officer, withdrawn_because="看错大厅",
    )  # fmt: skip
    rows = halls_of(district_officer, division=DISTRICT, on=ON)

    by_state = {key: sorted(one.name for one in narrowed(rows, key, ON)) for key in STATES}

    assert by_state == {
        "never": ["从未"],
        "overdue": ["从未", "去年统一"],
        "lacking": ["先统一后不统一"],
        "unified": sorted(["去年统一", "撤回了不统一"]),
    }
    (part, whole) = hall_parts(rows, DISTRICT, ON)
    assert (part.name, part.halls, part.checked, part.unified, part.share) == (
        "古楼街道", 4, 3, 2, "50.0%",
    )  # fmt: skip
    assert (whole.name, whole.halls, whole.share) == ("合计", 4, "50.0%")
    lines = {one.premises.name: one for one in hall_lines(list(rows), ON)}
    assert lines["先统一后不统一"].marks[0] == ("标识", False)
    assert [lines[name].this_year for name in ("去年统一", "撤回了不统一")] == [False, True]


def test_communities_without_a_hall_then_beside_the_clause_and_sharers_have_one(
    db: None, district_officer: User
) -> None:
    make_world()
    everybody = {one.code: one for one in Community.objects.under(DISTRICT)}
    shared = hall(everybody["371502001001"], total_parts=2)
    make_share(shared, everybody["371502001002"])
    make_inspection(hall(everybody["371502002001"]), "unusable")

    lacking = [one.code for one in without_hall(district_officer, DISTRICT, ON)]

    assert lacking == sorted(everybody.keys() - {"371502001001", "371502001002"})
    assert [one.id for one in hall_clauses(district_officer, DISTRICT, ON)] == ["LC-ORG-5"]


def data(**more: str) -> dict[str, Any]:
    five = dict.fromkeys(("signs", "windows", "rules", "notice_board", "plaques"), "yes")
    key = "00000000-0000-4000-8000-000000000001"
    return {"key": key, "checked_on": "2026-11-20", "note": "", **five} | more


def test_form_then_the_check_and_its_photos_by_item(
    community: Community, clerk: User, browse: Browse
) -> None:
    made, client = hall(community), browse(clerk)
    url = f"/premises/{made.pk}/hall-checks/new/"

    def sent() -> Any:
        files = {
            "signs_photos": [SimpleUploadedFile("a.png", png(3))],
            "windows_photos": [SimpleUploadedFile("b.png", png(4))],
        }
        return client.post(url, data(windows="no", note="窗口没有编号") | files)

    first, second = sent(), sent()

    check = HallCheck.objects.get()
    assert (first["Location"], second["Location"]) == (f"/premises/hall-checks/{check.pk}/",) * 2
    assert (check.signs, check.windows) == (True, False)
    papers = SpacePaper.objects.order_by("item").values_list("item", "kind")
    assert list(papers) == [("signs", "photo"), ("windows", "photo")]
    page = client.get(first["Location"]).content.decode()
    assert "已登记2026-11-20大厅检查，窗口设置未统一" in page


def test_form_without_a_reason_or_a_hall_then_422(
    community: Community, clerk: User, browse: Browse
) -> None:
    made, client = hall(community, valid_from=date(2026, 11, 1)), browse(clerk)
    url = f"/premises/{made.pk}/hall-checks/new/"

    lacking = client.post(url, data(windows="no"))
    early = client.post(url, data(checked_on="2026-10-31"))
    unanswered = client.post(url, data(rules=""))

    assert [one.status_code for one in (lacking, early, unanswered)] == [422, 422, 422]
    assert "有未统一的项目，写明差在哪里" in lacking.content.decode()
    assert "2026-10-31没有用途是服务大厅的房间" in early.content.decode()
    assert "选择规章制度是否统一" in unanswered.content.decode()
    assert not HallCheck.objects.exists()


def test_check_to_come_then_refused(community: Community, clerk: User) -> None:
    record = HallCheck(premises=hall(community), checked_on=date(2026, 11, 23))

    with pytest.raises(ValidationError, match="2026-11-23还没有到"):
        record_check(record=record, photos={}, by=clerk, on=ON, at=AT)


def test_taken_back_by_its_maker_then_kept_with_the_reason(
    community: Community, clerk: User, reviewer: User
) -> None:
    check = make_hall_check(hall(community), made_by=clerk)

    held = withdraw_check(record=check, version=1, reason="看错大厅", by=clerk, at=AT)

    assert (held.withdrawn_by, held.withdrawn_because) == (clerk, "看错大厅")
    with pytest.raises(ValidationError, match="这件大厅检查已经撤回"):
        withdraw_check(record=check, version=2, reason="再撤", by=clerk, at=AT)


def test_list_then_as_many_queries_for_thirty_as_for_one_and_the_file_has_them_all(
    community: Community, clerk: User, browse: Browse
) -> None:
    make_hall_check(hall(community, "用房0"))
    client = browse(clerk)
    client.get("/premises/halls/")
    alone = queries_of(client, "/premises/halls/")
    for number in range(1, 30):
        make_hall_check(hall(community, f"用房{number}"))

    assert queries_of(client, "/premises/halls/") == alone
    rows = xlsx_rows(client.get("/premises/halls/export.xlsx?state=unified").content)
    assert len([row for row in rows if row[0] == community.code]) == 30


def test_same_photo_at_two_items_then_said_at_the_second(
    community: Community, clerk: User, browse: Browse
) -> None:
    made = hall(community)
    files = {
        name: [SimpleUploadedFile("a.png", png(3))] for name in ("signs_photos", "windows_photos")
    }

    answer = browse(clerk).post(f"/premises/{made.pk}/hall-checks/new/", data() | files)

    errors = answer.context["form"].errors
    assert answer.status_code == 422
    assert errors["windows_photos"] == ["“a.png”和标识的照片相同。每项选自己的照片"]
    assert "note" not in errors
