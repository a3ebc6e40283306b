"""Files that are ZIP packages (OFD, DOCX, XLSX): sound, of bounded size, nothing active."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from xml.parsers.expat import ExpatError

from communities.services.paper_links import fault_of

MOST_MEMBERS = 2000
MOST_UNPACKED = 200 * 1024 * 1024
# An unpacked size up to which any ratio is taken: text of a few kilobytes packs very well.
HARMLESS_UNPACKED = 20 * 1024 * 1024
MOST_RATIO = 100
PROLOG = 64 * 1024
NEEDED = {
    "ofd": ("OFD.xml",),
    "docx": ("[Content_Types].xml", "word/document.xml"),
    "xlsx": ("[Content_Types].xml", "xl/workbook.xml"),
}
ACTIVE = re.compile(r"vbaproject|(^|/)macrosheets/|(^|/)activex/", re.IGNORECASE)
ENCRYPTED = 0x1
UNREADABLE = (
    zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError,
    ExpatError,
)  # fmt: skip


class UnsoundError(Exception):
    """What is wrong with a file: a sentence that goes on after its name."""


def kind_of(content: bytes) -> str:
    """The key of the package's kind, or words for a ZIP that is none of them."""
    # counted before it is opened: a directory of 20 MB makes half a million members
    if (members := content.count(b"PK\x01\x02")) > MOST_MEMBERS:
        return f"装有{members}个文件的压缩包"
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = set(package.namelist())
    except UNREADABLE:
        return "损坏的压缩包"
    for key, needed in NEEDED.items():
        if needed[-1] in names:
            return key
    return "ZIP压缩包"


def check_ofd(content: bytes) -> None:
    """Refuse what is not a sound OFD package. Raises UnsoundError."""
    check_package(content, "ofd")


def check_docx(content: bytes) -> None:
    """Refuse what is not a sound Word document without macros. Raises UnsoundError."""
    check_package(content, "docx")


def check_xlsx(content: bytes) -> None:
    """Refuse what is not a sound Excel workbook without macros. Raises UnsoundError."""
    check_package(content, "xlsx")


def check_package(content: bytes, key: str) -> None:
    """Refuse a package that is damaged, swollen, encrypted, incomplete or active.

    Raises UnsoundError.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            members = package.infolist()
            check_members(members, key)
            check_sizes(members, len(content))
            for member in members:
                if member.filename.lower().endswith((".xml", ".rels")):
                    check_prolog(package, member)
            if fault := fault_of(package):
                raise UnsoundError(fault)
    except UNREADABLE as damage:
        raise UnsoundError("已损坏，里面的内容读不出来。重新导出，再选择文件") from damage


def check_members(members: list[zipfile.ZipInfo], key: str) -> None:
    """Refuse encrypted, doubled, straying, active and missing members. Raises UnsoundError."""
    names = [member.filename for member in members]
    if any(member.flag_bits & ENCRYPTED for member in members):
        raise UnsoundError("加了密码。解除密码再上传")
    if len(set(names)) < len(names) or any(map(strays, names)):
        raise UnsoundError("里面的文件名重复或指向别处。重新导出，再选择文件")
    if any(ACTIVE.search(name) for name in names):
        raise UnsoundError("里面有宏或控件。另存为不含宏的文件再上传")
    if missing := [name for name in NEEDED[key] if name not in names]:
        raise UnsoundError(f"里面缺少{missing[0]}，不完整。重新导出，再选择文件")


def strays(name: str) -> bool:
    """Whether a member's name could lead outside the folder it is unpacked to."""
    parts = re.split(r"[/\\]", name)
    return name.startswith(("/", "\\")) or ".." in parts or ":" in name or "\0" in name


def check_sizes(members: list[zipfile.ZipInfo], packed: int) -> None:
    """Refuse what unpacks to too much, in bytes or beside `packed` bytes. Raises UnsoundError."""
    unpacked = sum(member.file_size for member in members)
    if unpacked > MOST_UNPACKED or (
        unpacked > HARMLESS_UNPACKED and unpacked > packed * MOST_RATIO
    ):
        raise UnsoundError(
            f"解开后有{unpacked // (1024 * 1024)}MB，大得不正常。重新导出，再选择文件"
        )


def check_prolog(package: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """Refuse a document type declaration, which can pull in or swell content (XXE, entities)."""
    with package.open(member) as part:
        start = part.read(PROLOG)
    if start.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in start[:4]:
        start = start.replace(b"\0", b"")  # UTF-16, or UTF-32
    if b"<!DOCTYPE" in start or b"<!ENTITY" in start:
        raise UnsoundError("里面有DOCTYPE声明。重新导出，再选择文件")
