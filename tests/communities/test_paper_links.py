"""Office packages whose parts are something else than they look, or reach outside on opening."""

import pytest

from communities.services.paper_links import (
    FETCHED,
    MACROS,
    MOST_LINES,
    MOST_LISTED,
    OBJECTS,
    SWOLLEN,
)
from communities.services.paper_packages import UnsoundError, check_docx, check_xlsx
from tests.paper_samples import WORD_XML, docx, package

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
MICROSOFT = "http://schemas.microsoft.com/office/2006/relationships"
MACRO_TYPE = "application/vnd.ms-office.vbaProject"
DAMAGED = "已损坏，里面的内容读不出来。重新导出，再选择文件"


def linked(kind: str, target: str, mode: str = "External") -> bytes:
    """A document with one relationship."""
    rels = (
        "<?xml version='1.0'?><Relationships xmlns='urn:r'>"
        f"<Relationship Id='r1' Type='{kind}' Target='{target}' TargetMode='{mode}'/>"
        "</Relationships>"
    )
    return docx(**{"word/_rels/settings.xml.rels": rels})


def typed(line: str, **more: bytes) -> bytes:
    """A document whose list of types has one line."""
    types = f"<?xml version='1.0'?><Types xmlns='urn:types'>{line}</Types>"
    return package({"[Content_Types].xml": types, "word/document.xml": WORD_XML, **more})


def refused(content: bytes) -> str:
    with pytest.raises(UnsoundError) as caught:
        check_docx(content)
    return str(caught.value)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (linked(f"{OFFICE}/attachedTemplate", "http://example.com/a.dotm"), FETCHED),
        (linked(f"{STRICT}/attachedTemplate", "https://example.com/a.dotm"), FETCHED),
        (linked(f"{OFFICE}/attachedTemplate", "http://example.com/a", "Extern&#97;l"), FETCHED),
        (linked(f"{OFFICE}/attachedTemplate", "file:///\\\\server\\t\\a.dotm"), FETCHED),
        (linked(f"{OFFICE}/attachedTemplate", "file:////server/t/a.dotm"), FETCHED),
        (linked(f"{OFFICE}/attachedTemplate", "file://server/t/a.dotm"), FETCHED),
        (linked(f"{OFFICE}/attachedTemplate", "file:///%5C%5Cserver/a.dotm"), FETCHED),
        (linked(f"{OFFICE}/attachedTemplate", "\\\\server\\t\\a.dotm"), FETCHED),
        (linked(f"{OFFICE}/attachedTemplate", "//server/t/a.dotm"), FETCHED),
        (linked(f"{OFFICE}/frame", "http://example.com/"), FETCHED),
        (linked(f"{OFFICE}/subDocument", "http://example.com/"), FETCHED),
        (linked(f"{OFFICE}/oleObject", "http://example.com/a.rtf"), OBJECTS),
        (linked(f"{OFFICE}/oleObject", "objects/a.dat", "Internal"), OBJECTS),
        (docx(**{"word/embeddings/oleObject1.bin": b"x"}), OBJECTS),
        (docx(**{"word/Embeddings/a.BIN": b"x"}), OBJECTS),
        (linked(f"{MICROSOFT}/vbaProject", "notes.dat", "Internal"), MACROS),
        (typed(f"<Override PartName='/word/notes.dat' ContentType='{MACRO_TYPE}'/>"), MACROS),
        (
            typed(
                "<Override PartName='/word/document.xml' "
                "ContentType='application/vnd.ms-word.document.macroEnabled.main+xml'/>"
            ),
            MACROS,
        ),
        (
            typed(f"<Default Extension='DAT' ContentType='{MACRO_TYPE}'/>", **{"word/n.dat": b"x"}),
            MACROS,
        ),
        (docx(**{"word/_rels/a.rels": b"<a>" + b" " * MOST_LISTED + b"</a>"}), SWOLLEN),
        (docx(**{"word/_rels/a.rels": b"<a>" * (MOST_LINES + 1)}), SWOLLEN),
        (docx(**{"word/_rels/a.rels": b"<a>"}), DAMAGED),
        (docx(**{"a.rels": b"<!--" + b" " * 70_000 + b"--><!DOCTYPE a><a/>"}), DAMAGED),
    ],
)
def test_package_that_reaches_outside_or_holds_code_then_refused(
    content: bytes, sentence: str
) -> None:
    assert refused(content) == sentence


@pytest.mark.parametrize(
    "content",
    [
        linked(f"{OFFICE}/hyperlink", "http://example.com/"),
        linked(f"{OFFICE}/image", "http://example.com/a.png"),
        linked(f"{OFFICE}/package", "embeddings/book1.xlsx", "Internal"),
        linked(f"{OFFICE}/attachedTemplate", "Normal.dotm"),
        linked(f"{OFFICE}/attachedTemplate", "file:///C:\\Users\\李敏\\Templates\\公文.dotx"),
        linked(f"{OFFICE}/attachedTemplate", "C:\\Templates\\a.dotx"),
        linked(f"{OFFICE}/attachedTemplate", "file:///home/limin/a.dotx"),
        linked(f"{OFFICE}/attachedTemplate", "/Users/limin/a.dotx"),
        docx(**{"word/embeddings/Microsoft_Excel_Sheet1.xlsx": b"x"}),
        typed(f"<Default Extension='bin' ContentType='{MACRO_TYPE}'/>"),
    ],
)
def test_package_with_what_word_writes_by_itself_then_kept(content: bytes) -> None:
    check_docx(content)


def test_workbook_with_settings_of_a_printer_and_a_linked_workbook_then_kept() -> None:
    rels = (
        "<Relationships><Relationship Id='r1' Target='file:///C:/b.xlsx' TargetMode='External' "
        f"Type='{OFFICE}/externalLinkPath'/></Relationships>"
    )
    check_xlsx(
        package(
            {
                "[Content_Types].xml": "<Types><Default Extension='bin' ContentType='application/"
                "vnd.openxmlformats-officedocument.spreadsheetml.printerSettings'/></Types>",
                "xl/workbook.xml": "<workbook/>",
                "xl/printerSettings/printerSettings1.bin": b"x",
                "xl/externalLinks/_rels/externalLink1.xml.rels": rels,
            }
        )
    )
