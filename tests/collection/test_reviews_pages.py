"""Pages of review: the list, many at once, one community, and what is typed is never lost."""

import io
from uuid import uuid4

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from accounts.models import AccessLog, Message, User
from collection.models import FactsStep
from communities.models import AnnualFacts
from tests.collection.review_world import AT, YEAR, make_queue, make_waiting
from tests.conftest import Browse
from tests.factories import make_facts
from tests.queries import queries_of
from tests.world import GUCHENG, HUNAN, LIUYUAN, load_texts, set_facts

pytestmark = pytest.mark.django_db
LIST = f"/reviews/?year={YEAR}"
ONE = f"/communities/{GUCHENG}/{YEAR}/review/"


@pytest.fixture(autouse=True)
def texts(db: None) -> None:
    load_texts()


@pytest.fixture
def officer(browse: Browse, district_officer: User) -> Client:
    return browse(district_officer)


def words(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    return answer.content.decode()


def state(code: str = GUCHENG) -> tuple[str, int]:
    facts = AnnualFacts.objects.get(code=code, year=YEAR)
    return facts.status, facts.version


def test_list_then_worst_first_and_the_clean_ones_with_their_sum(
    officer: Client, clerk: User
) -> None:
    make_queue(by=clerk)

    page = words(officer, LIST)

    places = [page.index(f">{name}</a>") for name in ("湖南社区", "古城社区", "柳园社区")]
    assert places == sorted(places)
    assert "居委会成员在岗比上年减少44.4%，没有说明" in page
    assert "<strong>2个社区没有疑点</strong>，测算合计540,000.00元，比上年+20,000.00元" in page
    assert "<strong>+20,000.00</strong>" in page


def test_list_when_nothing_waits_then_said(officer: Client) -> None:
    make_facts(make_waiting(GUCHENG, "draft").community, 2024)

    assert "没有待复核的社区" in words(officer, LIST)


def test_list_of_a_street_reviewer_then_the_own_street_that_waits_for_him(
    browse: Browse, reviewer: User, clerk: User
) -> None:
    make_queue(by=clerk, status="submitted")

    page = words(browse(reviewer), LIST)

    assert "审核通过这1个" in page
    assert "柳园社区" not in page


def test_list_of_those_who_only_read_then_no_buttons(
    browse: Browse, auditor: User, clerk: User
) -> None:
    make_queue(by=clerk)

    page = words(browse(auditor), f"{LIST}&state=reviewed")

    assert "湖南社区" in page
    assert "reviews/confirm" not in page


def test_list_then_the_same_queries_for_three_and_for_thirty(officer: Client, clerk: User) -> None:
    make_queue(by=clerk)
    queries_of(officer, LIST)

    def count() -> int:
        for year in (YEAR - 1, YEAR):  # both registers are read anew
            set_facts(GUCHENG, year, households=4001)
        return queries_of(officer, LIST)

    few = count()
    for number in range(10, 37):
        make_waiting(f"3715020010{number}", by=clerk, households=2000)

    assert count() == few


def bulk(client: Client, *codes: str, key: str = "", stage: str = "confirm", **more: str):
    facts = {row.code: row for row in AnnualFacts.objects.filter(year=YEAR)}
    rows = [f"{facts[code].pk}.{facts[code].version}" for code in codes]
    data = {"key": key or str(uuid4()), "stage": stage, "rows": ",".join(rows)}
    return client.post("/reviews/confirm/", data | more, follow=True)


def test_bulk_then_confirmed_once_and_the_filters_stay(officer: Client, clerk: User) -> None:
    make_queue(by=clerk)
    key = str(uuid4())
    rows = ",".join(f"{row.pk}.{row.version}" for row in AnnualFacts.objects.filter(year=YEAR))
    data = {"key": key, "stage": "confirm", "rows": rows, "back_year": str(YEAR)}

    first = officer.post("/reviews/confirm/", data, follow=True)
    again = officer.post("/reviews/confirm/", data, follow=True)

    assert first.redirect_chain == [(f"/reviews/?year={YEAR}", 302)]
    page = first.content.decode()
    assert "已确认2个社区" in page
    assert "1个社区没有办理：湖南社区有1处没有变动说明" in page
    assert "这一步先前办过，没有再办" in again.content.decode()
    assert [state(code) for code in (GUCHENG, HUNAN, LIUYUAN)] == [
        ("confirmed", 2),
        ("reviewed", 1),
        ("confirmed", 2),
    ]
    assert FactsStep.objects.count() == 2


@pytest.mark.parametrize(
    ("person", "stage", "status"),
    [("clerk", "pass", 403), ("reviewer", "confirm", 403), ("district_officer", "pass", 403),
     ("auditor", "confirm", 403)],
)  # fmt: skip
def test_bulk_without_the_right_then_refused(
    browse: Browse, request: pytest.FixtureRequest, person: str, stage: str, status: int
) -> None:
    make_queue()

    answer = bulk(browse(request.getfixturevalue(person)), GUCHENG, stage=stage)

    assert answer.status_code == status
    assert state() == ("reviewed", 1)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"stage": "confirm"}, "没有勾选社区"),
        ({"stage": "confirm", "rows": "a.b,7,９.１,." + "9" * 30}, "没有勾选社区"),
        ({"stage": "other", "rows": "1.1"}, "没有收到要办理的社区"),
        ({"stage": "confirm", "rows": "999999.1"}, "没有可以办理的社区，重新打开清单再办理"),
        (
            {"stage": "confirm", "rows": ",".join(f"{n}.2" for n in range(1, 5002))},
            "一次最多办理5,000个社区，收到5,001个。分街道办理",
        ),
    ],
)
def test_bulk_with_nothing_useful_then_said(
    officer: Client, data: dict[str, str], said: str
) -> None:
    make_queue()

    assert said in officer.post("/reviews/confirm/", data, follow=True).content.decode()


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_export_then_the_lines_of_the_list_and_logged(
    officer: Client, clerk: User, form: str
) -> None:
    make_queue(by=clerk)

    answer = officer.get(f"/reviews/export.{form}?year={YEAR}&state=reviewed")

    body = b"".join(answer) if answer.streaming else answer.content
    if form == "csv":
        lines = body.decode().splitlines()
        assert [line.split(",")[1] for line in lines[1:]] == ["湖南社区", "古城社区", "柳园社区"]
        assert ",260000.00,280000.00,20000.00," in lines[2]
    else:
        book = CalamineWorkbook.from_filelike(io.BytesIO(body))
        rows = book.get_sheet_by_index(0).to_python()
        assert [row[1] for row in rows[-3:]] == ["湖南社区", "古城社区", "柳园社区"]
    assert AccessLog.objects.get(act="export").target == f"东昌府区{YEAR}年度数据待复核清单.{form}"


