"""Pages of pay and awards: who sees names, the file, records and decisions, fixed queries."""

import uuid
from datetime import date
from typing import Any

import pytest
from django.test import Client

from accounts.choices import AccessAct
from accounts.models import AccessLog, User
from communities.models import Community
from staffing.models import Award, PayRecord
from tests.conftest import Browse
from tests.factories import make_community
from tests.files import xlsx_rows
from tests.policy.samples import published
from tests.queries import queries_of
from tests.staff_factories import make_appointment, make_award, make_pay_record, make_person
from tests.staffing.pay_world import adopt, index

pytestmark = pytest.mark.django_db
PAY, GUCHENG = "/staff/pay/?year=2026", "371502001001"


@pytest.fixture
def opinions(db: None) -> Community:
    community = make_community()
    adopt("city-opinions-2013", "3715")
    index("disposable_income", "44000")
    return community


def text_of(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_table_of_a_street_then_a_row_for_each_community_and_why_some_are_not_whole(
    opinions: Community, browse: Browse, clerk: User
) -> None:
    make_appointment(opinions)

    page = text_of(browse(clerk), PAY)

    assert '<td class="num">44,000.00</td>' in page
    assert "社会保险（每人）：还没有单位缴纳社会保险（每人每年），1人没有计入" in page
    assert "《城乡社区建设工作意见》四、（三）（C13-FND-7）" in page
    assert "王小红" not in page


def test_table_of_a_community_then_persons_with_names_and_what_is_short_with_its_clause(
    opinions: Community, browse: Browse, clerk: User
) -> None:
    person = make_person()
    make_appointment(opinions, "director", person)
    make_pay_record(person, opinions, allowance_yuan="43000")

    page = text_of(browse(clerk), f"{PAY}&division={GUCHENG}")

    assert f'<a href="/staff/persons/{person.pk}/pay/?year=2026">王小红</a>' in page
    assert '<span class="gap bad">少1,000.00</span>' in page
    assert "古城社区2026年待遇" in page
    assert "最低标准依据《城乡社区建设工作意见》四、（三）（C13-FND-7）" in page


def test_table_when_finance_looks_then_sums_without_names(
    opinions: Community, browse: Browse, district_finance: User
) -> None:
    make_appointment(opinions, "secretary", identity="seconded")
    client = browse(district_finance)

    page = text_of(client, f"{PAY}&division={GUCHENG}")

    assert "由原渠道付酬，不计：《城乡社区建设工作意见》四、（三）（C13-FND-8）" in page
    assert "王小红" not in page
    assert "王小红" not in str(xlsx_rows(client.get("/staff/pay/export.xlsx?year=2026").content))


def test_table_when_outside_the_scope_then_as_unknown(
    opinions: Community, browse: Browse, clerk_elsewhere: User
) -> None:
    client = browse(clerk_elsewhere)

    for division in (GUCHENG, "371502001", "3715", "37150", "x"):
        assert client.get(f"{PAY}&division={division}").status_code == 404


def test_table_when_there_are_more_persons_then_as_many_queries(
    opinions: Community, browse: Browse, clerk: User
) -> None:
    client = browse(clerk)
    person = make_person()
    make_appointment(opinions, "member", person)
    make_pay_record(person, opinions)
    make_award(person, opinions)
    text_of(client, PAY)
    few = [queries_of(client, PAY), queries_of(client, f"{PAY}&division={GUCHENG}")]

    for place in range(2, 6):
        other = make_community(f"37150200100{place}", f"第{place}社区居委会")
        for number in range(6):
            person = make_person(name=f"王{number}")
            make_appointment(other, "member", person)
            make_pay_record(person, other)
            make_award(person, other)
            if number:
                make_appointment(opinions, "member", make_person(name=f"李{place}{number}"))
    text_of(client, PAY)  # the assessment is made anew

    assert [queries_of(client, PAY), queries_of(client, f"{PAY}&division={GUCHENG}")] == few


def test_file_then_by_person_with_its_total_and_recorded_without_a_name(
    opinions: Community, browse: Browse, clerk: User
) -> None:
    make_appointment(opinions, "member", make_person(name="王小红"))
    make_appointment(opinions, "member", make_person(name="李强"), valid_from=date(2026, 7, 1))

    answer = browse(clerk).get("/staff/pay/export.xlsx?year=2026")

    rows = xlsx_rows(answer.content)
    listed = [row for row in rows if row and row[0] == GUCHENG]
    assert [row[2:6] for row in listed] == [
        ["李强", "居委会委员", "7~12月", 22000], ["王小红", "居委会委员", "1~12月", 44000]
    ]  # fmt: skip
    assert [row[5] for row in rows if row and row[0] == "合计"] == [66000]
    [log] = AccessLog.objects.filter(act=AccessAct.EXPORT)
    assert log.target == "古楼街道2026年人员待遇.xlsx"


def test_page_of_a_person_then_the_trace_of_each_standard(
    opinions: Community, browse: Browse, clerk: User
) -> None:
    person = make_person()
    make_appointment(opinions, "member", person, valid_from=date(2026, 4, 1))
    make_pay_record(person, opinions, first_month=4, last_month=6, allowance_yuan="11000")

    page = text_of(browse(clerk), f"/staff/persons/{person.pk}/pay/?year=2026")

    assert "市级16,500.00，县（市、区）级16,500.00" in page
    assert "<dt>市级</dt><dd>16,500.00元</dd>" in page
    assert "2025年城镇居民人均可支配收入" in page
    assert "生活补贴每人每年不低于上年本区城镇居民人均可支配收入" in page
    assert "不能测算，还没有单位缴纳社会保险（每人每年）" in page
    assert "达标" in page


# ── records ──


def record(**overrides: Any) -> dict[str, Any]:
    return {
        "key": str(uuid.uuid4()), "year": 2026, "first_month": 1, "last_month": 6,
        "pay_channel": "funded", "allowance_yuan": "22000", "insurance_yuan": "4900.50", "note": "",
    } | overrides  # fmt: skip


def test_record_when_typed_then_stored_under_the_community(
    opinions: Community, browse: Browse, clerk: User
) -> None:
    person = make_person()
    make_appointment(opinions, "member", person)

    answer = browse(clerk).post(
        f"/staff/persons/{person.pk}/pay/new/", record(community=opinions.pk)
    )

    assert answer.headers["Location"] == f"/staff/persons/{person.pk}/pay/?year=2026"
    stored = PayRecord.objects.get()
    assert (stored.code, stored.made_by, str(stored.insurance_yuan)) == (GUCHENG, clerk, "4900.50")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"last_month": 12}, "2026年12月还没有到，改截止月"),
        ({"first_month": 7, "last_month": 6}, "截止月早于起始月"),
        ({"first_month": 3, "last_month": 3}, "1至3月已经登记过"),
        ({"year": 2021}, "2021年4~6月这个人在本社区没有任职"),
        ({"allowance_yuan": "很多"}, "很多"),
    ],
)
def test_record_when_it_cannot_be_then_said_and_nothing_lost(
    opinions: Community, browse: Browse, clerk: User, typed: dict[str, Any], said: str
) -> None:
    person = make_person()
    make_appointment(opinions, "member", person)
    make_pay_record(person, opinions, first_month=1, last_month=3)

    answer = browse(clerk).post(
        f"/staff/persons/{person.pk}/pay/new/",
        record(community=opinions.pk, first_month=4, note="补发") | typed,
    )

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "补发" in answer.content.decode()
    assert PayRecord.objects.count() == 1


