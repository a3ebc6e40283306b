"""PDF files: whole, readable by everybody, without scripts, programs or files inside.

The scan is bounded and does not parse: it looks at the bytes as they are and at compressed object
streams (deflate), up to MOST_INFLATED. What hides behind other filters is not found; files are
never opened on the server, and go to readers as downloads or in a sandbox.

Every byte is looked at a fixed number of times, however the file is made: no pattern repeats
without a bound, each object stream ends where the next begins, and what is to be looked at one by
one has a greatest number.
"""

from __future__ import annotations

import re
import zlib
from itertools import pairwise

from communities.services.paper_packages import UnsoundError
from communities.services.paper_pdf_opening import ObjectStream, leads_away

TAIL = 2048
MOST_INFLATED = 32 * 1024 * 1024
MOST_STREAMS = 10_000
OBJECT_STREAM = b"/ObjStm"
# How far around its type the dictionary of an object stream reaches, in bytes.
DICTIONARY_BEFORE, DICTIONARY_AFTER = 512, 2048
STREAM = re.compile(rb"stream(?:\r\n|\n|\r)")
FIRST = re.compile(rb"/First\s{0,8}([0-9]{1,9})")
# A letter or digit written as a number: producers write spaces and Chinese so, hardly these.
ESCAPED = re.compile(rb"#[3-7][0-9A-Fa-f]")
MOST_ESCAPED = 500_000
MOST_NAMES = 20_000
# No name that is looked for is longer.
LONGEST = 16
NAME = re.compile(rb"/(?:[A-Za-z0-9]|#[0-9A-Fa-f]{2}){1,16}")
ACTIVE = {
    b"/JavaScript": "脚本",
    b"/Launch": "打开其他程序的指令",
    b"/SubmitForm": "向外发送内容的指令",
    b"/ImportData": "读入其他文件的指令",
    b"/GoToE": "打开附带文件的指令",
    b"/RichMedia": "多媒体内容",
    b"/EmbeddedFile": "附带的文件",
}
PRINT = "用“打印到PDF”另存一份再上传"
UNREADABLE = f"里面有读不出来的内容。{PRINT}"
TOO_MUCH = f"里面的内容多得查不完。{PRINT}"


def check_pdf(content: bytes) -> None:
    """Refuse a PDF that is cut off, encrypted or active. Raises UnsoundError."""
    if b"%%EOF" not in content[-TAIL:]:
        raise UnsoundError("不完整，可能没有传完。重新导出，再选择文件")
    escaped = escaped_names(content)
    if has_name(content, escaped, b"/Encrypt"):
        raise UnsoundError("加了密码。解除密码再上传，存档的材料要能打开")
    if any(name.startswith(OBJECT_STREAM) for name in escaped):
        raise UnsoundError(UNREADABLE)
    check_active(content, escaped)
    streams = object_streams(content)
    texts = b"\n".join(stream.text for stream in streams)
    check_active(texts, escaped_names(texts))
    opening = leads_away(content, streams)
    if opening is None:
        raise UnsoundError(UNREADABLE)
    if opening:
        raise UnsoundError(f"里面有一打开就转到别处的指令。{PRINT}")


def check_active(part: bytes, escaped: list[bytes]) -> None:
    """Refuse what does something by itself. Raises UnsoundError."""
    for name, label in ACTIVE.items():
        if has_name(part, escaped, name):
            raise UnsoundError(f"里面有{label}。{PRINT}")


def has_name(part: bytes, escaped: list[bytes], name: bytes) -> bool:
    """Whether a PDF name begins so in the bytes, or among those that were written in numbers."""
    return name in part or any(one.startswith(name) for one in escaped)


def escaped_names(part: bytes) -> list[bytes]:
    """The names with letters written as numbers (/J#61vaScript), in letters; 16 of each.

    Raises UnsoundError for more than MOST_NAMES, or MOST_ESCAPED such letters, in names or not.
    """
    found: list[bytes] = []
    reached = 0
    for count, letter in enumerate(ESCAPED.finditer(part)):
        if count == MOST_ESCAPED or len(found) > MOST_NAMES:
            raise UnsoundError(TOO_MUCH)
        if letter.start() < reached:
            continue  # a further letter of the name before
        place = part.rfind(b"/", max(0, letter.start() - LONGEST), letter.start())
        name = NAME.match(part, place) if place >= 0 else None
        if name and name.end() > letter.start():
            found.append(unescaped(name[0]))
            reached = name.end()
    return found


def unescaped(name: bytes) -> bytes:
    """Return a PDF name with its numbers written as letters."""
    return re.sub(rb"#([0-9A-Fa-f]{2})", lambda code: bytes([int(code[1], 16)]), name)


def object_streams(content: bytes) -> list[ObjectStream]:
    """The compressed object streams, inflated; at most MOST_INFLATED bytes together.

    Raises UnsoundError for one that cannot be read, or more than that.
    """
    found, left = [], MOST_INFLATED
    view = memoryview(content)
    for name, begin, end in stream_spans(content):
        before = content[max(0, name - DICTIONARY_BEFORE) : name].rpartition(b"obj")[2]
        dictionary = before + content[name:begin]
        if b"/Fl" not in dictionary:
            continue  # not compressed: the scan of the whole has seen it
        text = inflated(view[begin:end], left)
        left -= len(text)
        if left <= 0:
            raise UnsoundError(TOO_MUCH)
        first = FIRST.search(dictionary)
        found.append(ObjectStream(text, int(first[1]) if first else 0))
    return found


def stream_spans(content: bytes) -> list[tuple[int, int, int]]:
    """Where each object stream has its type, begins, and ends at the latest: no two overlap.

    Raises UnsoundError for one without a stream behind it, or more than MOST_STREAMS.
    """
    names: list[int] = []
    place = content.find(OBJECT_STREAM)
    while place >= 0:
        if len(names) == MOST_STREAMS:
            raise UnsoundError(TOO_MUCH)
        names.append(place)
        place = content.find(OBJECT_STREAM, place + len(OBJECT_STREAM))
    spans = []
    for name, following in pairwise([*names, len(content)]):
        begin = STREAM.search(content, name, min(following, name + DICTIONARY_AFTER))
        if begin is None:
            raise UnsoundError(UNREADABLE)
        spans.append((name, begin.end(), following))
    return spans


def inflated(packed: memoryview, most: int) -> bytes:
    """Return at most `most` bytes of a deflated stream. Raises UnsoundError for a broken one."""
    reader = zlib.decompressobj()
    try:
        text = reader.decompress(packed, most)
    except zlib.error as damage:
        raise UnsoundError(UNREADABLE) from damage
    if not reader.eof and len(text) < most:
        raise UnsoundError(UNREADABLE)
    return text
