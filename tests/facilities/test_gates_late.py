"""关口: signed by the street, barred by defaults, handed over, in use."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction

from accounts.models import Message, User
from facilities.models import Gate, Premises, Project, SpacePaper
from facilities.services.gates import approve_gate
from tests.conftest import Browse
from tests.facilities.gate_desk import (
    deed,
    found,
    handover_list,
    opened_default,
    project,
    promised,
    today,
    tried,
)
from tests.factories import make_community
from tests.paper_samples import pdf
from tests.space_factories import (
    AT,
    make_gate,
    make_gates_before,
    make_space_paper,
)

__all__ = ["project", "today"]
pytestmark = pytest.mark.django_db


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
