"""What people type of persons: telephones within texts, names."""

import pytest
from django.core.exceptions import ValidationError

from staffing.typed import check_name, check_no_mobile


@pytest.mark.parametrize(
    "text",
    [
        "13812345678",
        "找他1381234.5678",
        "电话：138 1234 5678。",
        "tel138-1234-5678",
        "１３８／１２３４／５６７８",
        "198 6320 1207",
    ],
)
def test_mobile_within_a_text_then_refused_without_the_number(text: str) -> None:
    with pytest.raises(ValidationError) as refused:
        check_no_mobile(text)
    assert refused.value.messages == ["里面有手机号。删去，电话写在人员的“电话”里"]


@pytest.mark.parametrize(
    "text",
    [
        "1986.3-2012.07在聊城一中任教",
        "1988-09-01，2004-07",
        "2015-01-05至2018-12-10",
        "0635-8321234",
        "138123456789",
        "371502001001",
        "聊东人〔2026〕13号",
        "18岁，2004.07.01",
    ],
)
def test_other_digits_in_a_text_then_taken(text: str) -> None:
    check_no_mobile(text)


def test_name_with_a_digit_then_refused() -> None:
    check_name("阿依古丽·买买提")
    for name in ("王2", "王１３", "13812345678"):
        with pytest.raises(ValidationError, match="姓名里有数字。只写姓名"):
            check_name(name)