def test_page_then_figures_beside_last_year_findings_and_money(
    officer: Client, clerk: User
) -> None:
    make_waiting(HUNAN, by=clerk, committee_members_in_post=5, households_resident=3632)

    page = words(officer, f"/communities/{HUNAN}/{YEAR}/review/")

    assert "−4，−44.4%" in page
    assert "没有变动说明" in page
    assert 'name="item:committee_members_in_post"' in page
    assert "3,632" in page
    assert page.count("280,000.00") >= 2
    assert ">确认</button>" in page
    assert ">退回修改</button>" in page


def post(client: Client, step: str, path: str = ONE, **data: str):
    given = {"key": str(uuid4()), "version": "1"} | data
    return client.post(f"{path}{step}/", given, follow=True)


def test_confirm_then_said_and_the_lock_shown(officer: Client, clerk: User) -> None:
    make_waiting(GUCHENG, by=clerk)

    page = post(officer, "confirm").content.decode()

    assert state() == ("confirmed", 2)
    assert "古城社区2026年度数据已确认" in page
    assert "<strong>已确认，不能直接修改</strong>" in page
    assert "由东昌府区民政局批准" in page
    assert "申请更正" in page


def test_confirm_and_next_then_on_the_next_that_waits(officer: Client, clerk: User) -> None:
    make_queue(by=clerk)

    answer = post(officer, "confirm", next="1")

    assert answer.redirect_chain[-1][0] == f"/communities/{HUNAN}/{YEAR}/review/"


