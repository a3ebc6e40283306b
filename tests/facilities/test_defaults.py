"""违约 and 告知函: the facts of the register, maker and checker, the letter, who answers."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import Error, transaction

from accounts.models import Message, User
from communities.services.editing import StaleError
from facilities.models import BuilderDefault, DefaultNotice, Project
from facilities.selectors.defaults import known_of
from facilities.services.defaults import record_default, remedy_default
from facilities.services.notices import answer_notice, issue_notice, withdraw_notice
from tests.conftest import Browse
from tests.factories import make_user
from tests.files import xlsx_rows
from tests.posted import opened
from tests.queries import queries_of
from tests.space_factories import AT, make_default, make_gate, make_notice, make_project
from tests.world import make_world

NOON = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
ON = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def project(db: None) -> Project:
    """People moved in on 31 August: a calendar month ends on 30 September."""
    make_world()
    made = make_project(first_move_in_on=date(2026, 8, 31))
    make_gate(
        made,
        promised_work_m2=Decimal(300),
        promised_service_m2=Decimal("900.5"),
        promised_property_m2=None,
    )
    return made


@pytest.fixture
def colleague(db: None) -> User:
    return make_user("district_officer", "371502", username="colleague", display_name="王芳")


def test_known_then_the_facts_of_the_register_in_a_sentence(project: Project) -> None:
    known = known_of(project, ON)

    assert known.suggested == "not_handed_over"
    assert known.facts("not_handed_over") == (
        "聊城某置业有限公司建设的湖畔花园（湖南路与柳园路交叉口）规划3,000户，"
        "约定配建工作用房300㎡、服务设施900.5㎡，首批居民2026年8月31日入住，"
        "移交期限是2026年9月30日，至2026年11月22日没有移交社区用房，已逾期53天"
    )
    assert [one.id for one in known.clauses("not_handed_over")] == ["LC-SPC-5"]


def test_known_when_less_was_measured_then_what_is_missing(project: Project) -> None:
    project.first_move_in_on = None
    make_gate(
        project, "acceptance", state="refused", found_work_m2=Decimal(200),
        found_service_m2=Decimal("900.5"), found_property_m2=None,
    )  # fmt: skip

    known = known_of(project, ON)

    assert known.suggested == "not_built"
    assert known.facts("not_built").endswith(
        "，实测工作用房200㎡、服务设施900.5㎡，工作用房少100㎡"
    )
    assert "LC-SPC-1" in [one.id for one in known.clauses("not_built")]


def test_form_then_prefilled_and_sent_twice_one_default(
    project: Project, district_officer: User, clerk: User, browse: Browse
) -> None:
    client, url = browse(district_officer), f"/projects/{project.pk}/defaults/new/"
    sent = opened(client, url)
    assert sent["kind"] == "not_handed_over"
    assert sent["facts"].endswith("已逾期53天")

    first, second = client.post(url, sent), client.post(url, sent)

    made = BuilderDefault.objects.get()
    assert (first["Location"], second["Location"]) == (f"/projects/defaults/{made.pk}/",) * 2
    told = [one.text for one in Message.objects.filter(to=clerk)]
    assert told == ["湖畔花园认定违约：逾期未移交"]


def test_the_same_default_again_then_422_in_words(
    project: Project, district_officer: User, browse: Browse
) -> None:
    make_default(project)
    client, url = browse(district_officer), f"/projects/{project.pk}/defaults/new/"

    answer = client.post(url, opened(client, url))

    assert answer.status_code == 422
    assert "已经有同样的违约没有纠正" in answer.content.decode()
    record = BuilderDefault(project=project, kind="not_handed_over", found_on=ON, facts="甲")
    with pytest.raises(ValidationError, match="2026-10-01已认定逾期未移交，还没有纠正"):
        record_default(record=record, by=district_officer, on=ON, at=AT)


def remedied(record: BuilderDefault, by: User, **more: Any) -> BuilderDefault:
    values: dict[str, Any] = {
        "remedied_on": date(2026, 11, 20),
        "remedy": "已移交",
        "version": 1,
    } | more
    return remedy_default(record=record, by=by, on=ON, at=AT, url="/", **values)


def test_remedied_by_another_then_closed_and_its_finder_told(
    project: Project, district_officer: User, colleague: User
) -> None:
    record = make_default(project, made_by=district_officer)

    with pytest.raises(ValidationError, match="认定的人不能核销自己认定的违约"):
        remedied(record, district_officer)
    with pytest.raises(ValidationError, match="早于认定日期2026-10-01"):
        remedied(record, colleague, remedied_on=date(2026, 9, 30))
    with pytest.raises(StaleError):
        remedied(record, colleague, version=0)
    held = remedied(record, colleague)

    assert (held.state, held.closed_by, held.version) == ("remedied", colleague, 2)
    assert [(one.to_id, one.text) for one in Message.objects.all()] == [
        (district_officer.pk, "湖畔花园逾期未移交已纠正")
    ]
    with pytest.raises(ValidationError, match="已于2026-11-20纠正，不再办理"):
        remedied(record, colleague, version=2)
    with pytest.raises(Error, match="Invalid transition"), transaction.atomic():
        BuilderDefault.objects.update(state="open")


def test_notice_then_suggested_issued_and_printed_with_the_clause(
    project: Project, district_officer: User, browse: Browse
) -> None:
    record = make_default(project)
    client, url = browse(district_officer), f"/projects/defaults/{record.pk}/notices/new/"
    sent = opened(client, url)
    assert (sent["permit"], sent["department"], sent["issuer"]) == (
        "title", "东昌府区自然资源和规划局", "东昌府区民政局",
    )  # fmt: skip

    answer = client.post(url, sent | {"doc_no": "东昌民函[2026]3号"})

    made = DefaultNotice.objects.get()
    assert answer["Location"] == f"/projects/notices/{made.pk}/"
    assert made.doc_no == "东昌民函〔2026〕3号"
    letter = client.get(f"/projects/notices/{made.pk}/print/").content.decode()
    assert "根据《聊城市城市社区管理办法（试行）》第二十九条" in letter
    assert "暂停办理该项目的不动产权登记" in letter
    assert "2026年11月22日</p>" in letter


def test_notice_with_a_number_that_is_there_then_422_and_free_after_it_was_taken_back(
    project: Project, district_officer: User, browse: Browse
) -> None:
    held = make_notice(make_default(project), made_by=district_officer)
    client, url = browse(district_officer), f"/projects/defaults/{held.default_id}/notices/new/"
    sent = opened(client, url) | {"doc_no": held.doc_no}
    assert "这个文号的告知函已经登记了" in client.post(url, sent).content.decode()

    withdraw_notice(record=held, version=1, reason="文号写错", by=district_officer, at=AT)

    assert client.post(url, sent).status_code == 302


def test_answer_then_recorded_and_not_before_the_letter(
    project: Project, district_officer: User
) -> None:
    record = make_notice(make_default(project))

    with pytest.raises(ValidationError, match="早于成文日期2026-10-02"):
        answer_notice(record=record, version=1, answered_on=date(2026, 10, 1), answer="收到", on=ON)
    held = answer_notice(record=record, version=1, answered_on=ON, answer="已暂停办理", on=ON)

    assert (held.answered_on, held.answer, held.version) == (ON, "已暂停办理", 2)


def test_notice_on_what_was_put_right_then_refused(
    project: Project, district_officer: User, colleague: User
) -> None:
    record = make_default(project, made_by=district_officer)
    remedied(record, colleague)
    notice = DefaultNotice(default=record, issued_on=ON, doc_no="甲〔2026〕1号")

    with pytest.raises(ValidationError, match="已于2026-11-20纠正，不再发告知函"):
        issue_notice(record=notice, by=colleague, on=ON, at=AT)


def test_list_then_open_ones_first_with_fixed_queries_and_the_file(
    project: Project, district_officer: User, colleague: User, browse: Browse
) -> None:
    remedied(make_default(project, found_on=date(2026, 1, 1), made_by=colleague), district_officer)
    make_notice(make_default(project, "sold"))
    client = browse(district_officer)
    client.get("/projects/defaults/")
    alone = queries_of(client, "/projects/defaults/")
    for number in range(30):
        make_notice(make_default(make_project(name=f"项目{number}")))

    assert queries_of(client, "/projects/defaults/") == alone
    rows = xlsx_rows(client.get("/projects/defaults/export.xlsx?kind=sold").content)
    assert rows[-1][1:4] == ["湖畔花园", "聊城某置业有限公司", "擅自出售、出租或抵押"]
    # open for 52 days, one notice without an answer
    assert rows[-1][8:11] == [52, 1, 1]


def test_another_street_then_404_and_clerks_issue_nothing(
    project: Project, clerk: User, clerk_elsewhere: User, browse: Browse
) -> None:
    record = make_default(project)
    notice = make_notice(record)

    seen = [f"/projects/defaults/{record.pk}/", f"/projects/notices/{notice.pk}/print/"]
    assert [browse(clerk_elsewhere).get(path).status_code for path in seen] == [404, 404]
    assert [browse(clerk).get(path).status_code for path in seen] == [200, 200]
    assert browse(clerk).post(f"/projects/notices/{notice.pk}/answer/").status_code == 403
    officer = make_user("district_officer", "371521")
    assert browse(officer).post(f"/projects/notices/{notice.pk}/answer/").status_code == 404


def test_permit_that_was_given_then_refused_and_not_suggested(
    project: Project, district_officer: User, browse: Browse
) -> None:
    for stage in ("land_contract", "planning_approval", "building", "acceptance"):
        make_gate(project, stage)
    record = make_default(project, "not_built")
    client, url = browse(district_officer), f"/projects/defaults/{record.pk}/notices/new/"
    sent = opened(client, url)
    assert (sent["permit"], sent["department"]) == ("", "")

    sent |= {"doc_no": "甲〔2026〕1号", "department": "住房和城乡建设局"}
    given = client.post(url, sent | {"permit": "acceptance"})

    said = "竣工验收备案已于2026-11-01办理，不能再暂停。选择下一道手续"
    assert (given.status_code, given.context["form"].errors["permit"]) == (422, [said])
    notice = DefaultNotice(default=record, issued_on=ON, permit="planning", doc_no="甲〔2026〕1号")
    with pytest.raises(ValidationError, match="规划许可已于2026-11-01办理"):
        issue_notice(record=notice, by=district_officer, on=ON, at=AT)
    assert client.post(url, sent | {"permit": "title"}).status_code == 302


def test_notice_of_today_then_no_answer_yet(
    project: Project, district_officer: User, browse: Browse
) -> None:
    notice = make_notice(make_default(project), issued_on=ON)

    page = browse(district_officer).get(f"/projects/notices/{notice.pk}/").content.decode()

    assert "<dd>还没有回复</dd>" in page
