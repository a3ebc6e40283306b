"""关口: tried in order, refused, let pass against the rule by another."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from accounts.models import Message, User
from facilities.models import Gate, Project
from tests.conftest import Browse
from tests.facilities.gate_desk import project, promised, today, tried
from tests.factories import make_user
from tests.space_factories import (
    make_default,
    make_gate,
    make_gates_before,
    make_notice,
    make_project,
)

__all__ = ["project", "today"]
pytestmark = pytest.mark.django_db


def test_first_gate_then_passed_with_what_was_asked_that_day(
    project: Project, browse: Browse, clerk: User
) -> None:
    answer = tried(browse(clerk), project, "planning_condition", **promised())

    gate = Gate.objects.get()
    assert answer["Location"] == f"/projects/gates/{gate.pk}/"
    assert (gate.state, gate.objections, gate.made_by) == ("passed", [], clerk)
    assert [(one["subject"], one["low"], one["required"]) for one in gate.required] == [
        ("work_premises_area", "300.00", "300.00"),
        ("service_area", "900.00", "900.00"),
        ("property_premises_area", "900.00", "900.00"),
    ]


def test_promise_below_the_requirement_then_nothing_is_stored_until_somebody_chooses(
    project: Project, browse: Browse, clerk: User
) -> None:
    client = browse(clerk)

    answer = tried(client, project, "planning_condition", **promised(work="280"))

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "约定工作用房280㎡，应不少于300㎡，少20㎡（《" in page
    assert "第二十七条，LC-SPC-1）" in page
    assert 'value="280"' in page
    assert not Gate.objects.exists()


def test_refused_then_the_try_stays_and_the_gate_may_be_tried_again(
    project: Project, browse: Browse, clerk: User
) -> None:
    client = browse(clerk)

    tried(client, project, "planning_condition", outcome="refused", **promised(work="280"))
    again = tried(client, project, "planning_condition", **promised())

    assert again.status_code == 302
    assert [*Gate.objects.order_by("pk").values_list("state", flat=True)] == ["refused", "passed"]
    refused = Gate.objects.earliest("pk")
    assert len(refused.objections) == 1
    no_reason = tried(client, project, "land_contract", outcome="refused", **promised())
    assert "写明未通过的原因" in no_reason.content.decode()


def test_exception_then_another_person_approves_and_its_objections_stay(
    project: Project, browse: Browse, clerk: User, district_officer: User, city_officer: User
) -> None:
    less = promised(work="280")
    tried(
        browse(clerk),
        project,
        "planning_condition",
        outcome="exception",
        exception="地块小",
        **less,
    )
    gate = Gate.objects.get()
    assert gate.state == "waiting"
    told = Message.objects.get(to=district_officer)
    assert told.text == "湖畔花园规划条件申请例外通过，待批准"
    assert told.url == f"/projects/gates/{gate.pk}/"
    blocked = tried(browse(clerk), project, "planning_condition", **promised())
    assert "这个关口例外待批准，办完以后再登记" in blocked.content.decode()
    path = f"/projects/gates/{gate.pk}/"
    assert browse(clerk).post(f"{path}approve/", {"version": "1"}).status_code == 403

    answer = browse(district_officer).post(
        f"{path}approve/", {"version": "1", "words": "同意，限本项目"}
    )

    assert answer.status_code == 302
    gate.refresh_from_db()
    assert (gate.state, gate.approved_by) == ("passed", district_officer)
    assert len(gate.objections) == 1
    assert Message.objects.get(to=clerk).text == "湖畔花园规划条件已批准例外通过"
    late = browse(city_officer).post(f"{path}refuse/", {"version": "2", "words": "不同意"})
    assert late.status_code == 409


def test_exception_by_its_maker_then_refused_also_by_the_database(
    project: Project, browse: Browse, district_officer: User
) -> None:
    client = browse(district_officer)
    less = promised(work="280")
    tried(client, project, "planning_condition", outcome="exception", exception="地块小", **less)
    gate = Gate.objects.get()

    answer = client.post(f"/projects/gates/{gate.pk}/approve/", {"version": "1"})

    assert answer.status_code == 409
    assert "登记的人不能办理自己登记的关口" in answer.content.decode()
    with pytest.raises(IntegrityError, match="gate_maker_not_approver"), transaction.atomic():
        Gate.objects.filter(pk=gate.pk).update(state="passed", approved_by=district_officer)
    with pytest.raises(IntegrityError, match="against_the_rule"), transaction.atomic():
        Gate.objects.filter(pk=gate.pk).update(state="passed")


def test_exception_refused_then_it_needs_a_reason_and_stays_refused(
    project: Project, browse: Browse, clerk: User, district_officer: User
) -> None:
    gate = make_gate(project, state="waiting", exception="地块小", objections=["少20㎡"])
    path, client = f"/projects/gates/{gate.pk}/refuse/", browse(district_officer)

    assert client.post(path, {"version": "1"}).status_code == 409
    assert client.post(path, {"version": "1", "words": "补足面积"}).status_code == 302
    gate.refresh_from_db()
    assert (gate.state, gate.decision) == ("refused", "补足面积")


def test_gate_out_of_order_then_refused_also_by_the_database(
    project: Project, browse: Browse, clerk: User
) -> None:
    client = browse(clerk)

    assert client.get(f"/projects/{project.pk}/gates/building/").status_code == 409
    answer = tried(client, project, "building")
    assert answer.status_code == 422
    assert "先办理规划条件" in answer.content.decode()
    assert client.get(f"/projects/{project.pk}/gates/nothing/").status_code == 404
    with pytest.raises(IntegrityError, match="is not passed"), transaction.atomic():
        make_gate(project, "land_contract")
    waiting = make_gate(project, "building", state="waiting", exception="地块小")
    with (
        pytest.raises(IntegrityError, match="is not passed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE facilities_gate SET state = 'passed' WHERE id = %s", [waiting.pk])


@pytest.mark.parametrize("state", ["passed", "refused"])
@pytest.mark.parametrize(
    "changed",
    [
        {"state": "waiting"},
        {"stage": "title"},
        {"required": [{"subject": "x"}]},
        {"decided_on": date(2026, 1, 1)},
        {"promised_work_m2": Decimal(1)},
        {"doc_no": "x"},
        {"department": "x"},
    ],
)
def test_decided_gate_then_the_database_keeps_it_as_it_is(
    project: Project, state: str, changed: dict[str, Any]
) -> None:
    gate = make_gate(project, state=state)

    with pytest.raises(DatabaseError, match=r"stays as it is|transition"), transaction.atomic():
        Gate.objects.filter(pk=gate.pk).update(**changed)
    # it follows its street to another code
    assert Gate.objects.filter(pk=gate.pk).update(code="371502002", version=2) == 1


def test_waiting_gate_then_the_database_lets_it_not_go_back_to_the_street(
    project: Project,
) -> None:
    gate = make_gate(project, state="waiting", exception="地块小")

    with pytest.raises(DatabaseError, match="transition"), transaction.atomic():
        Gate.objects.filter(pk=gate.pk).update(state="signing")


def test_gate_without_the_number_of_its_document_then_refused_only(
    project: Project, browse: Browse, clerk: User
) -> None:
    client = browse(clerk)

    answer = tried(client, project, "planning_condition", doc_no="", **promised())

    assert answer.status_code == 422
    assert "填写规划条件文号" in answer.content.decode()
    less = promised(work="280")
    tried(client, project, "planning_condition", doc_no="", outcome="refused", **less)
    assert Gate.objects.get().state == "refused"


def test_waiting_gate_then_its_page_names_who_must_act_and_the_open_default(
    project: Project, browse: Browse, clerk: User, reviewer: User, district_officer: User
) -> None:
    gate = make_gate(project, state="waiting", exception="地块小")
    default = make_default(project)
    make_notice(default)
    path = f"/projects/gates/{gate.pk}/"
    named = (
        "违约没有纠正：逾期未移交，2026-10-01认定；2026-10-02告知东昌府区自然资源和规划局"
        "暂停办理不动产权登记（东昌民函〔2026〕3号）"
    )

    page = browse(reviewer).get(path).content.decode()
    assert "例外通过由区、市民政部门批准" in page
    assert named in page
    assert "由区、市民政部门批准" not in browse(district_officer).get(path).content.decode()
    form = f"/projects/{project.pk}/gates/planning_condition/"
    assert named in browse(clerk).get(form).content.decode()
    make_gates_before(other := make_project(name="乙园"), "acceptance")
    signing = make_gate(other, "acceptance", state="signing", signed_by=None)
    seen = browse(district_officer).get(f"/projects/gates/{signing.pk}/").content.decode()
    assert "由本街道的审核人签署验收意见" in seen


@pytest.mark.parametrize(
    ("day", "said"),
    [("2026-10-31", "早于规划条件的2026-11-01"), ("2026-11-03", "2026-11-03")],
)
def test_day_out_of_order_or_to_come_then_refused(
    project: Project, browse: Browse, clerk: User, day: str, said: str
) -> None:
    make_gates_before(project, "land_contract")

    answer = tried(browse(clerk), project, "land_contract", decided_on=day, **promised())

    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_sent_twice_then_one_try(project: Project, browse: Browse, clerk: User) -> None:
    client, key = browse(clerk), "7f0d2a54-7c7c-4c5e-9d3b-0d6f5f0e9a11"

    first, second = (
        tried(client, project, "planning_condition", key=key, **promised()) for _ in range(2)
    )

    assert first["Location"] == second["Location"]
    assert Gate.objects.count() == 1


def test_gate_of_another_street_then_the_same_page_as_none(
    project: Project, browse: Browse, clerk_elsewhere: User
) -> None:
    gate = make_gate(project)
    other = make_user("street_reviewer", "371502002")

    assert browse(clerk_elsewhere).get(f"/projects/gates/{gate.pk}/").status_code == 404
    path = f"/projects/{project.pk}/gates/land_contract/"
    assert browse(clerk_elsewhere).get(path).status_code == 404
    signed = browse(other).post(f"/projects/gates/{gate.pk}/sign/", {"agreed": "yes"})
    assert signed.status_code == 404