def test_confirm_with_a_comment_on_a_field_then_asked_and_nothing_lost(
    officer: Client, clerk: User
) -> None:
    make_waiting(GUCHENG, by=clerk)

    answer = post(officer, "confirm", **{"item:grids": "核对网格", "comment": "总的"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "网格数写了意见。要街道改的退回修改，不用改的清空意见再办理" in page
    assert "总的</textarea>" in page
    assert state() == ("reviewed", 1)


def test_return_then_comments_at_the_fields_and_the_clerk_is_told(
    officer: Client, browse: Browse, clerk: User
) -> None:
    make_waiting(GUCHENG, by=clerk)

    page = post(officer, "return", **{"item:premises_area_m2": "附产权证"}).content.decode()

    assert state() == ("returned", 2)
    assert "已退回修改" in page
    assert "退回意见：附产权证" in page
    assert Message.objects.get(to=clerk).url == f"/communities/{GUCHENG}/{YEAR}/edit/"
    assert "退回意见：附产权证" in words(browse(clerk), ONE)


def test_return_when_somebody_was_faster_then_409_with_what_was_typed(
    officer: Client, clerk: User
) -> None:
    facts = make_waiting(GUCHENG, by=clerk)
    AnnualFacts.objects.filter(pk=facts.pk).update(version=2)

    answer = post(officer, "return", **{"item:premises_area_m2": "附产权证"})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "有了新的变化。核对后再办理" in page
    assert "附产权证</textarea>" in page


@pytest.mark.parametrize(
    ("person", "step", "status"),
    [("clerk", "pass", 403), ("clerk", "return", 403), ("reviewer", "confirm", 403),
     ("reviewer", "unlock", 403), ("clerk_elsewhere", "return", 404), ("auditor", "return", 403)],
)  # fmt: skip
def test_step_without_the_right_or_out_of_scope_then_refused(
    browse: Browse, request: pytest.FixtureRequest, person: str, step: str, status: int
) -> None:
    make_waiting(GUCHENG)

    assert post(browse(request.getfixturevalue(person)), step).status_code == status
    assert state() == ("reviewed", 1)


def test_reviewer_cannot_return_what_the_district_has(browse: Browse, reviewer: User) -> None:
    make_waiting(GUCHENG)

    assert post(browse(reviewer), "return", comment="改").status_code == 409
    assert state() == ("reviewed", 1)


def test_page_of_a_year_without_facts_or_elsewhere_then_like_an_unknown_one(
    officer: Client, browse: Browse, clerk_elsewhere: User
) -> None:
    make_waiting(GUCHENG)

    words(officer, f"/communities/{GUCHENG}/2019/review/", 404)
    words(browse(clerk_elsewhere), ONE, 404)


def test_identity_number_in_a_comment_then_refused(officer: Client, clerk: User) -> None:
    make_waiting(GUCHENG, by=clerk)

    answer = post(officer, "return", **{"item:grids": "11010519491231002X"})

    assert answer.status_code == 422
    assert "居民身份证号" in answer.content.decode()


def test_community_page_then_says_who_confirmed_and_how_to_mend(
    officer: Client, district_officer: User, clerk: User
) -> None:
    make_waiting(GUCHENG, "confirmed", by=clerk, confirmed_by=district_officer, confirmed_at=AT)

    page = words(officer, f"/communities/{GUCHENG}/?year={YEAR}")

    assert f"2026-11-20确认，{YEAR}年度经费以它为依据。要改走更正，由东昌府区民政局批准" in page
    assert f'href="/communities/{GUCHENG}/{YEAR}/correct/">申请更正</a>' in page


def test_page_then_the_determined_households_of_both_years(officer: Client, clerk: User) -> None:
    make_waiting(GUCHENG, by=clerk, households=2900)

    page = words(officer, ONE)

    assert "2,900户" in page
    assert "+53，+1.9%" in page


def test_page_without_determined_households_then_said(officer: Client, clerk: User) -> None:
    make_waiting(GUCHENG, by=clerk, households=None)

    assert "没有核定户数</td>" in words(officer, ONE)
    assert '<div class="ask">没有核定户数</div>' in words(officer, LIST)


def test_page_when_a_fact_of_the_money_is_missing_then_part_and_not_compared(
    officer: Client, clerk: User
) -> None:
    make_waiting(GUCHENG, by=clerk, central_urban=None)

    for path in (ONE, LIST):
        page = words(officer, path)
        assert '<div class="hint">部分</div>' in page
        assert '<span class="mute">不能比较</span>' in page
    assert '<div class="ask">经费不能和上年比较</div>' in words(officer, LIST)
