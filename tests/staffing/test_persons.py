"""Files of persons: the form's cleaning, adding, changing, and telephones that are revealed."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from accounts.models import AccessLog, User
from communities.forms.fields import TypedForm
from communities.services.editing import StaleError
from staffing.forms.persons import PersonFields, PersonForm
from staffing.models import Person, PersonPhone
from staffing.services.persons import (
    add_person,
    change_person,
    find_same,
    reveal_phone,
    set_phone,
)
from tests.staff_factories import AT, IDENTITY_NUMBERS, make_person

pytestmark = pytest.mark.django_db
NUMBER = IDENTITY_NUMBERS[0]  # born in June 1985, female
STREET = "371502001"


class EntryForm(PersonFields, TypedForm):
    """A form beside others, as an act has it."""


def typed(**overrides: Any) -> dict[str, Any]:
    return {"name": "王小红", "sex": "", "born_in": "", "ethnicity": "汉族"} | overrides


@pytest.mark.parametrize("form", [EntryForm, PersonForm])
def test_form_with_an_identity_number_then_sex_and_month_come_from_it(form: Any) -> None:
    made = form(typed(identity_number="３７１５０２ 19850615 3823", phone="138 0635 1234"))

    assert made.is_valid(), made.errors
    assert made.cleaned_data["identity_number"] == NUMBER
    assert made.cleaned_data["phone"] == "13806351234"
    values = made.person_values
    assert (values["sex"], values["born_in"]) == ("female", date(1985, 6, 1))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, {"sex": ["选择性别，或填写身份证号"], "born_in": ["填写出生年月，或填写身份证号"]}),
        (
            {"identity_number": NUMBER, "sex": "male", "born_in": "1985-07"},
            {
                "sex": ["性别与身份证号不一致。核对证件，改其中一项"],
                "born_in": ["出生年月与身份证号不一致。核对证件，改其中一项"],
            },
        ),
        (
            {"identity_number": NUMBER[:-1] + "4"},
            {
                "identity_number": ["身份证号末位校验不符。逐位核对证件"],
                "sex": ["选择性别，或填写身份证号"],
                "born_in": ["填写出生年月，或填写身份证号"],
            },
        ),
        (
            {
                "identity_number": NUMBER,
                "full_time_education": "bachelor",
                "highest_education": "junior_college",
            },
            {"highest_education": ["最高学历低于全日制学历。改其中一项"]},
        ),
        (
            {"identity_number": NUMBER, "highest_education_on": "2007-07-01"},
            {"highest_education": ["填了取得日期，选择最高学历"]},
        ),
        (
            {"identity_number": NUMBER, "joined_on": "1985-06-01"},
            {"joined_on": ["1985-06-01不晚于出生年月。改其中一项"]},
        ),
        (
            {"identity_number": NUMBER, "remarks": f"证号{NUMBER}"},
            {"remarks": ["里面有居民身份证号（37…23）。删去，本系统不登记居民个人信息"]},
        ),
    ],
)
def test_form_when_something_is_wrong_then_said_without_the_number(
    changed: dict[str, str], said: dict[str, list[str]]
) -> None:
    form = EntryForm(typed(**changed))

    assert not form.is_valid()
    assert form.errors == said


def test_added_then_only_hash_and_masks_are_kept(clerk: User) -> None:
    values = {"name": "王小红", "ethnicity": "汉族"}

    person = add_person(
        code=STREET, values=values, identity_number=NUMBER, phone="13806351234", by=clerk, at=AT
    )

    stored = Person.objects.values().get(pk=person.pk)
    assert (stored["sex"], stored["born_in"]) == ("female", date(1985, 6, 1))
    assert stored["identity_mask"] == "**************3823"
    assert stored["phone_mask"] == "138****1234"
    assert len(stored["identity_hmac"]) == 64
    assert NUMBER not in str(stored)
    assert PersonPhone.objects.get(person=person).number == "13806351234"
    assert find_same(code=STREET, identity_number=NUMBER) == person
    assert find_same(code="371502002", identity_number=NUMBER) is None
    assert find_same(code=STREET, identity_number="") is None


def test_added_when_the_street_has_a_file_of_the_number_then_refused(clerk: User) -> None:
    make_person(STREET, identity_number=NUMBER)
    make_person("371502002", identity_number=IDENTITY_NUMBERS[1])
    values = {"name": "王红", "sex": "female", "born_in": date(1985, 6, 1)}

    with pytest.raises(ValidationError) as refused:
        add_person(code=STREET, values=values, identity_number=NUMBER, by=clerk, at=AT)
    # another street's file is another street's
    add_person(code=STREET, values=values, identity_number=IDENTITY_NUMBERS[1], by=clerk, at=AT)

    assert refused.value.messages == ["本街道已经登记了同一证件号码的人员。打开已有的登记"]
    assert Person.objects.filter(code=STREET).count() == 2


def test_changed_then_the_number_and_phone_go_along_and_empty_ones_stay(clerk: User) -> None:
    person = make_person(STREET, phone="13806351234")
    person.name = "王红"
    changed = change_person(
        person=person, fields=("name",), version=1, identity_number=NUMBER, by=clerk, at=AT
    )

    assert (changed.name, changed.version) == ("王红", 2)
    assert find_same(code=STREET, identity_number=NUMBER) == person
    assert PersonPhone.objects.get(person=person).number == "13806351234"

    changed = change_person(
        person=changed, fields=("name",), version=2, phone="06358321234", by=clerk, at=AT
    )

    assert (changed.phone_mask, changed.version) == ("********234", 3)
    assert changed.identity_mask == "**************3823"
    assert PersonPhone.objects.get(person=person).number == "06358321234"


def test_changed_when_stale_purged_or_anothers_number_then_refused(clerk: User) -> None:
    make_person(STREET, "李红", identity_number=NUMBER)
    person = make_person(STREET, "王红")
    person.school = "聊城大学"

    def change(**more: Any) -> Person:
        given = {"fields": ("school",), "version": 1, "by": clerk, "at": AT}
        return change_person(person=person, **(given | more))

    with pytest.raises(StaleError):
        change(version=7)
    with pytest.raises(ValidationError, match="已经登记了同一证件号码"):
        change(identity_number=NUMBER)
    person.purged_at = AT
    with pytest.raises(ValidationError, match="已按保存期限清除"):
        change()
    assert Person.objects.get(pk=person.pk).school == ""


def test_phone_when_revealed_then_recorded_without_the_name(clerk: User) -> None:
    person = make_person(STREET, phone="13806351234")
    asked = {"by": clerk, "at": AT, "address": "10.0.0.7", "request_id": "r-1"}

    assert reveal_phone(person=person, **asked) == "13806351234"
    assert AccessLog.objects.filter(act="reveal").values_list(
        "target", "user", "address", "request_id", "at"
    ).get() == (f"人员{person.pk} 371502001", clerk.pk, "10.0.0.7", "r-1", AT)

    set_phone(person=person, phone="")
    assert (person.phone_mask, reveal_phone(person=person, **asked)) == ("", "")
