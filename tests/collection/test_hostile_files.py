"""Files that are something else, damaged, or made to fill the memory: refused, and how to go on."""

import io
import resource
import struct
import zipfile
import zlib
from typing import Any

import pytest
import xlsxwriter

from collection.services.sheets import FileError, read_sheet
from tests.collection.test_sheets import read, refused
from tests.sheet_samples import (
    HEADINGS,
    ROWS,
    SHEET_PART,
    csv_text,
    inline,
    part,
    repacked,
    with_sheet,
    workbook,
)

SAVE = "在Excel或WPS中另存为.xlsx再上传"
DAMAGED = f"文件已损坏，打不开。重新下载或{SAVE}"
TOO_LARGE = "工作簿展开后太大。只留要导入的工作表和数据，另存后再上传"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HEAD = "".join(inline(f"{'ABCD'[place]}1", text) for place, text in enumerate(HEADINGS))


def archive(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, body in parts.items():
            made.writestr(name.replace("__", "/").replace("_dot_", "."), body)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (OLE + bytes(600), f"这是旧版.xls或加密的工作簿。去掉密码，{SAVE}"),
        (OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
         f"工作簿有打开密码。去掉密码，{SAVE}"),
        (b"%PDF-1.7 ...", f"这是PDF文件，不是工作簿。{SAVE}"),
        (b"\x89PNG\r\n\x1a\n...", f"这是图片，不是工作簿。{SAVE}"),
        (b"\xff\xd8\xff\xe0...", f"这是图片，不是工作簿。{SAVE}"),
        (b"Rar!\x1a\x07...", "这是压缩包。解压后上传里面的工作簿"),
        (b"\x1f\x8b\x08...", "这是压缩包。解压后上传里面的工作簿"),
        (b"{\\rtf1 ...", f"这是文字文档，不是工作簿。{SAVE}"),
        (b"<html><table><tr><td>1</td></tr>", f"这是网页或XML文件，不是工作簿。打开后{SAVE}"),
        (b"\xef\xbb\xbf\n<!DOCTYPE html>", f"这是网页或XML文件，不是工作簿。打开后{SAVE}"),
        (b'<?xml version="1.0"?><Workbook/>', f"这是网页或XML文件，不是工作簿。打开后{SAVE}"),
        (b"PK\x03\x04 no archive at all", DAMAGED),
        (archive(a_dot_txt=b"x"), "这是压缩包，不是工作簿。解压后上传里面的工作簿"),
        (archive(word__document_dot_xml=b"x"),
         f"这是Word文档，不是工作簿。把表格复制到Excel，{SAVE}"),
        (archive(content_dot_xml=b"x", mimetype=b"x"), f"这是OpenDocument文件（.ods）。{SAVE}"),
        (archive(xl__workbook_dot_bin=b"x"), f"这是二进制工作簿（.xlsb）。{SAVE}"),
        (repacked(workbook(), {"xl/vbaProject.bin": b"x"}), f"这是带宏的工作簿（.xlsm）。{SAVE}"),
        (workbook()[:-300], DAMAGED),
        (workbook()[:900] + bytes(40) + workbook()[940:], DAMAGED),
        (repacked(workbook(), {SHEET_PART: None}), DAMAGED),
        (with_sheet("<sheetData><row><c"), DAMAGED),
        ("社区代码\0,社区\n".encode(),
         "不是工作簿，也不是CSV文件，里面有空字节。"
         "在Excel中另存为.xlsx或“CSV UTF-8（逗号分隔）”再上传"),
        (b"\x81\xff\xfe\x80\xff,\n",
         "文字编码认不出。在Excel中另存为.xlsx或“CSV UTF-8（逗号分隔）”再上传"),
    ],
)  # fmt: skip
def test_what_is_no_workbook_is_refused_with_what_it_is(content: bytes, said: str) -> None:
    assert refused(content) == said


def test_zip_bomb_is_refused_by_its_size_before_it_is_opened() -> None:
    bomb = repacked(workbook(), {"xl/media/big.xml": b" " * 601 * 2**20})
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    assert len(bomb) < 2**20
    assert refused(bomb) == TOO_LARGE
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20 * 1024


