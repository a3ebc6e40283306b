"""移交清单: its lines, when they may be changed, and the list with the deed on paper."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from accounts.models import User
from facilities.models import HandoverItem, Project
from tests.conftest import Browse
from tests.factories import make_community
from tests.space_factories import make_gate, make_gates_before, make_item, make_project
from tests.world import load_texts

pytestmark = pytest.mark.django_db


@pytest.fixture
def project(clerk: User) -> Project:
    make_community()
    return make_project(made_by=clerk)


def test_item_then_it_stands_on_the_list_with_sums(
    project: Project, browse: Browse, clerk: User
) -> None:
    client, path = browse(clerk), f"/projects/{project.pk}/handover/"
    make_item(project, "work", "300.5")

    answer = client.post(
        f"{path}new/",
        {"name": "2号楼大厅", "use": "hall", "building_m2": "600", "usable_m2": "480", "keys": "3"},
    )

    assert answer["Location"] == path
    page = client.get(path).content.decode()
    assert "900.50" in page
    assert HandoverItem.objects.get(name="2号楼大厅").code == "371502001"


def test_item_with_more_usable_than_there_is_then_it_is_said(
    project: Project, browse: Browse, clerk: User
) -> None:
    values = {"name": "大厅", "use": "hall", "building_m2": "100", "usable_m2": "101"}

    answer = browse(clerk).post(f"/projects/{project.pk}/handover/new/", values)

    assert answer.status_code == 422
    assert "使用面积101大于建筑面积100。改其中一个" in answer.content.decode()


def test_item_that_stands_on_the_list_then_it_is_said(
    project: Project, browse: Browse, clerk: User
) -> None:
    make_item(project, "hall", "100", name="大厅")
    values = {"name": "大厅", "use": "hall", "building_m2": "100"}

    answer = browse(clerk).post(f"/projects/{project.pk}/handover/new/", values)

    assert answer.status_code == 422
    assert "清单里已有部位、用途和建筑面积都相同的一项" in answer.content.decode()
    assert HandoverItem.objects.count() == 1


def test_item_changed_and_removed_then_by_version(
    project: Project, browse: Browse, clerk: User
) -> None:
    item, client = make_item(project), browse(clerk)
    path = f"/projects/handover/{item.pk}/"
    values = {"name": "大厅", "use": "hall", "building_m2": "310", "version": "1"}

    assert client.post(f"{path}edit/", values).status_code == 302
    item.refresh_from_db()
    assert (item.building_m2, item.version) == (Decimal(310), 2)
    assert client.post(f"{path}delete/", {"version": "1"}).status_code == 409
    assert client.post(f"{path}delete/", {"version": "2"}).status_code == 302
    assert not HandoverItem.objects.exists()


def test_list_of_a_decided_handover_then_it_stays(
    project: Project, browse: Browse, clerk: User
) -> None:
    item, client = make_item(project), browse(clerk)
    make_gates_before(project, "handover")
    make_gate(project, "handover")

    assert client.get(f"/projects/{project.pk}/handover/new/").status_code == 404
    values = {"name": "大厅", "use": "hall", "building_m2": "310", "version": "1"}
    answer = client.post(f"/projects/handover/{item.pk}/edit/", values)
    assert answer.status_code == 422
    assert "移交已经办理，移交清单不再修改" in answer.content.decode()
    gone = client.post(f"/projects/handover/{item.pk}/delete/", {"version": "1"})
    assert gone.status_code == 409
    assert HandoverItem.objects.count() == 1


def test_list_of_a_decided_handover_then_the_database_keeps_it(project: Project) -> None:
    item = make_item(project)
    make_gates_before(project, "handover")
    make_gate(project, "handover")
    rows = HandoverItem.objects.filter(pk=item.pk)

    for act in (
        lambda: rows.update(building_m2=9999),
        lambda: rows.delete(),
        lambda: make_item(project, "hall"),
    ):
        with pytest.raises(IntegrityError, match="decided stays"), transaction.atomic():
            act()
    assert rows.update(code="371502002", version=2) == 1


def test_item_of_another_street_then_the_same_page_as_none(
    project: Project, browse: Browse, clerk_elsewhere: User
) -> None:
    item, client = make_item(project), browse(clerk_elsewhere)

    assert client.get(f"/projects/handover/{item.pk}/edit/").status_code == 404
    assert client.post(f"/projects/handover/{item.pk}/delete/").status_code == 404


def test_print_then_the_sides_the_sums_and_the_clause(
    project: Project, browse: Browse, clerk: User
) -> None:
    load_texts()
    Project.objects.filter(pk=project.pk).update(first_move_in_on="2026-01-31")
    make_item(project, "work", "300")
    make_item(project, "hall", "900.25")

    page = browse(clerk).get(f"/projects/{project.pk}/handover/print/").content.decode()

    assert "移交方：聊城某置业有限公司" in page
    assert "接收方：古楼街道办事处" in page
    assert "建筑面积合计1,200.25㎡，其中工作用房300.00㎡，服务设施900.25㎡" in page
    assert "第二十九条" in page
    assert "移交期限为2026年2月28日" in page
