"""The pages of a new year's code list, as officers of a district and of a city get them."""

import re
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from accounts.models import AccessLog, User
from communities.models import ChangeAct, Community, PendingImport
from tests.communities.test_recode import NEW, changed, listed
from tests.conftest import Browse
from tests.factories import make_community
from tests.portal.test_views import words
from tests.queries import queries_of
from tests.world import GUCHENG, HUNAN, LIUYUAN, STREET, WENXUAN

pytestmark = pytest.mark.django_db
UPLOAD = "/communities/recode/"
TERMS = {"on": "2027-01-01", "source": "鲁统字〔2026〕9号", "names": "1"}
MOVED = ((f"{GUCHENG},古城社区居委会", f"{NEW},古城社区居委会"),)


@pytest.fixture
def officer(browse: Browse, district_officer: User) -> Client:
    for code, name in ((GUCHENG, "古城"), (HUNAN, "湖南"), (WENXUAN, "文轩"), (LIUYUAN, "柳园")):
        make_community(code, f"{name}社区居委会")
    return browse(district_officer)


def upload(client: Client, content: str | bytes, **terms: Any) -> HttpResponse:
    body = content.encode() if isinstance(content, str) else content
    return client.post(UPLOAD, {"file": SimpleUploadedFile("名录.csv", body), **TERMS, **terms})


def compared(client: Client, text: str) -> str:
    """The address of the comparison of an upload."""
    answer = upload(client, text)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def propose(client: Client, path: str, **data: Any) -> HttpResponse:
    return client.post(path, {"do": "propose", **TERMS, **data})


# ── upload ──


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "文件是空的。选择有内容的CSV文件"),
        (b"PK\x03\x04 a workbook", "不是CSV文件。"),
        (b"\xff\xfe\xff", "文字编码认不出。"),
        ("街道,人口\n1,2", "第1行：表头没有“代码”列。表头写成：代码,名称"),
        ("代码,名称\n", "文件里没有辖区内街道和社区的行。换一个文件"),
        (f"代码,名称\n{GUCHENG},", "第2行：没有名称。填写全称"),
        (f"代码,名称\n{GUCHENG},甲\n{GUCHENG},乙", f"第3行：代码{GUCHENG}与第2行重复。删去一行"),
        ("代码,名称\n3.715E+11,甲社区", "成了科学记数。代码列应设为文本格式"),
        ("代码,名称\n330206002001,新碶社区", "文件里的1行都不在你的辖区371502内。换一个文件"),
        ('代码,名称\n"371502001001,甲', "引号没有配对。补上或删去引号"),
    ],
)
def test_upload_of_a_bad_file_then_says_what_is_wrong(
    officer: Client, content: str | bytes, said: str
) -> None:
    answer = upload(officer, content)

    assert answer.status_code == 422
    assert said in words(answer.content.decode())
    assert PendingImport.objects.count() == 0


def test_upload_without_terms_then_asked_for_and_what_was_typed_stays(officer: Client) -> None:
    answer = upload(officer, listed(f"{GUCHENG},古城社区居委会"), on="一月一日", source="")

    page = words(answer.content.decode())
    assert answer.status_code == 422
    assert "填写依据" in page
    assert 'value="一月一日"' in answer.content.decode()


def test_upload_of_a_gb18030_file_then_read(officer: Client) -> None:
    assert upload(officer, changed(*MOVED).encode("gb18030")).status_code == 302


def test_second_upload_then_replaces_the_first(officer: Client) -> None:
    first = compared(officer, changed(*MOVED))
    compared(officer, changed())

    answer = officer.get(first, follow=True)

    assert "上传的文件已经提交，或已换成后来上传的。再上传一次" in words(answer.content.decode())
    assert PendingImport.objects.count() == 1


# ── comparison ──


