"""What an uploaded file really is: names made fit to keep, contents checked against the name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from django.core.exceptions import ValidationError

from communities.choices import FileType
from communities.selectors.papers import MEGABYTE, size_label
from communities.services import paper_packages, paper_pdfs, paper_pictures
from communities.services.paper_packages import UnsoundError

LONGEST_NAME = 150
# Separators of folders, then what is not seen or turns the direction of what follows.
FOLDERS = re.compile(r"[/\\]")
UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
ACCEPTED = "PDF、JPG、PNG、OFD、DOCX、XLSX"
OLD_OFFICE = {
    "doc": ".docx", "wps": ".docx", "rtf": ".docx", "docm": ".docx", "dot": ".docx",
    "xls": ".xlsx", "et": ".xlsx", "xlsm": ".xlsx", "xlsb": ".xlsx",
}  # fmt: skip


# Extensions with the type they stand for, the usual one of each type first.
TYPES = {
    "pdf": FileType.PDF,
    "jpg": FileType.JPG,
    "jpeg": FileType.JPG,
    "png": FileType.PNG,
    "ofd": FileType.OFD,
    "docx": FileType.DOCX,
    "xlsx": FileType.XLSX,
}
# Raise UnsoundError with what is wrong of a file that begins as the type does.
CHECKS: dict[FileType, Callable[[bytes], None]] = {
    FileType.PDF: paper_pdfs.check_pdf,
    FileType.JPG: paper_pictures.check_jpeg,
    FileType.PNG: paper_pictures.check_png,
    FileType.OFD: paper_packages.check_ofd,
    FileType.DOCX: paper_packages.check_docx,
    FileType.XLSX: paper_packages.check_xlsx,
}
# How files begin that are not taken, for a message that says what was sent.
BEGINNINGS = (
    (b"\xd0\xcf\x11\xe0", "旧版或加密的Office文件"),
    (b"GIF8", "GIF图片"),
    (b"BM", "BMP图片"),
    (b"II*\0", "TIFF图片"),
    (b"MM\0*", "TIFF图片"),
    (b"MZ", "Windows程序"),
    (b"\x7fELF", "Linux程序"),
    (b"Rar!", "RAR压缩包"),
    (b"7z\xbc\xaf", "7z压缩包"),
    (b"\x1f\x8b", "GZ压缩包"),
    (b"{\\rtf", "RTF文档"),
)
MARKUP = (
    (b"<!doctype html", "网页"),
    (b"<html", "网页"),
    (b"<script", "网页"),
    (b"<svg", "SVG图形"),
    (b"<?xml", "XML文件"),
)


@dataclass(frozen=True)
class CheckedFile:
    """An uploaded file whose content is what its name says."""

    name: str
    content_type: str
    content: bytes
    sha256: str

    @property
    def stem(self) -> str:
        return self.name.rpartition(".")[0]


def clean_name(name: str) -> str:
    """Return a file name fit to keep: no folders, nothing unseen, at most 150 characters."""
    last = FOLDERS.split(name)[-1]
    seen = "".join(sign for sign in last if unicodedata.category(sign) not in UNSEEN)
    plain = re.sub(r"\s+", " ", unicodedata.normalize("NFC", seen)).strip(" .")
    stem, dot, extension = plain.rpartition(".")
    if not dot or len(extension) > 10:
        return (plain or "材料")[:LONGEST_NAME]
    stem = stem.strip(" .") or "材料"
    return f"{stem[: LONGEST_NAME - len(extension) - 1].rstrip(' .')}.{extension}"


def check_file(name: str, content: bytes, *, limit: int) -> CheckedFile:
    """Return a file whose size (bytes, at most `limit`), name and content fit together.

    Raises ValidationError with a sentence for the user that names the file.
    """
    kept = clean_name(name)
    check_size(kept, len(content), limit=limit)
    named = TYPES.get(extension_of(kept))
    if named is None:
        raise ValidationError(refusal_by_name(kept))
    found = recognise(content)
    if found != named.label:
        raise ValidationError(f"文件“{kept}”实际是{found}，不是{named.label}。{remedy(found)}")
    try:
        CHECKS[named](content)
    except UnsoundError as wrong:
        raise ValidationError(f"文件“{kept}”{wrong}") from wrong
    return CheckedFile(kept, named.value, content, sha256(content).hexdigest())


def check_size(name: str, size: int, *, limit: int) -> None:
    """Refuse an empty file and one of more than `limit` bytes. Raises ValidationError."""
    if size == 0:
        raise ValidationError(f"文件“{name}”是空的（0字节）。重新导出，再选择文件")
    if size > limit:
        raise ValidationError(
            f"文件“{name}”有{size_label(size)}，超过{limit // MEGABYTE}MB。压缩或分成几个文件再上传"
        )


def extension_of(name: str) -> str:
    """Return what stands behind the last dot, in small letters; '' without one."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def refusal_by_name(name: str) -> str:
    """Say why a file of this name is not taken, and what is."""
    extension = extension_of(name)
    if better := OLD_OFFICE.get(extension):
        return f"文件“{name}”是.{extension}格式，不能上传。在Office中另存为{better}再上传"
    if not extension:
        return f"文件“{name}”没有后缀，看不出类型。可以上传{ACCEPTED}"
    return f"文件“{name}”的类型.{extension}不能上传。可以上传{ACCEPTED}"


def recognise(content: bytes) -> str:
    """Say in words what the bytes are, whatever the name says."""
    if content.startswith(b"%PDF-"):
        return FileType.PDF.label
    if content.startswith(paper_pictures.PNG):
        return FileType.PNG.label
    if content.startswith(b"\xff\xd8\xff"):
        return FileType.JPG.label
    if content.startswith(b"PK"):
        inside = paper_packages.kind_of(content)
        return TYPES[inside].label if inside in TYPES else inside
    for beginning, label in BEGINNINGS:
        if content.startswith(beginning):
            return label
    if content[8:12] == b"WEBP" or content[4:8] == b"ftyp":
        return "WEBP、HEIC等手机图片或视频"
    return recognise_text(content[:2048])


def recognise_text(start: bytes) -> str:
    """Say in words what text, markup or unknown bytes are by how they begin."""
    text = start.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    for beginning, label in MARKUP:
        if text.startswith(beginning):
            # an SVG may begin with an XML line, a page with a comment
            return "SVG图形" if b"<svg" in text else label
    if b"<html" in text or b"<script" in text:
        return "网页"
    return "其他内容" if b"\0" in start else "文字"


def remedy(found: str) -> str:
    """Say what to do with a file that is `found` and not what its name says."""
    if found == "旧版或加密的Office文件":
        return "解除密码，在Office中另存为.docx或.xlsx再上传"
    own = next((key for key, one in TYPES.items() if one.label == found), None)
    if own is not None:
        return f"把后缀改成.{own}，或重新导出"
    return f"重新导出为{ACCEPTED}之一"
