"""What is taken as a paper and what is refused, in which words: names, sizes, contents."""

import io
import zipfile
from hashlib import sha256

import pytest
from django.core.exceptions import ValidationError

from communities.services.paper_files import CheckedFile, check_file, clean_name
from communities.services.paper_packages import MOST_MEMBERS
from tests.paper_samples import (
    TYPES_XML,
    WORD_XML,
    docx,
    encrypted,
    jpeg,
    object_stream,
    ofd,
    package,
    pdf,
    png,
    xlsx,
)

LIMIT = 20 * 1024 * 1024
OFFICE = "application/vnd.openxmlformats-officedocument."
DAMAGED = "已损坏，里面的内容读不出来。重新导出，再选择文件"
CUT_OFF = "不完整，可能没有传完。重新导出，再选择文件"
PICTURE = "已损坏或没有传完，图片读不出来。重新拍照或导出，再选择文件"
SWOLLEN = "大得不正常。重新导出，再选择文件"
SAVE_PLAIN = "另存为不含宏的文件再上传"
PRINT = "用“打印到PDF”另存一份再上传"
ANEW = "重新导出为PDF、JPG、PNG、OFD、DOCX、XLSX之一"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
SVG = b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"


def refused(name: str, content: bytes) -> str:
    with pytest.raises(ValidationError) as caught:
        check_file(name, content, limit=LIMIT)
    return str(caught.value.messages[0])


@pytest.mark.parametrize(
    ("name", "content", "content_type"),
    [
        ("批复.pdf", pdf(), "application/pdf"),
        ("批复.PDF", pdf(object_stream(b"1 0 << /Type /Page >>")), "application/pdf"),
        ("四至图.png", png(), "image/png"),
        ("照片.jpg", jpeg(), "image/jpeg"),
        ("照片.jpeg", jpeg(4000, 3000) + b"phones write more behind the end", "image/jpeg"),
        ("公文.ofd", ofd(), "application/ofd"),
        ("请示.docx", docx(), f"{OFFICE}wordprocessingml.document"),
        ("对照表.xlsx", xlsx(), f"{OFFICE}spreadsheetml.sheet"),
    ],
)
def test_file_that_is_what_its_name_says_then_kept(
    name: str, content: bytes, content_type: str
) -> None:
    kept = check_file(name, content, limit=LIMIT)

    assert (kept.name, kept.content_type, kept.content) == (name, content_type, content)


def test_hash_is_that_of_the_bytes() -> None:
    kept = check_file("a.png", png(), limit=LIMIT)

    assert kept == CheckedFile("a.png", "image/png", png(), sha256(png()).hexdigest())