def test_record_when_changed_then_the_new_sum_and_a_reason(
    opinions: Community, browse: Browse, clerk: User, clerk_elsewhere: User
) -> None:
    person = make_person()
    make_appointment(opinions, "member", person)
    held = make_pay_record(person, opinions, last_month=6)
    path = f"/staff/pay/records/{held.pk}/edit/"
    typed = record(community=opinions.pk, version=1, change_reason="据工资单更正")

    assert browse(clerk_elsewhere).post(path, typed).status_code == 404
    assert browse(clerk).post(path, typed).status_code == 302

    held.refresh_from_db()
    assert (str(held.allowance_yuan), held.version) == ("22000.00", 2)
    assert held.events.latest("pgh_id").pgh_context.metadata["reason"] == "据工资单更正"


def test_record_when_changed_then_its_community_is_said_and_not_asked(
    opinions: Community, browse: Browse, clerk: User
) -> None:
    person = make_person()
    make_appointment(opinions, "member", person)
    held = make_pay_record(person, opinions, last_month=6)

    page = text_of(browse(clerk), f"/staff/pay/records/{held.pk}/edit/")

    assert 'name="community"' not in page
    assert "王小红，古城社区" in page


# ── awards ──


@pytest.fixture
def adopted(opinions: Community) -> Community:
    """Beilun's awards, taken over by Liaocheng's district."""
    published("awards", (AWARD,), jurisdiction="371502")
    index("average_wage", "72000")
    return opinions


