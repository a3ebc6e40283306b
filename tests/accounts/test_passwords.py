"""Which passwords are taken, and what is said of the others."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from accounts.models import User
from accounts.services import make_password

PERSON = User(username="gulou", display_name="李敏", office="古楼街道办事处", scope="371502001")


@pytest.mark.parametrize(
    "password", ["Blue-horse-battery-7", "tRee99!window", "山中有雨-Rain-2031x", "aB3aB3aB3aB3"]
)
def test_good_password_is_taken(password: str) -> None:
    validate_password(password, PERSON)


@pytest.mark.parametrize(
    ("password", "message"),
    [
        ("Ab3-short", "密码只有9位。加长到12位以上"),
        ("Ab3-" * 40, "密码有160位。缩短到128位以内"),
        ("bluehorsebattery", "密码只有1类字符。再加上大写字母、数字、符号中的2类"),
        ("bluehorsebattery7", "密码只有2类字符。再加上大写字母、符号中的1类"),
        ("Gulou-Street-88", "密码里有“gulou”，容易猜到。去掉它"),
        ("李敏-Mountain-tree-2", "密码里有“李敏”，容易猜到。去掉它"),
        ("Tree-371502001-x", "密码里有“371502001”，容易猜到。去掉它"),
        ("Liaocheng-2026-x", "密码里有“liaocheng”，容易猜到。去掉它"),
        ("Password1234!", "密码太常见，容易猜到。换成几个不相关的词"),
        ("123-Qwerty-1234", "密码太常见，容易猜到。换成几个不相关的词"),
    ],
)
def test_bad_password_is_refused_with_the_remedy(password: str, message: str) -> None:
    with pytest.raises(ValidationError) as error:
        validate_password(password, PERSON)

    assert error.value.messages == [message]


def test_made_passwords_are_good_and_differ() -> None:
    made = {make_password() for _ in range(200)}

    assert len(made) == 200
    for password in made:
        validate_password(password, PERSON)
