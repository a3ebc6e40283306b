"""What people type and upload: one spelling of a name, no control characters, files decoded."""

import pytest

from accounts.typed import clean_username, decode, without_controls

CSV = "代码,名称\n37,山东省\n"


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("li.min", "li.min"),
        (" LI.Min\n", "li.min"),
        ("ＬＩ．ＭＩＮ", "li.min"),
        ("K", "k"),  # the sign of kelvin
        ("İ", "i̇"),
        ("a\0b\x7f", "a\ufffdb\ufffd"),
        ("", ""),
        ("x" * 300, "x" * 64),
        ("ﷺ" * 30, ("صلى الله عليه وسلم" * 4)[:64]),  # one sign becomes eighteen
    ],
)
def test_clean_username_then_one_spelling(typed: str, name: str) -> None:
    assert clean_username(typed) == name
    assert clean_username(name) == name


def test_without_controls_when_there_are_some_then_each_is_visible() -> None:
    assert without_controls("a\0b\n\x7f\x9fc 古城") == "a\ufffdb\ufffd\ufffd\ufffdc 古城"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030"])
def test_decode_when_the_encoding_is_usual_then_read(encoding: str) -> None:
    assert decode(CSV.encode(encoding)) == CSV


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"PK\x03\x04", "不是CSV文件"),
        (b"%PDF-1.7", "不是CSV文件"),
        (b"\xd0\xcf\x11\xe0\x00", "不是CSV文件"),
        (CSV.encode() + b"371502,x\n" * 1000 + b"371503,\0\n", "不是CSV文件"),
        (b"code,name\n37,\x80\xff\n", "文字编码认不出"),
        (b"\xff\xff\x81", "文字编码认不出"),
    ],
)
def test_decode_when_the_file_is_of_another_kind_then_refused(content: bytes, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        decode(content)
