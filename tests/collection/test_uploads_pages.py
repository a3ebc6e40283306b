"""Pages of imports: look through, mend in place, take, the record."""

import io

import pytest
from python_calamine import CalamineWorkbook

from accounts.choices import AccessAct
from accounts.models import AccessLog, User
from accounts.scope import scope
from collection.models import Upload, UploadRow
from collection.views import uploads
from communities.models import AnnualFacts
from tests.collection.form_world import YEAR, make_street
from tests.collection.upload_world import (
    GOOD,
    HEAD,
    SLIP,
    UNLIKELY,
    page_of,
    stored,
    text,
)
from tests.conftest import Browse
from tests.factories import make_upload
from tests.queries import queries_of

pytestmark = pytest.mark.django_db


def test_pasted_rows_are_shown_and_only_then_taken(clerk: User, browse: Browse) -> None:
    make_street()
    client = browse(clerk)

    address = page_of(client, GOOD)

    shown = text(client, address)
    assert "识别到<strong>1</strong>行：<strong>1</strong>行可导入" in shown
    assert "导入1行" in shown
    assert stored() == {}
    answer = client.post(f"{address}take/", {"key": "5f0c1a52-5a05-4a3c-8e0e-1b8a4a4a9a11"})
    assert answer.headers["Location"] == address
    assert "已导入1行" in text(client, address)
    assert stored() == {"371502001001": 2900}


def test_row_with_a_slip_is_mended_in_its_cell_while_the_good_one_is_taken(
    clerk: User, browse: Browse
) -> None:
    make_street()
    client = browse(clerk)
    address = page_of(client, GOOD, SLIP)
    shown = text(client, address)
    assert "“四千一百”不是数字，改成阿拉伯数字" in shown
    assert 'name="cell-3-households_resident" value="四千一百"' in shown

    client.post(f"{address}take/", {})
    assert stored() == {"371502001001": 2900}
    client.post(f"{address}rows/3/", {"cell-3-households_resident": "2900", "act": "save"})
    client.post(f"{address}take/", {})

    assert stored() == {"371502001001": 2900, "371502001002": 2900}
    assert "已导入" in text(client, address)


def test_unlikely_figure_is_taken_with_its_reason_only(clerk: User, browse: Browse) -> None:
    make_street()
    client = browse(clerk)
    address = page_of(client, UNLIKELY)
    assert 'name="reason-2-households_resident"' in text(client, address)

    answer = client.post(f"{address}rows/2/", {"act": "save"}, follow=True)
    assert "第2行没有改动。在格内改正，或写明原因" in answer.content.decode()
    row = UploadRow.objects.get(number=2)
    reasons = {
        f"reason-2-{name}": "新小区入住" for name, grade, _ in row.findings if grade == "unlikely"
    }
    answer = client.post(f"{address}rows/2/", {**reasons, "act": "save"}, follow=True)

    assert "第2行已改好，新增" in answer.content.decode()
    client.post(f"{address}take/", {})
    with scope("0"):
        assert AnnualFacts.objects.get(year=YEAR).reasons["households_resident"] == "新小区入住"


def test_what_was_typed_into_other_rows_is_kept_whatever_button_is_pressed(
    clerk: User, browse: Browse
) -> None:
    make_street()
    client = browse(clerk)
    address = page_of(client, SLIP, ("3715", *GOOD[1:]))

    client.post(
        f"{address}rows/3/",
        {"cell-2-households_resident": "2900", "cell-3-code": "371502001001", "act": "save"},
    )

    assert set(UploadRow.objects.values_list("state", flat=True)) == {"new"}


def test_taking_with_corrections_stores_and_shows_them_first(clerk: User, browse: Browse) -> None:
    make_street()
    client = browse(clerk)
    address = page_of(client, GOOD, SLIP)

    answer = client.post(f"{address}take/", {"cell-3-households_resident": "2900"}, follow=True)

    assert "已保存你的改动，核对后再导入" in answer.content.decode()
    assert stored() == {}


def test_cell_that_a_colleague_mended_meanwhile_stays_mended(clerk: User, browse: Browse) -> None:
    make_street()
    client = browse(clerk)
    address = page_of(client, SLIP)
    name = "cell-2-households_resident"
    client.post(f"{address}rows/", {name: "2900"})

    client.post(f"{address}rows/", {name: "四千一百", "base": f'{{"{name}": "四千一百"}}'})

    assert UploadRow.objects.get(number=2).state == "new"


def test_row_is_left_out(clerk: User, browse: Browse) -> None:
    make_street()
    client = browse(clerk)
    address = page_of(client, GOOD, SLIP)

    answer = client.post(f"{address}rows/3/", {"act": "drop"}, follow=True)

    assert "已删去第3行" in answer.content.decode()
    assert UploadRow.objects.get(number=3).state == "dropped"