def test_comparison_then_counts_and_the_differing_rows_with_their_match(officer: Client) -> None:
    text = changed(*MOVED, (f"{HUNAN},湖南社区居委会", "")) + "\n371502001008,光明社区居委会"

    html = officer.get(compared(officer, text)).content.decode()

    page = words(html)
    for said in (
        "不变2个社区",
        "要变更1个社区代码变更1",
        "名录新增1个社区",
        "名录没有1个社区",
        f"古城社区居委会{NEW}",
        "光明社区居委会371502001008",
        "新增提出设立",
        f"湖南社区居委会{HUNAN}提出撤销",
    ):
        assert said in page
    assert f'<option value="{GUCHENG}" selected>' in html
    key = Community.objects.get(code=HUNAN).pk
    assert f'href="/communities/acts/new/abolish/?c={key}"' in html
    assert f'href="/communities/acts/new/establish/?to={STREET}"' in html


def test_comparison_when_all_is_the_same_then_nothing_to_submit(officer: Client) -> None:
    page = officer.get(compared(officer, changed())).content.decode()

    assert "没有代码或名称不同的社区" in words(page)
    assert "提交审查</button>" not in page


def test_comparison_then_says_what_the_file_does_not_speak_of(officer: Client) -> None:
    rows = (f"{STREET},古楼街道", f"{GUCHENG},古城社区居委会", "371521001001,谷山社区居委会")
    with_streets = officer.get(compared(officer, listed(*rows))).content.decode()
    without = officer.get(compared(officer, listed(*rows[1:]))).content.decode()

    assert "文件里另有1行不在你的辖区，没有比对" in words(with_streets)
    assert "1个街道不在名录里，撤销街道由系统管理员在“区划”里办理：柳园街道" in words(with_streets)
    assert "文件里没有1个街道的行，没有比对：柳园街道" in words(without)


def test_match_that_is_changed_then_kept_over_pages_and_proposed(officer: Client) -> None:
    text = changed((f"{GUCHENG},古城社区居委会", f"{NEW},新城社区居委会"))
    path = compared(officer, text)

    page = officer.post(
        path, {**TERMS, "do": "compare", f"m-{NEW}": GUCHENG, f"s-{NEW}": ""}
    ).content.decode()

    assert f'name="kept" value="{NEW}={GUCHENG}"' in page
    assert "代码变更更名" in words(page)
    propose(officer, path, kept=f"{NEW}={GUCHENG}")
    plan = ChangeAct.objects.get().plan
    assert [(one["code"], one["name"]) for one in plan["successors"]] == [(NEW, "新城社区居委会")]


def test_match_that_is_given_up_then_not_proposed(officer: Client) -> None:
    text = changed(*MOVED, (f"{HUNAN},湖南社区居委会", f"{HUNAN},湖西社区居委会"))
    path = compared(officer, text)

    propose(officer, path, **{f"m-{NEW}": "", f"s-{NEW}": GUCHENG})

    plan = ChangeAct.objects.get().plan
    assert [one["code"] for one in plan["successors"]] == [HUNAN]


def test_match_that_is_chosen_twice_then_said(officer: Client) -> None:
    text = changed() + f"\n{NEW},光明社区居委会\n371502001008,新光社区居委会"
    path = compared(officer, text)

    page = officer.post(
        path,
        {**TERMS, f"m-{NEW}": GUCHENG, "m-371502001008": GUCHENG, "do": "compare"},
    ).content.decode()

    assert f"{GUCHENG}，选给了两行，只算第一行。另一行重新选" in words(page)


@pytest.mark.parametrize(
    "kept",
    ["x", "371502001009=", "371502001009=99", "=;=", "9" * 5000, "371502001009=330206002001"],
)
def test_choices_that_are_tampered_with_then_no_harm(officer: Client, kept: str) -> None:
    path = compared(officer, changed(*MOVED))

    assert officer.post(path, {**TERMS, "kept": kept, "m-9": "1"}).status_code == 200