AWARD = """[[provision]]
id = "A-1"
article = "第八条"
summary = "三年内在职期间每月奖励社会平均工资的50%左右"
subject = "long_service_award"
binding = "about"
level = "person"
lasts_months = 36
value = { index = "average_wage", factor = "1/24", lag = 1 }
payers = [ { payer = "district", rest = true } ]
"""


def test_award_when_proposed_then_waits_and_another_decides(
    adopted: Community, browse: Browse, clerk: User, district_officer: User
) -> None:
    person = make_person()
    make_appointment(adopted, "director", person)
    typed = {
        "key": str(uuid.uuid4()), "community": adopted.pk, "kind": "long_service_award",
        "year": 2025, "starts_on": "2026-03-18", "doc_no": "", "note": "",
    }  # fmt: skip
    made = browse(clerk).post(f"/staff/persons/{person.pk}/awards/new/", typed)
    held = Award.objects.get()
    path = f"/staff/awards/{held.pk}/"
    decide = {"key": str(uuid.uuid4()), "version": 1, "approved": "yes", "decision": ""}

    assert (made.headers["Location"], held.state, held.starts_on) == (
        path, "proposed", date(2026, 3, 1)
    )  # fmt: skip
    page = text_of(browse(clerk), path)
    assert "每月3,000.00元，最多36个月<small>《办法awards》第八条（A-1）</small>" in page
    assert "30,000.00元<small>3~12月" in page
    assert browse(clerk).post(f"{path}decide/", decide).status_code == 403
    assert browse(district_officer).post(f"{path}decide/", decide).status_code == 302
    held.refresh_from_db()
    assert (held.state, held.decided_by) == ("approved", district_officer)


def test_award_when_its_maker_decides_or_no_reason_is_given_then_refused_in_words(
    adopted: Community, browse: Browse, district_officer: User, city_officer: User
) -> None:
    person = make_person()
    make_appointment(adopted, "director", person)
    held = make_award(person, adopted, kind="long_service_award", made_by=district_officer)
    path = f"/staff/awards/{held.pk}/decide/"

    def decide(by: User, approved: str) -> tuple[int, str]:
        typed = {"key": str(uuid.uuid4()), "version": 1, "approved": approved, "decision": ""}
        answer = browse(by).post(path, typed)
        return answer.status_code, answer.content.decode()

    mine, unsaid = decide(district_officer, "yes"), decide(city_officer, "no")

    assert (mine[0], unsaid[0]) == (409, 409)
    assert "申报的人不能批准自己申报的奖励" in mine[1]
    assert "写明不予批准的理由" in unsaid[1]
    held.refresh_from_db()
    assert held.state == "proposed"


def test_award_when_no_text_speaks_of_any_then_not_offered(
    opinions: Community, browse: Browse, clerk: User
) -> None:
    person = make_person()
    make_appointment(opinions, "director", person)

    answer = browse(clerk).get(f"/staff/persons/{person.pk}/awards/new/", follow=True)

    assert "这里执行的文件没有规定奖励，不能申报" in answer.content.decode()


def test_award_when_not_in_post_on_its_first_day_then_said(
    adopted: Community, browse: Browse, clerk: User
) -> None:
    person = make_person()
    make_appointment(adopted, "director", person, valid_until=date(2026, 2, 1))

    answer = browse(clerk).post(
        f"/staff/persons/{person.pk}/awards/new/",
        {"key": str(uuid.uuid4()), "community": adopted.pk, "kind": "long_service_award",
         "year": 2025, "starts_on": "2026-03-01"},
    )  # fmt: skip

    assert answer.status_code == 422
    assert "2026-03-01这个人在本社区没有任职" in answer.content.decode()
