"""关口: tried in order, refused, signed by the street, let pass against the rule by another."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client

from accounts.models import Message, User
from facilities.models import BuilderDefault, Gate, Premises, Project, SpacePaper
from facilities.services.gates import approve_gate
from tests.conftest import Browse
from tests.factories import make_community, make_user
from tests.paper_samples import pdf
from tests.space_factories import (
    AT,
    make_default,
    make_gate,
    make_gates_before,
    make_item,
    make_notice,
    make_project,
    make_space_paper,
)
from tests.world import load_texts

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today() -> Any:
    with time_machine.travel("2026-11-02 02:00Z", tick=False):
        yield


@pytest.fixture
def project(clerk: User) -> Project:
    community = make_community()
    load_texts()
    return make_project(community=community, made_by=clerk)


def tried(client: Client, project: Project, stage: str, **more: Any) -> Any:
    values = {
        "department": "自然资源和规划局",
        "doc_no": "8号",
        "decided_on": "2026-11-02",
        "outcome": "passed",
    }
    return client.post(f"/projects/{project.pk}/gates/{stage}/", values | more)


def promised(work: str = "300", service: str = "900", rooms: str = "900") -> dict[str, str]:
    return {
        "promised_work_m2": work,
        "promised_service_m2": service,
        "promised_property_m2": rooms,
    }


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


def found(work: str = "300", service: str = "900", rooms: str = "900") -> dict[str, str]:
    return {"found_work_m2": work, "found_service_m2": service, "found_property_m2": rooms}


def test_acceptance_then_the_street_signs(
    project: Project, browse: Browse, clerk: User, reviewer: User
) -> None:
    make_gates_before(project, "acceptance")

    tried(browse(clerk), project, "acceptance", **found())

    gate = Gate.objects.get(stage="acceptance")
    assert gate.state == "signing"
    assert Message.objects.get(to=reviewer).text == "湖畔花园竣工验收待街道签署"
    sign = f"/projects/gates/{gate.pk}/sign/"
    assert browse(clerk).post(sign, {"agreed": "yes", "version": "1"}).status_code == 403
    stale = browse(reviewer).post(sign, {"agreed": "yes", "version": "7"})
    assert stale.status_code == 409
    assert browse(reviewer).post(sign, {"agreed": "yes", "version": "1"}).status_code == 302
    gate.refresh_from_db()
    assert (gate.state, gate.signed_by) == ("passed", reviewer)


def test_acceptance_when_the_street_objects_then_refused(
    project: Project, browse: Browse, reviewer: User
) -> None:
    make_gates_before(project, "acceptance")
    gate = make_gate(project, "acceptance", state="signing", signed_by=None)
    sign, client = f"/projects/gates/{gate.pk}/sign/", browse(reviewer)

    silent = client.post(sign, {"agreed": "no", "version": "1"})
    assert "写明不同意的理由" in silent.content.decode()
    client.post(sign, {"agreed": "no", "version": "1", "words": "缺服务大厅"})

    gate.refresh_from_db()
    assert (gate.state, gate.opinion, gate.signed_by) == ("refused", "缺服务大厅", reviewer)


def test_acceptance_below_the_promise_then_signed_and_approved_by_two(
    project: Project, browse: Browse, clerk: User, reviewer: User, district_officer: User
) -> None:
    make_gates_before(project, "acceptance")
    less = found(service="850")
    plain = tried(browse(clerk), project, "acceptance", **less)
    assert "实测服务设施850㎡，规划审批约定的是900㎡，少50㎡" in plain.content.decode()

    tried(browse(clerk), project, "acceptance", outcome="exception", exception="已补偿", **less)
    gate = Gate.objects.get(stage="acceptance")
    path = f"/projects/gates/{gate.pk}/"
    browse(reviewer).post(f"{path}sign/", {"agreed": "yes", "version": "1"})
    gate.refresh_from_db()
    assert gate.state == "waiting"
    browse(district_officer).post(f"{path}approve/", {"version": "2"})

    gate.refresh_from_db()
    assert (gate.state, gate.signed_by, gate.approved_by) == ("passed", reviewer, district_officer)


def opened_default(project: Project, kind: str = "sold") -> BuilderDefault:
    return BuilderDefault.objects.create(
        project=project,
        code=project.code,
        kind=kind,
        found_on=date(2026, 11, 1),
        facts="用房已出售",
        made_by=project.made_by,
        made_at=AT,
    )


def test_open_default_then_the_next_gate_is_barred_also_as_an_exception(
    project: Project, browse: Browse, clerk: User, district_officer: User
) -> None:
    waiting = make_gate(project, state="waiting", exception="地块小", objections=["少20㎡"])
    opened_default(project)

    with pytest.raises(ValidationError, match="违约没有纠正"):
        approve_gate(
            gate=waiting, version=1, decision="", by=district_officer, at=AT, on=date(2026, 11, 2)
        )
    Gate.objects.filter(pk=waiting.pk).update(state="refused")
    answer = tried(browse(clerk), project, "planning_condition", **promised())
    assert "“擅自出售、出租或抵押”的违约没有纠正" in answer.content.decode()


def test_default_of_the_handover_then_the_handover_itself_is_open(
    project: Project, browse: Browse, clerk: User
) -> None:
    make_gates_before(project, "handover")
    opened_default(project, "not_handed_over")
    handover_list(project)

    answer = tried(browse(clerk), project, "handover", deed=deed())

    assert answer.status_code == 302
    title = tried(browse(clerk), project, "title", **found())
    assert "“逾期未移交”的违约没有纠正" in title.content.decode()


def deed() -> SimpleUploadedFile:
    return SimpleUploadedFile("移交协议.pdf", pdf(), "application/pdf")


def handover_list(project: Project) -> None:
    for use, area in (("work", "300"), ("hall", "600"), ("activity", "300"), ("property", "900")):
        make_item(project, use, area, usable_m2=Decimal(area) / 2)


def test_handover_then_the_list_and_the_deed_are_needed_and_lateness_is_kept(
    project: Project, browse: Browse, clerk: User
) -> None:
    Project.objects.filter(pk=project.pk).update(first_move_in_on=date(2026, 9, 1))
    make_gates_before(project, "handover")
    client = browse(clerk)
    empty = tried(client, project, "handover").content.decode()
    assert "移交清单是空的" in empty
    handover_list(project)
    bare = tried(client, project, "handover").content.decode()
    assert "没有移交协议，上传双方盖章的移交协议" in bare

    tried(client, project, "handover", deed=deed())

    gate = Gate.objects.get(stage="handover", state="passed")
    assert (gate.found_work_m2, gate.found_service_m2) == (Decimal(300), Decimal(900))
    paper = SpacePaper.objects.get()
    assert (paper.gate, paper.kind, paper.code) == (gate, "deed", "371502001")
    assert "超过移交期限32天" in client.get(f"/projects/gates/{gate.pk}/").content.decode()


def test_in_use_then_the_list_is_premises_of_the_community_and_the_project_is_done(
    project: Project, browse: Browse, clerk: User
) -> None:
    handover_list(project)
    make_gates_before(project, "in_use", title="鲁（2026）0001号")
    Project.objects.filter(pk=project.pk).update(community=None)
    barred = tried(browse(clerk), project, "in_use")
    assert "项目没有选受益社区" in barred.content.decode()
    elsewhere = make_community("371502002001", "柳园社区居委会")
    Project.objects.filter(pk=project.pk).update(community=elsewhere)
    other = tried(browse(clerk), project, "in_use")
    assert "受益社区不在项目的街道" in other.content.decode()
    Project.objects.filter(pk=project.pk).update(community=project.community)

    answer = tried(browse(clerk), project, "in_use")

    assert answer.status_code == 302
    made = Premises.objects.get()
    assert (made.name, made.acquisition, made.project) == (
        "湖畔花园配建用房",
        "handed_over",
        project,
    )
    assert (made.acquired_on, made.valid_from) == (date(2026, 11, 1), date(2026, 11, 2))
    assert made.title_no == "鲁（2026）0001号"
    rooms = made.rooms.order_by("pk").values_list("use", "building_m2", "usable_m2", "valid_from")
    assert sorted(rooms) == [
        ("activity", Decimal(300), Decimal(150), date(2026, 11, 2)),
        ("hall", Decimal(600), Decimal(300), date(2026, 11, 2)),
        ("property", Decimal(900), Decimal(450), date(2026, 11, 2)),
        ("work", Decimal(300), Decimal(150), date(2026, 11, 2)),
    ]
    assert [(one.community, one.parts) for one in made.shares.all()] == [(project.community, 1)]
    project.refresh_from_db()
    assert project.state == "done"
    with pytest.raises(DatabaseError, match="transition"), transaction.atomic():
        Project.objects.filter(pk=project.pk).update(state="running")


def test_project_whose_rooms_are_not_in_use_then_the_database_lets_it_not_be_done(
    project: Project,
) -> None:
    make_gates_before(project, "in_use")

    with pytest.raises(IntegrityError, match="in use"), transaction.atomic():
        Project.objects.filter(pk=project.pk).update(state="done")


def test_only_deed_of_a_passed_handover_then_it_is_not_taken_down(
    project: Project, browse: Browse, clerk: User
) -> None:
    make_gates_before(project, "handover")
    first = make_space_paper(project, "project", kind="deed", content=pdf(b"one"))
    client, reason = browse(clerk), {"reason": "传错了"}
    make_gate(project, "handover")

    said = client.post(f"/premises/papers/{first.pk}/withdraw/", reason, follow=True)

    first.refresh_from_db()
    assert first.withdrawn_at is None
    assert "先上传更正的移交协议，再撤下这份" in said.content.decode()
    make_space_paper(project, "project", kind="deed", content=pdf(b"two"))
    client.post(f"/premises/papers/{first.pk}/withdraw/", reason)
    first.refresh_from_db()
    assert first.withdrawn_because == "传错了"


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