def test_column_that_was_not_recognised_is_matched_by_hand(clerk: User, browse: Browse) -> None:
    make_street()
    client = browse(clerk)
    address = page_of(client, GOOD)
    assert "1列没有识别" in text(client, address)
    upload = Upload.objects.get()
    names = {f"column-{place}": name for place, (_, name) in enumerate(upload.headings)}

    answer = client.post(f"{address}match/", {**names, "column-9": "remarks"}, follow=True)

    assert "已按选定的项目重新核对" in answer.content.decode()
    upload.refresh_from_db()
    assert upload.headings[9] == ["我的备忘", "remarks"]


def test_two_columns_for_one_fact_are_refused_in_words(clerk: User, browse: Browse) -> None:
    make_street()
    client = browse(clerk)
    address = page_of(client, GOOD)
    names = {
        f"column-{place}": name for place, (_, name) in enumerate(Upload.objects.get().headings)
    }

    answer = client.post(f"{address}match/", {**names, "column-9": "code"}, follow=True)

    assert "有两列选了同一项" in answer.content.decode()


def test_same_block_after_it_was_taken_changes_nothing(clerk: User, browse: Browse) -> None:
    make_street()
    client = browse(clerk)
    client.post(f"{page_of(client, GOOD)}take/", {})

    shown = text(client, page_of(client, GOOD))

    assert "<strong>0</strong>行可导入，<strong>1</strong>行无变化" in shown
    assert "没有可以导入的行" in shown


def test_script_in_a_cell_is_shown_and_not_run(clerk: User, browse: Browse) -> None:
    make_street()
    client = browse(clerk)

    shown = text(client, page_of(client, (*SLIP[:2], "<script>alert(1)</script>", *SLIP[3:])))

    assert "<script>alert(1)" not in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown


def test_row_of_another_street_is_refused_without_saying_what_is_there(
    clerk: User, browse: Browse
) -> None:
    make_street()
    client = browse(clerk)

    shown = text(client, page_of(client, ("371502002001", *GOOD[1:])))

    assert "不在你的辖区" in shown
    assert "<strong>0</strong>行可导入" in shown


def test_workbook_with_mistakes_is_returned_and_its_export_logged(
    clerk: User, browse: Browse
) -> None:
    make_street()
    client = browse(clerk)
    address = page_of(client, SLIP)

    answer = client.get(f"{address}errors.xlsx")

    rows = CalamineWorkbook.from_object(io.BytesIO(answer.content)).get_sheet_by_index(0)
    assert rows.to_python()[0] == ["结果", *HEAD]
    assert AccessLog.objects.filter(act=AccessAct.EXPORT).get().target.endswith("_核对结果.xlsx")