def test_part_that_is_larger_than_it_says_is_refused() -> None:
    """The directory tells a small size and the checksum of that beginning; the stream goes on."""
    body = part(workbook()) + b" " * 5 * 2**20
    told = 1000
    content = bytearray(repacked(workbook(), {SHEET_PART: body}))
    with zipfile.ZipFile(io.BytesIO(content)) as made:
        true = made.getinfo(SHEET_PART)
    for sign, place in ((b"PK\x03\x04", 14), (b"PK\x01\x02", 16)):
        at = content.rfind(sign, 0, content.rfind(SHEET_PART.encode(), 0, None
            if sign == b"PK\x01\x02" else true.header_offset + 60))  # fmt: skip
        struct.pack_into("<I", content, at + place, zlib.crc32(body[:told]))
        struct.pack_into("<I", content, at + place + 8, told)

    with zipfile.ZipFile(io.BytesIO(content)) as lying:
        assert len(lying.read(SHEET_PART)) == told  # whoever believes the directory sees no more
    assert refused(bytes(content)) == DAMAGED


def test_parts_that_overlap_or_stand_twice_are_refused() -> None:
    out = io.BytesIO(workbook())
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(out, "a") as twice:
        twice.writestr(SHEET_PART, b"<worksheet/>")

    assert refused(out.getvalue()) == DAMAGED


@pytest.mark.parametrize("place", ["XFD1048576", "XFD2", "SG2", "A1048576", "SF700001"])
def test_one_cell_far_away_is_refused_before_the_reader_makes_room(place: str) -> None:
    far = with_sheet(
        f'<sheetData><row r="1">{HEAD}</row><row>{inline(place, "x")}</row></sheetData>'
    )

    said = refused(far)

    assert said.startswith("表用到了")
    assert said.endswith("另存后再上传")


@pytest.mark.parametrize(
    "data",
    [
        '<row r="1048576"><c><v>1</v></c></row>',
        "<row>" + "<c><v>1</v></c>" * 501 + "</row>",
        "<row r='1'><c r='XFD1048576'><v>1</v></c></row>",
        '<row><c\n r = "XFD1048576"><v>1</v></c></row>',
        '<row><c r="xfd1048576"><v>1</v></c></row>',
    ],
)
def test_cells_without_usual_addresses_are_measured_as_well(data: str) -> None:
    assert refused(with_sheet(f"<sheetData>{data}</sheetData>")).startswith("表用到了")


def test_merged_cell_as_large_as_the_sheet_is_no_work() -> None:
    rows = "".join(
        f'<row r="{number}">{inline(f"A{number}", "371502001001")}{inline(f"D{number}", "1")}</row>'
        for number in (2, 3)
    )
    merged = '<mergeCells count="1"><mergeCell ref="A2:XFD1048576"/></mergeCells>'

    sheet = read(with_sheet(f'<sheetData><row r="1">{HEAD}</row>{rows}</sheetData>{merged}'))

    assert [row[0] for row in sheet.rows] == ["371502001001"]
    assert sorted(sheet.problems) == [(2, 1), (2, 2), (2, 3)]


def test_wrong_dimension_loses_no_row() -> None:
    rows = "".join(
        f'<row r="{number}">{inline(f"A{number}", f"37150200{number:04}")}</row>'
        for number in range(2, 502)
    )
    content = with_sheet(
        f'<dimension ref="A1:B4"/><sheetData><row r="1">{HEAD}</row>{rows}</sheetData>'
    )

    assert len(read(content).rows) == 500


@pytest.mark.parametrize(
    "part_name", [SHEET_PART, "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml"]
)
@pytest.mark.parametrize(
    "declared",
    [
        b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
        b'<!doctype x SYSTEM "http://example.org/x.dtd">',
    ],
)
def test_definitions_in_any_part_are_refused(part_name: str, declared: bytes) -> None:
    content = workbook()
    body = part(content, part_name)
    start = body.index(b"?>") + 2

    changed = repacked(content, {part_name: body[:start] + declared + body[start:]})

    assert refused(changed) == f"工作簿里有外部定义（DOCTYPE），不能读。{SAVE}"


