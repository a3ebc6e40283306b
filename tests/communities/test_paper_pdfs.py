"""PDFs that are made to keep a server busy, that lead away, and ordinary ones, which are kept."""

import zlib
from itertools import pairwise

import pytest

from communities.services.paper_packages import UnsoundError
from communities.services.paper_pdf_opening import ACTION, MOST_NAMED, MOST_OPENINGS
from communities.services.paper_pdfs import (
    MOST_NAMES,
    MOST_STREAMS,
    TOO_MUCH,
    UNREADABLE,
    check_pdf,
    escaped_names,
    object_streams,
    stream_spans,
)
from tests.paper_samples import object_stream, pdf

AWAY = "里面有一打开就转到别处的指令。用“打印到PDF”另存一份再上传"
EMPTY = zlib.compress(b"")
PAGE = b"[2 0 R /XYZ null null 0]"
GO = b"<< /S /GoTo /D %s >>" % PAGE
WEB = b"<< /S /URI /URI (http://example.com) >>"
LINK = b"<< /Type /Annot /Subtype /Link /A %s >>" % WEB


def refused(content: bytes) -> str:
    with pytest.raises(UnsoundError) as caught:
        check_pdf(content)
    return str(caught.value)


def packed(*objects: bytes, first: int = 0) -> bytes:
    """An object stream that holds objects of the numbers from 21 on."""
    places = [sum(len(one) + 1 for one in objects[:index]) for index in range(len(objects))]
    header = b" ".join(b"%d %d" % pair for pair in enumerate(places, start=21)) + b"\n"
    return object_stream(
        header + b"\n".join(objects),
        dictionary=b"/Type /ObjStm /N %d /First %d /Filter /FlateDecode"
        % (len(objects), first or len(header)),
    )


def test_streams_that_share_one_end_then_each_byte_is_handed_on_once() -> None:
    content = pdf((b"(/ObjStm/Fl stream\n" + EMPTY) * MOST_STREAMS)

    spans = stream_spans(content)

    assert len(spans) == MOST_STREAMS
    assert sum(end - begin for _, begin, end in spans) < len(content)
    assert all(end <= name for (_, _, end), (name, _, _) in pairwise(spans))
    assert {stream.text for stream in object_streams(content)} == {b""}
    check_pdf(content)


def test_one_stream_more_than_are_looked_through_then_refused() -> None:
    content = pdf((b"(/ObjStm/Fl stream\n" + EMPTY) * (MOST_STREAMS + 1))

    assert refused(content) == TOO_MUCH


@pytest.mark.parametrize(
    "body",
    [
        b"/ObjStm " * 9,
        b"/ObjStm" + b" " * 2100 + b"stream\n",
        b"/ObjStm /ObjStm stream\n" + EMPTY,
    ],
)
def test_type_without_its_own_stream_behind_then_refused(body: bytes) -> None:
    assert refused(pdf(body)) == UNREADABLE


def test_types_without_end_then_refused_after_the_first_thousands() -> None:
    assert refused(pdf(b"/ObjStm " * (MOST_STREAMS + 1))) == TOO_MUCH


def test_long_escaped_name_then_taken_apart_in_short_pieces() -> None:
    names = escaped_names(b"/" + b"#41" * 40_000)

    assert names == [b"/" + b"A" * 16]


def test_escaped_names_of_the_greatest_number_then_read_and_of_more_refused() -> None:
    assert escaped_names(b"/#41 " * MOST_NAMES) == [b"/A"] * MOST_NAMES
    assert refused(pdf(b"/#41 " * (MOST_NAMES + 2))) == TOO_MUCH


def test_numbers_that_are_in_no_name_then_kept() -> None:
    assert escaped_names(b"#4a6b /Fill #4a6b /a(#61) /#E5#AE#8B#20x /J#x") == []
    check_pdf(pdf(b"(#4a6b /JavaScrip t) " * (MOST_NAMES * 2)))


@pytest.mark.parametrize(
    ("name", "label"),
    [
        (b"/SubmitForm", "向外发送内容的指令"),
        (b"/Submit#46orm", "向外发送内容的指令"),
        (b"/#4c#61#75#6e#63#68", "打开其他程序的指令"),
        (b"/ImportData", "读入其他文件的指令"),
        (b"/GoToE", "打开附带文件的指令"),
        (b"/RichMedia", "多媒体内容"),
    ],
)
def test_name_that_does_something_then_refused_plain_or_packed(name: bytes, label: str) -> None:
    sentence = f"里面有{label}。用“打印到PDF”另存一份再上传"

    assert refused(pdf(b"<< /S %s >>" % name)) == sentence
    assert refused(pdf(packed(b"<< /S %s >>" % name))) == sentence


@pytest.mark.parametrize(
    "objects",
    [
        (b"<< /OpenAction %s >>" % WEB,),
        (b"<< /OpenAction<</Type/Action/S/GoToR/F(a.pdf)>> >>",),
        (b"<< /OpenAction << /S /GoTo /D (\\)>>) /Next %s >> >>" % WEB,),
        (b"<< /OpenAction 4 0 R >>", WEB),
        (b"<< /OpenAction 21 0 R >>", packed(WEB, GO)),
        (packed(b"<< /OpenAction 22 0 R >>", WEB),),
        (packed(b"<< /OpenAction %s >>" % WEB),),
    ],
)
def test_opening_that_leads_to_an_address_or_file_then_refused(objects: tuple[bytes, ...]) -> None:
    assert refused(pdf(*objects)) == AWAY


@pytest.mark.parametrize(
    "objects",
    [
        (b"<< /OpenAction %s >>" % PAGE, LINK),
        (b"<< /OpenAction %s /Names %s >>" % (GO, WEB),),
        (b"<< /OpenAction << /S /Named /N /Print >> >>",),
        (b"<< /OpenAction 4 0 R >>", GO, LINK),
        (b"<< /OpenAction 4 0 R >>", PAGE, WEB),
        (b"<< /OpenAction 21 0 R >>", packed(GO, WEB)),
        (packed(b"<< /OpenAction 22 0 R >>", PAGE, WEB),),
        (b"<< /OpenAction 4 0 R >> ", b"<< /S /GoTo /D (" + b"x" * ACTION + b") >>"),
        (b"<< /OpenAction null >>",),
        tuple(LINK for _ in range(300)),
        tuple(b"<< /OpenAction 3 0 R >>" for _ in range(MOST_OPENINGS)),
    ],
)
def test_opening_at_a_page_beside_ordinary_links_then_kept(objects: tuple[bytes, ...]) -> None:
    check_pdf(pdf(*objects))


@pytest.mark.parametrize(
    "objects",
    [
        (b"<< /OpenAction 99 0 R >>",),
        tuple(b"<< /OpenAction 3 0 R >>" for _ in range(MOST_OPENINGS + 1)),
        tuple(b"<< /OpenAction %d 0 R >>" % (3 + one) for one in range(MOST_NAMED + 1)),
        (b"<< /OpenAction 4 0 R >>" + b" 4 0 obj" * (MOST_OPENINGS + 1),),
        (b"<< /OpenAction 21 0 R >>", packed(GO, first=5_000_000)),
    ],
)
def test_opening_that_cannot_be_followed_then_refused(objects: tuple[bytes, ...]) -> None:
    assert refused(pdf(*objects)) == UNREADABLE
