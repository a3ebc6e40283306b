"""What a PDF does when it is opened: go to a page of its own (well), or away from itself.

Most good files name a page or a zoom, as a list or as an action of their own; a few send whoever
opens them to an address or to another file. Actions of single pages and fields are not followed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

OPENING = re.compile(
    rb"/OpenAction\s{0,8}(?:(?P<here>(?=<<))|([0-9]{1,9})\s{1,8}([0-9]{1,5})\s{1,8}R)"
)
AWAY = re.compile(rb"/S\s{0,8}/(?:URI|GoToR)(?![A-Za-z])")
# Texts in brackets are passed over: what they hold opens and ends nothing.
DICTIONARY = re.compile(rb"\((?:\\.|[^\\()])*\)|<<|>>", re.DOTALL)
# An action is as short as this, in bytes; a file that was added to names its own some times over.
ACTION = 1024
MOST_OPENINGS = 50
MOST_NAMED = 16
# What the numbers of objects before the object streams take, all together, in bytes.
MOST_HEADERS = 4 * 1024 * 1024


@dataclass(frozen=True)
class ObjectStream:
    """Objects of a PDF: `first` bytes of pairs (number, place behind `first`), then the objects."""

    text: bytes
    first: int


def leads_away(content: bytes, streams: list[ObjectStream]) -> bool | None:
    """Whether opening the file leads to an address or another file; None when that is not known."""
    named: set[tuple[bytes, bytes]] = set()
    count = 0
    for part in (content, *(stream.text for stream in streams)):
        for found in OPENING.finditer(part):
            count += 1
            if count > MOST_OPENINGS:
                return None
            if found["here"] is None:
                named.add((found[2], found[3]))
            elif AWAY.search(action_at(part, found.end())):
                return True
    if len(named) > MOST_NAMED:
        return None
    return any_away(content, streams, named)


def any_away(
    content: bytes, streams: list[ObjectStream], named: set[tuple[bytes, bytes]]
) -> bool | None:
    """Whether one of the objects (number, generation) leads away; None for one not to be found."""
    if not named:
        return False
    packed = packed_objects(streams, {int(number) for number, _ in named})
    if packed is None:
        return None
    for number, generation in named:
        plain = list(plain_objects(content, b"%d %d obj" % (int(number), int(generation))))
        actions = [*plain, *packed.get(int(number), [])]
        if not actions or len(plain) > MOST_OPENINGS:
            return None
        if any(AWAY.search(action) for action in actions):
            return True
    return False


def action_at(part: bytes, place: int) -> bytes:
    """The action that begins there, to its last bracket; b'' for what is none, such as a page."""
    window = part[place : place + ACTION].lstrip()
    if not window.startswith(b"<<"):
        return b""
    depth = 0
    for sign in DICTIONARY.finditer(window):
        depth += {b"<<": 1, b">>": -1}.get(sign[0], 0)
        if depth == 0:
            return window[: sign.end()]
    return window


def plain_objects(content: bytes, heading: bytes) -> Iterator[bytes]:
    """The objects under a heading such as `5 0 obj`; of more than MOST_OPENINGS one more."""
    count = 0
    for before in (b"\n", b"\r", b" "):
        place = content.find(before + heading)
        while place >= 0 and count <= MOST_OPENINGS:
            count += 1
            yield action_at(content, place + len(before + heading))
            place = content.find(before + heading, place + len(heading))


def packed_objects(streams: list[ObjectStream], numbers: set[int]) -> dict[int, list[bytes]] | None:
    """The wanted objects of the object streams by number; None for too many to look through."""
    found: dict[int, list[bytes]] = {}
    if sum(stream.first for stream in streams) > MOST_HEADERS:
        return None
    for stream in streams:
        words = stream.text[: stream.first].split()
        for number, place in zip(words[::2], words[1::2], strict=False):
            if not (number.isdigit() and place.isdigit() and len(place) < 10 and len(number) < 10):
                return None
            if int(number) in numbers:
                action = action_at(stream.text, stream.first + int(place))
                found.setdefault(int(number), []).append(action)
    return found
