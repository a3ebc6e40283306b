"""Pictures (PNG, JPEG): whole, with a size that a screen or printer can take."""

from __future__ import annotations

import struct

from communities.services.paper_packages import UnsoundError

PNG = b"\x89PNG\r\n\x1a\n"
MOST_SIDE = 30_000
MOST_PIXELS = 200_000_000
DAMAGED = "已损坏或没有传完，图片读不出来。重新拍照或导出，再选择文件"
# JPEG: start of frame, but for DHT, JPG and DAC, which share the range; markers without a length
FRAMES = set(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
ALONE = {0x01, *range(0xD0, 0xD8)}


def check_png(content: bytes) -> None:
    """Refuse a PNG whose chunks do not lead to its end. Raises UnsoundError."""
    if len(content) < 33 or content[12:16] != b"IHDR":
        raise UnsoundError(DAMAGED)
    check_sides(*struct.unpack(">II", content[16:24]))
    place = len(PNG)
    while content[place + 4 : place + 8] != b"IEND":
        if place + 12 > len(content):
            raise UnsoundError(DAMAGED)
        place += 12 + int.from_bytes(content[place : place + 4], "big")


def check_jpeg(content: bytes) -> None:
    """Refuse a JPEG without a frame of sane size or without its end. Raises UnsoundError."""
    if b"\xff\xd9" not in content[-64 * 1024 :]:
        raise UnsoundError(DAMAGED)
    place = 2
    while place + 9 <= len(content) and content[place] == 0xFF:
        marker = content[place + 1]
        if marker in FRAMES:
            height, width = struct.unpack(">HH", content[place + 5 : place + 9])
            return check_sides(width, height)
        if marker == 0xFF or marker in ALONE:
            place += 1 if marker == 0xFF else 2
            continue
        place += 2 + int.from_bytes(content[place + 2 : place + 4], "big")
    raise UnsoundError(DAMAGED)


def check_sides(width: int, height: int) -> None:
    """Refuse a picture without pixels or with too many: its header claims width times height."""
    if not width or not height:
        raise UnsoundError(DAMAGED)
    if max(width, height) > MOST_SIDE or width * height > MOST_PIXELS:
        raise UnsoundError(f"有{width}×{height}像素，太大。缩小后再上传")
