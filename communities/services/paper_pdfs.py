"""PDF files: whole, readable by everybody, without scripts, programs or files inside.

The scan is bounded and does not parse: it looks at the bytes as they are and at compressed object
streams (deflate), up to MOST_INFLATED. What hides behind other filters is not found; files are
never opened on the server, and go to readers as downloads or in a sandbox.
"""

from __future__ import annotations

import re
import zlib

from communities.services.paper_packages import UnsoundError

TAIL = 2048
MOST_INFLATED = 32 * 1024 * 1024
STREAM = re.compile(rb"/ObjStm\b.{0,2048}?\bstream\r?\n", re.DOTALL)
DICTIONARY = 512
ESCAPED_NAME = re.compile(rb"/[A-Za-z0-9]*(?:#[0-9A-Fa-f]{2}[A-Za-z0-9]*)+")
ACTIVE = {
    b"/JavaScript": "脚本",
    b"/Launch": "打开其他程序的指令",
    b"/EmbeddedFile": "附带的文件",
}
UNREADABLE = "里面有读不出来的内容。用“打印到PDF”另存一份再上传"


def check_pdf(content: bytes) -> None:
    """Refuse a PDF that is cut off, encrypted or active. Raises UnsoundError."""
    if b"%%EOF" not in content[-TAIL:]:
        raise UnsoundError("不完整，可能没有传完。重新导出，再选择文件")
    if has_name(content, b"/Encrypt"):
        raise UnsoundError("加了密码。解除密码再上传，存档的材料要能打开")
    if has_escaped(content, b"/ObjStm"):
        raise UnsoundError(UNREADABLE)
    for part in (content, *object_streams(content)):
        for name, label in ACTIVE.items():
            if has_name(part, name):
                raise UnsoundError(f"里面有{label}。用“打印到PDF”另存一份再上传")


def has_name(part: bytes, name: bytes) -> bool:
    """Whether a PDF name begins so in the bytes, plainly or with escaped letters."""
    return name in part or has_escaped(part, name)


def has_escaped(part: bytes, name: bytes) -> bool:
    """Whether a PDF name is there with some letters written as numbers: /J#61vaScript."""
    return any(unescaped(found).startswith(name) for found in ESCAPED_NAME.findall(part))


def unescaped(name: bytes) -> bytes:
    """Return a PDF name with its numbers written as letters."""
    return re.sub(rb"#([0-9A-Fa-f]{2})", lambda code: bytes([int(code[1], 16)]), name)


def object_streams(content: bytes) -> list[bytes]:
    """The compressed object streams, inflated; at most MOST_INFLATED bytes together.

    Raises UnsoundError for one that cannot be read, or more than that.
    """
    found, left = [], MOST_INFLATED
    for start in STREAM.finditer(content):
        before = content[max(0, start.start() - DICTIONARY) : start.start()].rpartition(b"obj")[2]
        if b"/Fl" not in before + start[0]:
            continue  # not compressed: the scan of the whole has seen it
        text = inflated(content[start.end() : content.find(b"endstream", start.end())], left)
        left -= len(text)
        if left <= 0:
            raise UnsoundError("里面的内容多得查不完。用“打印到PDF”另存一份再上传")
        found.append(text)
    return found


def inflated(packed: bytes, most: int) -> bytes:
    """Return at most `most` bytes of a deflated stream. Raises UnsoundError for a broken one."""
    reader = zlib.decompressobj()
    try:
        text = reader.decompress(packed, most)
    except zlib.error as damage:
        raise UnsoundError(UNREADABLE) from damage
    if not reader.eof and len(text) < most:
        raise UnsoundError(UNREADABLE)
    return text
