"""The fields of the register's forms: their widgets, what they clean, what they say."""

import re
from decimal import Decimal

import pytest
from django import forms

from communities.forms.editing import EditForm
from communities.forms.fields import TypedForm
from communities.models import Community, Estate
from tests.factories import make_community


@pytest.fixture
def community(db: None) -> Community:
    return make_community()


class WholeForm(EditForm):
    """A form with every kind of field."""

    happened = ("valid_from",)

    class Meta:
        model = Estate
        fields = ("name", "kind", "is_new", "built_year", "households", "gross_floor_area_m2")
        fields += ("valid_from", "management")  # type: ignore[assignment]


def whole(community: Community, **typed: str) -> WholeForm:
    given = {"name": "甲"} | typed
    return WholeForm(given, instance=Estate(community=community, code=community.code))


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("name", "", "填写小区名称"),
        ("name", "甲\n乙", "里面有换行或制表符。删去，写成一行"),
        ("name", "长" * 65, "写了65个字，最多64个字，缩短后再保存"),
        ("kind", "castle", "没有“castle”这一项，从列出的里面选"),
        ("built_year", "1899", "建成年份1899小于1900，核对后改大"),
        ("built_year", "2200", "建成年份2200大于2199，核对是否多输"),
        ("households", "-1", "户数-1小于0，核对后改大"),
        ("households", "100000000", "户数100000000大于99999999，核对是否多输"),
        ("households", "3000.5", "“3000.5”不是整数，去掉小数"),
        ("gross_floor_area_m2", "0.005", "“0.005”的小数太长，最多2位小数"),
        ("gross_floor_area_m2", "12345678901", "“12345678901”太大，整数最多10位，核对是否多输"),
        ("gross_floor_area_m2", "-0.5", "总建筑面积（㎡）-0.5小于0，核对后改大"),
        ("valid_from", "2199-12-31", None),
        ("valid_from", "42009", "“42009”不是日期，写成2015-01-05的样子"),
    ],
)
def test_field_when_wrong_then_what_and_how_to_mend_it(
    community: Community, field: str, text: str, said: str | None
) -> None:
    errors = whole(community, **{field: text}).errors

    if said is None:
        assert [*errors] == [field]
        assert re.fullmatch(
            r"2199-12-31还没有到，改成\d{4}-\d\d-\d\d或以前的日期", errors[field][0]
        )
    else:
        assert errors == {field: [said]}


def test_fields_when_sloppy_then_cleaned_silently(community: Community) -> None:
    form = whole(
        community,
        name="　甲小区 ",
        households="３，０００",
        gross_floor_area_m2="60,000.5",
        built_year="2003.0",
        valid_from="2015年1月5日",
        is_new="false",
    )

    assert form.errors == {}
    estate = form.instance
    assert (estate.name, estate.households, estate.gross_floor_area_m2) == (
        "甲小区",
        3000,
        Decimal("60000.5"),
    )
    assert (estate.built_year, estate.valid_from.isoformat(), estate.is_new) == (
        2003,
        "2015-01-05",
        False,
    )


def test_widgets_then_numbers_and_days_are_texts_and_answers_words(community: Community) -> None:
    page = str(whole(community))

    assert 'type="number"' not in page
    assert 'type="date"' not in page
    assert page.count('inputmode="decimal"') == 1
    assert page.count('inputmode="numeric"') == 3
    assert page.count('placeholder="2015-01-05"') == 1
    assert page.count('<option value="" selected>未填</option>') == 2
    assert '<option value="unknown" selected>未填</option>' in page
    assert page.count('autocomplete="off"') == 8


def test_messages_when_a_form_gives_its_own_then_those(community: Community) -> None:
    class OwnForm(TypedForm):
        street = forms.CharField(label="街道", error_messages={"required": "写明街道"})
        file = forms.FileField(label="文件")
        kind = forms.ChoiceField(label="类别", choices=[("a", "甲")])

    assert OwnForm({}).errors == {
        "street": ["写明街道"],
        "file": ["选择文件"],
        "kind": ["选择类别"],
    }


def test_number_when_shown_again_then_without_idle_noughts(community: Community) -> None:
    community.area_km2 = "12.5000"
    community.save()
    community.refresh_from_db()

    class AreaForm(EditForm):
        class Meta:
            model = Community
            fields = ("area_km2",)

    assert 'value="12.5"' in str(AreaForm(instance=community)["area_km2"])


def test_form_when_a_constraint_spans_columns_off_the_form_then_its_words(
    community: Community,
) -> None:
    Estate.objects.create(community=community, code=community.code, name="甲")

    errors = whole(community).errors

    assert errors == {"__all__": ["这个社区已经有同名的小区。改名称，或打开已有的修改"]}