def test_part_in_another_encoding_is_refused() -> None:
    body = part(workbook()).decode().replace("UTF-8", "UTF-16").encode("utf-16")

    assert refused(repacked(workbook(), {SHEET_PART: body})) == DAMAGED


def test_one_long_text_in_many_cells_is_refused() -> None:
    rows = [(*HEADINGS, "备注"), *[("371502001001", "a", 1, 2, "长" * 4000)] * 30_000]

    assert refused(workbook(rows)) == TOO_LARGE


def test_one_long_text_in_one_of_many_cells_is_read() -> None:
    plain = [("371502001001", "古城社区", 1, 2, "好")] * 19_000
    rows = [(*HEADINGS, "备注"), ("371502001001", "a", 1, 2, "长" * 4_000), *plain]

    assert len(read(workbook(rows)).rows) == 19_001


def test_cell_with_more_letters_than_any_fact_is_named() -> None:
    rows = (HEADINGS, ("371502001001", "古" * 6_000, 1, 2))

    assert refused(csv_text(rows), "数据.csv") == "B2有6,000个字，最多5,000个。删短后再上传"


def test_five_hundred_columns_are_read_and_one_more_is_refused() -> None:
    wide = [*HEADINGS, *[f"列{place}" for place in range(496)]]

    assert len(read(csv_text([wide, ROWS[0]]), "数据.csv").headings) == 500
    assert refused(csv_text([[*wide, "又一列"], ROWS[0]]), "数据.csv") == (
        "表有501列，最多500列。删去不用的列再上传"
    )


def test_characters_that_no_database_holds_are_made_visible() -> None:
    row = inline("A2", "3715_x0000_")
    data = f'<sheetData><row r="1">{HEAD}</row><row r="2">{row}</row></sheetData>'

    assert "\0" not in read(with_sheet(data)).rows[0][0]
    assert (
        read("社区代码\t社区\n371502001001\t古\0城", "").rows[0][1]
        == "古\N{REPLACEMENT CHARACTER}城"
    )


def test_workbook_of_macros_chart_and_hidden_sheets_only_is_refused() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        first, second = book.add_worksheet("甲"), book.add_worksheet("乙")
        first.write_row(0, 0, HEADINGS)
        second.very_hidden()
    names = part(out.getvalue(), "xl/workbook.xml")
    hidden = names.replace(b'name="\xe7\x94\xb2"', b'name="\xe7\x94\xb2" state="hidden"')

    assert refused(repacked(out.getvalue(), {"xl/workbook.xml": hidden})) == (
        "工作簿里没有可见的工作表。取消隐藏后再上传"
    )


def test_whole_country_is_read_within_its_limits() -> None:
    rows = [(f"{371502000000 + number}", "某社区", number) for number in range(30_000)]
    body = csv_text([HEADINGS[:3], *rows]).encode()

    sheet = read_sheet("全国.csv", body, most_rows=700_000, most_bytes=60 * 2**20)

    assert (len(sheet.rows), sheet.numbers[-1]) == (30_000, 30_001)
    with pytest.raises(FileError):
        read_sheet("全国.csv", body, most_rows=20_000, most_bytes=60 * 2**20)


def test_strict_workbook_is_read() -> None:
    """Excel's “Strict Open XML”: other namespaces, the same cells."""
    strict: dict[str, Any] = {}
    with zipfile.ZipFile(io.BytesIO(workbook())) as made:
        for name in made.namelist():
            body = made.read(name)
            body = body.replace(
                b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                b"http://purl.oclc.org/ooxml/spreadsheetml/main",
            ).replace(
                b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                b"http://purl.oclc.org/ooxml/officeDocument/relationships",
            )
            strict[name] = body

    assert len(read(repacked(workbook(), strict)).rows) == 2