BOMB = package({"[Content_Types].xml": TYPES_XML, "word/document.xml": b" " * 300_000_000})
CROWD = package(
    {"[Content_Types].xml": TYPES_XML, "word/document.xml": WORD_XML}
    | {f"word/media/{number}.png": b"" for number in range(MOST_MEMBERS)}
)
HOSTILE = [
    # size
    ("空.pdf", b"", "文件“空.pdf”是空的（0字节）。重新导出，再选择文件"),
    (
        "大.pdf",
        pdf() + b" " * (LIMIT + 1 - len(pdf())),
        "文件“大.pdf”有20.1MB，超过20MB。压缩或分成几个文件再上传",
    ),
    # names
    ("a.exe", b"MZ", "文件“a.exe”的类型.exe不能上传。可以上传PDF、JPG、PNG、OFD、DOCX、XLSX"),
    (
        "a.pdf.exe",
        pdf(),
        "文件“a.pdf.exe”的类型.exe不能上传。可以上传PDF、JPG、PNG、OFD、DOCX、XLSX",
    ),
    (
        "fdp\u202eexe.pdf.exe",
        pdf(),
        "文件“fdpexe.pdf.exe”的类型.exe不能上传。可以上传PDF、JPG、PNG、OFD、DOCX、XLSX",
    ),
    ("批复", pdf(), "文件“批复”没有后缀，看不出类型。可以上传PDF、JPG、PNG、OFD、DOCX、XLSX"),
    ("a.svg", SVG, "文件“a.svg”的类型.svg不能上传。可以上传PDF、JPG、PNG、OFD、DOCX、XLSX"),
    ("a.html", HTML, "文件“a.html”的类型.html不能上传。可以上传PDF、JPG、PNG、OFD、DOCX、XLSX"),
    ("旧.doc", OLE, "文件“旧.doc”是.doc格式，不能上传。在Office中另存为.docx再上传"),
    ("旧.xls", OLE, "文件“旧.xls”是.xls格式，不能上传。在Office中另存为.xlsx再上传"),
    ("宏.docm", docx(), "文件“宏.docm”是.docm格式，不能上传。在Office中另存为.docx再上传"),
    ("宏.xlsm", xlsx(), "文件“宏.xlsm”是.xlsm格式，不能上传。在Office中另存为.xlsx再上传"),
    # clothes of another kind
    (
        "图.pdf",
        png(),
        "文件“图.pdf”实际是PNG图片，不是PDF文件。把后缀改成.png，或重新导出",
    ),
    (
        "图.png",
        jpeg(),
        "文件“图.png”实际是JPG图片，不是PNG图片。把后缀改成.jpg，或重新导出",
    ),
    ("页.pdf", HTML, f"文件“页.pdf”实际是网页，不是PDF文件。{ANEW}"),
    ("页.pdf", b"\xef\xbb\xbf \n<HTML>", f"文件“页.pdf”实际是网页，不是PDF文件。{ANEW}"),
    ("图.png", SVG, f"文件“图.png”实际是SVG图形，不是PNG图片。{ANEW}"),
    ("图.jpg", b"GIF89a", f"文件“图.jpg”实际是GIF图片，不是JPG图片。{ANEW}"),
    ("字.pdf", "关于设立社区的请示".encode(), f"文件“字.pdf”实际是文字，不是PDF文件。{ANEW}"),
    ("程序.pdf", b"MZ\x90\0", f"文件“程序.pdf”实际是Windows程序，不是PDF文件。{ANEW}"),
    (
        "表.docx",
        xlsx(),
        "文件“表.docx”实际是Excel工作簿，不是Word文档。把后缀改成.xlsx，或重新导出",
    ),
    (
        "包.docx",
        package({"a.txt": "a"}),
        f"文件“包.docx”实际是ZIP压缩包，不是Word文档。{ANEW}",
    ),
    (
        "密.docx",
        OLE,
        "文件“密.docx”实际是旧版或加密的Office文件，不是Word文档。"
        "解除密码，在Office中另存为.docx或.xlsx再上传",
    ),
    # a picture behind which a package hides is a picture only
    (
        "双.docx",
        png() + docx(),
        "文件“双.docx”实际是PNG图片，不是Word文档。把后缀改成.png，或重新导出",
    ),
    # PDF
    ("断.pdf", pdf()[:-8], f"文件“断.pdf”{CUT_OFF}"),
    (
        "密.pdf",
        pdf(b"<< /Encrypt 9 0 R >>"),
        "文件“密.pdf”加了密码。解除密码再上传，存档的材料要能打开",
    ),
    ("脚.pdf", pdf(b"<< /S /JavaScript /JS (a) >>"), f"文件“脚.pdf”里面有脚本。{PRINT}"),
    ("脚.pdf", pdf(b"<< /S /J#61vaScript >>"), f"文件“脚.pdf”里面有脚本。{PRINT}"),
    (
        "脚.pdf",
        pdf(object_stream(b"<< /S /JavaScript >>")),
        f"文件“脚.pdf”里面有脚本。{PRINT}",
    ),
    (
        "脚.pdf",
        pdf(
            object_stream(b"<< /S /JavaScript >>", dictionary=b"/Filter /FlateDecode /Type /ObjStm")
        ),
        f"文件“脚.pdf”里面有脚本。{PRINT}",
    ),
    (
        "开.pdf",
        pdf(b"<< /S /Launch /F (cmd.exe) >>"),
        f"文件“开.pdf”里面有打开其他程序的指令。{PRINT}",
    ),
    ("附.pdf", pdf(b"<< /Type /EmbeddedFile >>"), f"文件“附.pdf”里面有附带的文件。{PRINT}"),
    (
        "藏.pdf",
        pdf(object_stream(b"<< >>", dictionary=b"/Type /Obj#53tm /Filter /FlateDecode")),
        f"文件“藏.pdf”里面有读不出来的内容。{PRINT}",
    ),
    (
        "坏.pdf",
        pdf(b"<< /Type /ObjStm /Filter /FlateDecode >>\nstream\nnonsense\nendstream"),
        f"文件“坏.pdf”里面有读不出来的内容。{PRINT}",
    ),
    (
        "胀.pdf",
        pdf(object_stream(b" " * 40_000_000)),
        f"文件“胀.pdf”里面的内容多得查不完。{PRINT}",
    ),
    # pictures
    ("断.png", png()[:-12], f"文件“断.png”{PICTURE}"),
    ("断.jpg", jpeg()[:-2], f"文件“断.jpg”{PICTURE}"),
    ("头.jpg", b"\xff\xd8\xff\xd9", f"文件“头.jpg”{PICTURE}"),
    ("头.png", b"\x89PNG\r\n\x1a\n", f"文件“头.png”{PICTURE}"),
    ("巨.png", png(60_000, 60_000), "文件“巨.png”有60000×60000像素，太大。缩小后再上传"),
    ("巨.jpg", jpeg(65_000, 2), "文件“巨.jpg”有65000×2像素，太大。缩小后再上传"),
    ("零.png", png(0, 2), f"文件“零.png”{PICTURE}"),
    # packages
    ("断.docx", docx()[:-30], f"文件“断.docx”实际是损坏的压缩包，不是Word文档。{ANEW}"),
    ("断.ofd", ofd()[:40], f"文件“断.ofd”实际是损坏的压缩包，不是OFD文件。{ANEW}"),
    ("密.xlsx", encrypted(xlsx()), "文件“密.xlsx”加了密码。解除密码再上传"),
    ("弹.docx", BOMB, f"文件“弹.docx”解开后有286MB，{SWOLLEN}"),
    (
        "多.docx",
        CROWD,
        f"文件“多.docx”实际是装有{MOST_MEMBERS + 2}个文件的压缩包，不是Word文档。{ANEW}",
    ),
    (
        "宏.docx",
        docx(**{"word/vbaProject.bin": b"x"}),
        f"文件“宏.docx”里面有宏或控件。{SAVE_PLAIN}",
    ),
    (
        "控.docx",
        docx(**{"word/activeX/activeX1.bin": b"x"}),
        f"文件“控.docx”里面有宏或控件。{SAVE_PLAIN}",
    ),
    (
        "外.docx",
        docx(**{"../../etc/passwd": b"x"}),
        "文件“外.docx”里面的文件名重复或指向别处。重新导出，再选择文件",
    ),
    (
        "外.docx",
        docx(**{"/etc/passwd": b"x"}),
        "文件“外.docx”里面的文件名重复或指向别处。重新导出，再选择文件",
    ),
    (
        "外.ofd",
        ofd(**{"C:\\a.txt": b"x"}),
        "文件“外.ofd”里面的文件名重复或指向别处。重新导出，再选择文件",
    ),
    (
        "缺.docx",
        package({"word/document.xml": WORD_XML}),
        "文件“缺.docx”里面缺少[Content_Types].xml，不完整。重新导出，再选择文件",
    ),
    (
        "实.docx",
        docx(**{"word/styles.xml": "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><a/>"}),
        "文件“实.docx”里面有DOCTYPE声明。重新导出，再选择文件",
    ),
    (
        "实.ofd",
        ofd(**{"Doc_0/Res.xml": "<?xml version='1.0'?><!DOCTYPE a><a/>".encode("utf-16")}),
        "文件“实.ofd”里面有DOCTYPE声明。重新导出，再选择文件",
    ),
]