def test_many_differences_then_one_street_at_a_time(
    officer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("communities.views.recode.MOST_LINES", 2)
    text = listed(
        "371502001011,古城社区居委会",
        "371502001012,湖南社区居委会",
        "371502001013,文轩社区居委会",
        "371502002011,柳园社区居委会",
    )
    path = compared(officer, text)

    first = officer.get(path).content.decode()
    second = officer.post(path, {**TERMS, "street": "371502002"}).content.decode()

    assert re.findall(r'name="m-(\d+)"', first) == ["371502001011", "371502001012", "371502001013"]
    assert '<button class="linkbtn" name="street" value="371502002">' in first
    assert re.findall(r'name="m-(\d+)"', second) == ["371502002011"]


# ── proposal ──


def test_propose_then_one_act_is_submitted_and_the_register_stays(
    officer: Client, district_officer: User
) -> None:
    path = compared(officer, changed(*MOVED))

    answer = propose(officer, path)

    act = ChangeAct.objects.get()
    assert answer["Location"] == f"/communities/acts/{act.pk}/"
    assert (act.state, act.proposed_by, act.title) == (
        "submitted",
        district_officer,
        "2027年代码名录变更1个社区",
    )
    assert act.reason == "依据鲁统字〔2026〕9号，自2027-01-01起按新的代码名录变更"
    assert Community.objects.filter(code=GUCHENG).exists()
    assert PendingImport.objects.count() == 0
    assert AccessLog.objects.filter(act="import", target="名录.csv").count() == 1


def test_propose_twice_then_one_act_and_the_same_page(officer: Client) -> None:
    path, key = compared(officer, changed(*MOVED)), "6f2c1b1e-0000-4000-8000-000000000001"

    answers = [propose(officer, path, key=key)["Location"] for _ in range(2)]

    assert answers == [f"/communities/acts/{ChangeAct.objects.get().pk}/"] * 2


def test_propose_when_a_code_is_still_held_then_said_and_nothing_is_kept(officer: Client) -> None:
    text = changed(
        (f"{GUCHENG},古城社区居委会", f"{GUCHENG},湖南社区居委会"),
        (f"{HUNAN},湖南社区居委会", ""),
    )

    answer = propose(officer, compared(officer, text))

    assert answer.status_code == 422
    assert f"代码{GUCHENG}仍由古城社区居委会使用" in words(answer.content.decode())
    assert ChangeAct.objects.count() == 0
    assert PendingImport.objects.count() == 1


def test_propose_when_another_act_is_under_way_then_said(officer: Client) -> None:
    path = compared(officer, changed(*MOVED))
    propose(officer, path)

    answer = propose(officer, compared(officer, changed(*MOVED)))

    assert answer.status_code == 422
    assert "另有变更“2027年代码名录变更1个社区”" in words(answer.content.decode())


def test_propose_without_a_day_then_asked_for(officer: Client) -> None:
    answer = propose(officer, compared(officer, changed(*MOVED)), on="")

    assert answer.status_code == 422
    assert "填写自何日起" in words(answer.content.decode())


# ── who ──


def test_upload_of_another_person_then_not_opened(
    officer: Client, browse: Browse, city_officer: User
) -> None:
    path = compared(officer, changed(*MOVED))

    answer = browse(city_officer).get(path)

    assert answer["Location"] == UPLOAD


@pytest.mark.parametrize("role", ["clerk", "reviewer", "auditor", "administrator"])
def test_who_may_not_then_refused(
    browse: Browse, request: pytest.FixtureRequest, role: str
) -> None:
    assert browse(request.getfixturevalue(role)).get(UPLOAD).status_code == 403


@pytest.mark.parametrize("count", [1, 30])
def test_comparison_then_the_same_few_queries_for_one_row_and_for_thirty(
    officer: Client, count: int
) -> None:
    rows = []
    for number in range(1, count + 1):
        make_community(f"3715020020{number + 10}", f"第{number}社区居委会")
        rows.append(f"3715020020{number + 50},第{number}社区居委会")
    path = compared(officer, listed(*rows))
    officer.get(path)

    assert queries_of(officer, path) == 6


def test_day_in_the_past_then_compared_with_that_day(officer: Client) -> None:
    Community.objects.filter(code=HUNAN).update(valid_until=date(2026, 6, 1))
    path = compared(officer, changed(*MOVED))

    page = words(officer.get(path.replace("2027-01-01", "2026-01-01")).content.decode())

    assert "不变3个社区" in page
