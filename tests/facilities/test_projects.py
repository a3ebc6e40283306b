"""开发项目: the board, one project, its record, the first move-in, cancelling."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import time_machine

from accounts.models import User
from communities.models import Community
from facilities.models import Project
from facilities.selectors.projects import Wanted, board, totals_of
from facilities.selectors.todo_projects import project_todos
from tests.conftest import Browse
from tests.factories import make_community, make_division, make_estate
from tests.queries import queries_of
from tests.space_factories import make_gate, make_gates_before, make_project
from tests.world import load_texts

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 2)
URL = "/projects/"


@pytest.fixture(autouse=True)
def today() -> Any:
    with time_machine.travel("2026-11-02 02:00Z", tick=False):
        yield


@pytest.fixture
def gucheng() -> Community:
    return make_community()


def typed(**more: Any) -> dict[str, Any]:
    return {
        "name": "湖畔花园",
        "developer": "聊城某置业有限公司",
        "location": "湖南路1号",
        "area_kind": "new",
        "planned_households": "3000",
        "gross_floor_area_m2": "300000",
    } | more


def test_new_then_the_requirement_is_shown_before_the_first_gate(
    gucheng: Community, browse: Browse, clerk: User
) -> None:
    load_texts()
    client = browse(clerk)

    answer = client.post(f"{URL}new/", typed(), follow=True)

    project = Project.objects.get()
    assert (project.code, project.made_by, project.state) == ("371502001", clerk, "running")
    page = answer.content.decode()
    assert "不少于300㎡" in page
    assert "第二十七条，LC-SPC-1" in page
    assert f"/projects/{project.pk}/gates/planning_condition/" in page


def test_new_sent_twice_then_one_project(gucheng: Community, browse: Browse, clerk: User) -> None:
    client, key = browse(clerk), "7f0d2a54-7c7c-4c5e-9d3b-0d6f5f0e9a11"

    first, second = (client.post(f"{URL}new/", typed(key=key)) for _ in range(2))

    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"]
    assert Project.objects.count() == 1


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"planned_households": "0"}, "规划户数0小于1"),
        ({"developer": ""}, "填写建设单位"),
        ({"remarks": "联系人13806351234"}, "手机号"),
        ({"location": "371502198506153823"}, "身份证号"),
    ],
)
def test_new_when_something_is_wrong_then_it_is_said(
    gucheng: Community, browse: Browse, clerk: User, more: dict[str, str], said: str
) -> None:
    answer = browse(clerk).post(f"{URL}new/", typed(**more))

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Project.objects.exists()


def test_new_by_the_district_then_in_the_street_that_is_chosen(
    gucheng: Community, browse: Browse, district_officer: User
) -> None:
    make_division("371502002")
    client = browse(district_officer)

    wrong = client.post(f"{URL}new/", typed(street="371502002", community=gucheng.pk))
    assert wrong.status_code == 422
    assert "不在项目的街道" in wrong.content.decode()
    assert client.post(f"{URL}new/", typed(street="371502002")).status_code == 302
    assert Project.objects.get().code == "371502002"


def test_new_with_a_name_that_the_street_has_then_it_is_said(
    gucheng: Community, browse: Browse, clerk: User
) -> None:
    make_project()

    answer = browse(clerk).post(f"{URL}new/", typed())

    assert answer.status_code == 422
    assert "这个街道已经有同名的项目" in answer.content.decode()


def test_edit_then_stored_with_its_reason_in_the_history(
    gucheng: Community, browse: Browse, clerk: User
) -> None:
    project, client = make_project(), browse(clerk)
    values = typed(version="1", planned_households="2600", change_reason="规划调整")

    answer = client.post(f"{URL}{project.pk}/edit/", values, follow=True)

    project.refresh_from_db()
    assert (project.planned_households, project.version) == (2600, 2)
    assert "规划调整" in answer.content.decode()


def test_edit_when_the_community_has_gone_to_another_street_then_another_is_chosen(
    gucheng: Community, browse: Browse, clerk: User
) -> None:
    elsewhere = make_community("371502002001", "柳园社区居委会")
    project, client = make_project(community=elsewhere), browse(clerk)

    assert "没有选<small>" in client.get(f"{URL}{project.pk}/").content.decode()
    values = typed(version="1", community=gucheng.pk)
    assert client.post(f"{URL}{project.pk}/edit/", values).status_code == 302
    project.refresh_from_db()
    assert project.community == gucheng


def test_edit_with_an_estate_of_another_community_then_it_is_said(
    gucheng: Community, browse: Browse, clerk: User
) -> None:
    other = make_community("371502001002", "湖南社区居委会")
    project, estate = make_project(), make_estate(other)
    values = typed(version="1", community=gucheng.pk, estate=estate.pk)

    answer = browse(clerk).post(f"{URL}{project.pk}/edit/", values)

    assert answer.status_code == 422
    assert "属于湖南社区" in answer.content.decode()


def test_edit_with_a_version_that_is_past_then_both_are_shown(
    gucheng: Community, browse: Browse, clerk: User
) -> None:
    project = make_project(version=2)

    answer = browse(clerk).post(f"{URL}{project.pk}/edit/", typed(version="1", name="新名"))

    assert answer.status_code == 409
    project.refresh_from_db()
    assert project.name == "湖畔花园"


def test_move_in_then_the_deadline_is_said_at_once(
    gucheng: Community, browse: Browse, clerk: User
) -> None:
    load_texts()
    project = make_project()
    path = f"{URL}{project.pk}/move-in/"

    make_gates_before(project, "handover", decided_on="2026-10-01")
    said = browse(clerk).post(path, {"first_move_in_on": "2026-10-31", "version": "1"}, follow=True)

    assert "首批居民2026-10-31入住，应在2026-11-30以前移交" in said.content.decode()
    future = browse(clerk).post(path, {"first_move_in_on": "2026-11-03", "version": "2"})
    assert future.status_code == 422


def test_move_in_before_the_acceptance_or_corrected_then_a_reason_is_asked(
    gucheng: Community, browse: Browse, clerk: User
) -> None:
    project, client = make_project(), browse(clerk)
    path, early = f"{URL}{project.pk}/move-in/", {"first_move_in_on": "2026-10-31", "version": "1"}

    none = client.post(path, early).content.decode()
    assert "规划条件还没有通过就有居民入住，核对日期，写明依据" in none
    make_gates_before(project, "handover")
    before = client.post(path, early).content.decode()
    assert "入住日2026-10-31早于规划条件的2026-11-01，核对日期，写明依据" in before
    assert client.post(path, early | {"change_reason": "现场核实"}).status_code == 302
    again = {"first_move_in_on": "2026-11-02", "version": "2"}
    corrected = client.post(path, again)
    assert "入住日已登记为2026-10-31，写明更正的依据" in corrected.content.decode()
    assert client.post(path, again | {"change_reason": "户主证明"}).status_code == 302


def test_edit_of_sizes_once_a_gate_is_passed_then_a_reason_is_asked(
    gucheng: Community, browse: Browse, clerk: User
) -> None:
    project, client = make_project(location="湖南路1号"), browse(clerk)
    make_gate(project)
    path, more = f"{URL}{project.pk}/edit/", {"planned_households": "5000", "version": "1"}

    assert client.post(path, typed(name="新名", version="1")).status_code == 302
    answer = client.post(path, typed(name="新名", **more | {"version": "2"}))

    assert answer.status_code == 422
    assert "已经办理规划条件，改规划户数要写明修改依据" in answer.content.decode()
    reasoned = typed(name="新名", change_reason="规划调整", **more | {"version": "2"})
    assert client.post(path, reasoned).status_code == 302


def test_edit_of_sizes_once_the_acceptance_is_recorded_then_they_stay(
    gucheng: Community, browse: Browse, clerk: User
) -> None:
    project, client = make_project(), browse(clerk)
    make_gates_before(project, "acceptance")
    make_gate(project, "acceptance", state="signing", signed_by=None)
    values = typed(version="1", gross_floor_area_m2="1", change_reason="规划调整")

    answer = client.post(f"{URL}{project.pk}/edit/", values)

    assert answer.status_code == 422
    assert "已经办理竣工验收，总建筑面积不再修改" in answer.content.decode()


def test_history_then_gates_are_named_and_told_in_words(
    gucheng: Community, browse: Browse, clerk: User
) -> None:
    project = make_project()
    kept = [{"subject": "work_premises_area", "label": "工作用房", "low": "300.00"}]
    make_gate(project, state="refused", required=kept, objections=["约定少20㎡", "没有写明"])

    page = browse(clerk).get(f"{URL}{project.pk}/").content.decode()

    assert "work_premises_area" not in page
    assert "planning_condition" not in page.replace("/gates/planning_condition/", "")
    assert "约定少20㎡、没有写明" in page


def test_move_in_after_the_handover_then_refused(
    gucheng: Community, browse: Browse, clerk: User
) -> None:
    project = make_project()
    make_gates_before(project, "title")

    answer = browse(clerk).post(
        f"{URL}{project.pk}/move-in/", {"first_move_in_on": "2026-10-31", "version": "1"}
    )

    assert answer.status_code == 422
    assert "入住日不再修改" in answer.content.decode()


def test_cancel_then_with_a_reason_and_nothing_more_is_done(
    gucheng: Community, browse: Browse, clerk: User
) -> None:
    project, client = make_project(), browse(clerk)
    path = f"{URL}{project.pk}/"

    assert client.post(f"{path}cancel/", {"version": "1"}).status_code == 422
    assert client.post(f"{path}cancel/", {"version": "1", "reason": "停建"}).status_code == 302
    project.refresh_from_db()
    assert (project.state, project.cancelled_because) == ("cancelled", "停建")
    assert client.get(f"{path}edit/").status_code == 404
    assert client.get(f"{path}gates/planning_condition/").status_code == 404


def test_project_of_another_street_then_the_same_page_as_none(
    gucheng: Community, browse: Browse, clerk_elsewhere: User
) -> None:
    project, client = make_project(), browse(clerk_elsewhere)

    for path in ("", "edit/", "move-in/", "handover/", "handover/print/"):
        assert client.get(f"{URL}{project.pk}/{path}").status_code == 404
    assert client.post(f"{URL}{project.pk}/cancel/", {"reason": "停建"}).status_code == 404
    assert "湖畔花园" not in client.get(f"{URL}?state=all").content.decode()


def test_board_then_areas_days_and_sums_of_the_filter(
    gucheng: Community, district_officer: User
) -> None:
    load_texts()
    late = make_project(name="甲园", first_move_in_on=date(2026, 9, 1))
    make_gates_before(late, "handover")
    make_project(name="乙园", planned_households=500)
    gone = {"state": "cancelled", "cancelled_because": "停建"}
    make_project(name="丙园", first_move_in_on=date(2026, 9, 1), **gone)

    rows = board(district_officer, Wanted(), ON)

    assert [(one.project.name, one.required, one.clock.overdue_days) for one in rows] == [
        ("乙园", Decimal(1200), 0),
        ("甲园", Decimal(1200), 32),
    ]
    assert [one.stage for one in rows[1].trail.steps if one.current] == ["handover"]
    totals = totals_of(rows)
    assert (totals.projects, totals.households, totals.required) == (2, 3500, Decimal(2400))
    assert (totals.promised, totals.found, totals.overdue) == (Decimal(1200), Decimal(1200), 1)
    assert [one.project for one in board(district_officer, Wanted(overdue=True), ON)] == [late]
    assert board(district_officer, Wanted(stage="land_contract"), ON) == []
    everything = board(district_officer, Wanted(state=""), ON)
    assert [one.clock.overdue_days for one in everything] == [0, 0, 32]
    assert [one.project for one in board(district_officer, Wanted(sought="甲"), ON)] == [late]


def test_board_with_a_promise_below_then_it_is_marked(
    gucheng: Community, browse: Browse, clerk: User, reviewer: User
) -> None:
    load_texts()
    project = make_project()
    make_gate(
        project,
        objections=["少"],
        approved_by=reviewer,
        promised_work_m2=Decimal(280),
        promised_service_m2=Decimal(900),
    )

    (row,) = board(clerk, Wanted(), ON)

    assert row.lacks_promise
    assert '<span class="gap bad">1,180' in browse(clerk).get(URL).content.decode()
    assert "少20" in browse(clerk).get(f"{URL}{project.pk}/").content.decode()


def test_board_then_the_queries_do_not_grow(
    gucheng: Community, browse: Browse, district_officer: User
) -> None:
    load_texts()
    client = browse(district_officer)
    make_gates_before(make_project(first_move_in_on=date(2026, 9, 1)), "handover")
    client.get(URL)
    file = f"{URL}export.xlsx"
    one = queries_of(client, URL), queries_of(client, file)
    for number in range(30):
        day = date(2026, 9, 1)
        made = make_project(name=f"{number}园", first_move_in_on=day, community=gucheng)
        make_gate(made)

    assert (queries_of(client, URL), queries_of(client, file)) == one


def test_board_as_a_file_then_the_right_is_asked_and_it_is_logged(
    gucheng: Community, browse: Browse, clerk: User, administrator: User
) -> None:
    make_gates_before(make_project(first_move_in_on=date(2026, 9, 1)), "title")

    answer = browse(clerk).get(f"{URL}export.xlsx")

    assert answer.status_code == 200
    assert answer["Content-Type"].endswith("spreadsheetml.sheet")
    assert browse(administrator).get(f"{URL}export.xlsx").status_code == 403


def test_todos_then_due_handovers_for_the_clerk_and_signatures_for_the_reviewer(
    gucheng: Community, clerk: User, reviewer: User, district_officer: User
) -> None:
    load_texts()
    make_project(name="甲园", first_move_in_on=date(2026, 10, 20), made_by=clerk)
    make_project(name="乙园", first_move_in_on=date(2026, 9, 1), made_by=clerk)
    far = make_project(name="丙园", made_by=clerk)
    make_gates_before(far, "acceptance")
    make_gate(far, "acceptance", state="signing", signed_by=None)
    make_gate(make_project(name="丁园", made_by=clerk), state="waiting", exception="地块小")

    lines = {user: list(project_todos(user, ON)) for user in (clerk, reviewer, district_officer)}

    assert [(one.name, one.tag, one.left_days) for one in lines[clerk]] == [
        ("办理乙园移交", "bad", -32),
        ("办理甲园移交", "warn", 18),
    ]
    assert [one.name for one in lines[reviewer]] == ["签署丙园竣工验收"]
    assert [one.name for one in lines[district_officer]][2:] == ["批准丁园规划条件"]