@pytest.mark.parametrize(
    ("name", "content", "sentence"), HOSTILE, ids=[f"{n}-{one[0]}" for n, one in enumerate(HOSTILE)]
)
def test_file_that_is_hostile_or_broken_then_refused_in_words(
    name: str, content: bytes, sentence: str
) -> None:
    assert refused(name, content) == sentence


def test_file_of_just_the_limit_then_kept() -> None:
    padding = b"%" + b" " * (LIMIT - len(pdf()) - 1)
    content = pdf().replace(b"1 0 obj", padding + b"1 0 obj", 1)

    assert len(content) == LIMIT
    assert check_file("a.pdf", content, limit=LIMIT).content == content


def test_member_whose_bytes_were_changed_then_refused() -> None:
    content = bytearray(docx(**{"word/styles.xml": "<a>" + "x" * 200 + "</a>"}))
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as made:
        start = made.getinfo("word/styles.xml").header_offset + 30 + len("word/styles.xml")
    content[start : start + 6] = b"\xff" * 6

    assert refused("改.docx", bytes(content)) == f"文件“改.docx”{DAMAGED}"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("关于设立社区的批复（2026）.pdf", "关于设立社区的批复（2026）.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\李敏\\批复.pdf", "批复.pdf"),
        ("批\u202e复\u200b\x00\n.pdf", "批复.pdf"),
        ("  批复  终稿 .pdf ", "批复 终稿.pdf"),
        ("...pdf", "pdf"),
        (".pdf", "pdf"),
        ("\u202e.pdf", "pdf"),
        ("x" * 300 + ".pdf", "x" * 146 + ".pdf"),
        ("", "材料"),
    ],
)
def test_name_is_kept_as_typed_without_folders_and_unseen_signs(typed: str, kept: str) -> None:
    assert clean_name(typed) == kept
    assert clean_name(kept) == kept