def test_returned_workbook_of_a_large_import_has_the_rows_that_need_work(
    clerk: User, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_street()
    client = browse(clerk)
    address = page_of(client, GOOD, SLIP)
    monkeypatch.setattr(uploads, "MOST_WHOLE", 1)

    assert "下载待处理的行" in text(client, address)
    rows = CalamineWorkbook.from_object(io.BytesIO(client.get(f"{address}errors.xlsx").content))

    assert [row[1] for row in rows.get_sheet_by_index(0).to_python()] == ["社区代码", SLIP[0]]


def test_columns_without_heading_and_columns_added_by_hand_come_back_in_their_places(
    clerk: User, browse: Browse
) -> None:
    make_street()
    client = browse(clerk)
    body = "社区代码\t\t常住户数\n371502001001\t旧\t四千"
    answer = client.post("/imports/new/", {"year": YEAR, "text": body})
    address = answer.headers["Location"]
    client.post(f"{address}rows/", {"cell-2-remarks": "好"})

    sheet = CalamineWorkbook.from_object(io.BytesIO(client.get(f"{address}errors.xlsx").content))

    rows = sheet.get_sheet_by_index(0).to_python()
    assert rows[0][1:] == ["社区代码", "", "常住户数", "备注"]
    assert rows[1][1:] == ["371502001001", "旧", "四千", "好"]


def test_import_of_the_street_is_seen_by_its_district_and_changed_by_the_street_only(
    clerk: User, district_officer: User, clerk_elsewhere: User, browse: Browse
) -> None:
    make_street()
    address = page_of(browse(clerk), GOOD)
    officer = browse(district_officer)

    assert "导入1行" not in text(officer, address)
    answer = officer.post(f"{address}take/", {}, follow=True)
    assert "这份导入由上传的单位处理" in answer.content.decode()
    assert browse(clerk_elsewhere).get(address).status_code == 404
    assert browse(clerk_elsewhere).post(f"{address}take/", {}).status_code == 404
    assert stored() == {}


def test_cancelled_import_changes_nothing(clerk: User, browse: Browse) -> None:
    make_street()
    client = browse(clerk)
    address = page_of(client, GOOD)

    answer = client.post(f"{address}cancel/", {}, follow=True)

    assert "已取消，数据没有改变" in answer.content.decode()
    assert "已取消" in text(client, address)
    assert stored() == {}


def test_progress_of_what_is_over_reloads_the_page(clerk: User, browse: Browse) -> None:
    make_street()
    client = browse(clerk)

    answer = client.get(f"{page_of(client, GOOD)}progress/")

    assert answer.headers["HX-Refresh"] == "true"


def test_progress_says_how_many_rows_are_done(clerk: User, browse: Browse) -> None:
    make_street()
    client = browse(clerk)
    address = page_of(client, GOOD)
    with scope("0"):
        Upload.objects.update(
            state="reading", stage="核对", done_rows=64_000, total_rows=129_587,
            moved_at=Upload.objects.get().made_at.replace(year=2199),
        )  # fmt: skip

    shown = text(client, f"{address}progress/")

    assert '<progress class="meter" aria-label="进度" value="61" max="100">' in shown
    assert "已核对64,000/129,587行，全部的61%" in shown
    assert 'hx-trigger="every 1s"' in shown


def test_base_that_was_tampered_with_counts_as_none(clerk: User, browse: Browse) -> None:
    make_street()
    client = browse(clerk)
    address = page_of(client, GOOD)

    answer = client.post(f"{address}rows/", {"base": "[" * 100_000})

    assert answer.status_code == 302


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("张三11010519491231002X", "第2行没有保存，里面有居民身份证号（11…2X）。删去"),
        ("9" * 5001, "第2行有一格5,001个字，最多5,000个。没有保存，删短后再改"),
    ],
)
@pytest.mark.parametrize("name", ["cell-2-remarks", "cell-2-name", "reason-2-households_resident"])
def test_text_that_may_not_be_kept_is_not_stored_with_a_row(
    clerk: User, browse: Browse, name: str, typed: str, message: str
) -> None:
    make_street()
    client = browse(clerk)
    address = page_of(client, GOOD)
    before = UploadRow.objects.values().get()

    answer = client.post(f"{address}rows/2/", {name: typed, "act": "save"}, follow=True)

    assert message in answer.content.decode()
    assert UploadRow.objects.values().get() == before


def test_taking_rows_is_in_the_access_log(clerk: User, browse: Browse) -> None:
    make_street()
    client = browse(clerk)
    address = page_of(client, GOOD)

    client.post(f"{address}take/")

    upload = Upload.objects.get()
    with scope("0"):
        (entry,) = AccessLog.objects.filter(act="import").values_list("user", "target")
    assert entry == (clerk.pk, f"第{upload.pk}号导入“{upload}”1行")


def test_interrupted_work_can_be_begun_again(clerk: User, browse: Browse) -> None:
    make_street()
    client = browse(clerk)
    address = page_of(client, GOOD)
    with scope("0"):
        Upload.objects.update(state="reading", moved_at=None)

    shown = text(client, address)

    assert "已中断" in shown
    assert f'action="{address}restart/"' in shown


def test_list_has_the_scope_s_imports_and_a_way_to_the_first(
    clerk: User, clerk_elsewhere: User, browse: Browse
) -> None:
    make_street()
    assert "还没有导入过" in text(browse(clerk), "/imports/")
    address = page_of(browse(clerk), GOOD)

    assert f'href="{address}"' in text(browse(clerk), "/imports/")
    assert address not in text(browse(clerk_elsewhere), "/imports/")


@pytest.mark.parametrize("query", ["?show=x&page=999999", "?show=%00", "?page=-1", "?edit=x"])
def test_address_with_nonsense_is_a_page(clerk: User, browse: Browse, query: str) -> None:
    make_street()
    client = browse(clerk)

    assert "核对" in text(client, page_of(client, GOOD) + query)


def test_number_of_queries_does_not_grow_with_the_rows(clerk: User, browse: Browse) -> None:
    make_street()
    client = browse(clerk)
    counts = []
    for number in (1, 40):
        rows = [("3715", f"第{one}社区", *SLIP[2:]) for one in range(number - 1)]
        address = page_of(client, SLIP, *rows)
        counts.append(queries_of(client, address))

    assert counts[0] == counts[1]


def test_number_of_queries_of_the_list_does_not_grow(clerk: User, browse: Browse) -> None:
    make_street()
    client, counts = browse(clerk), []
    client.get("/imports/")  # the first request of a session writes its time
    for number in (1, 29):
        for _ in range(number):
            make_upload(clerk, year=YEAR)
        counts.append(queries_of(client, "/imports/"))

    assert counts[0] == counts[1]
