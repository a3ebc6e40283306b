"""What the database itself refuses, and what models say of their rows."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from accounts.scope import scope
from policy import services
from policy.models import Exemption, IndexValue, PolicySubject, PolicyText, PolicyVersion
from tests.policy.samples import ON, published, source

pytestmark = pytest.mark.django_db


def refused(text: PolicyText, **changes: Any) -> bool:
    """Whether the database refuses to change a row, past all services."""
    try:
        with transaction.atomic():
            PolicyText.objects.filter(pk=text.pk).update(**changes)
    except DatabaseError:
        return True
    return False


def test_text_when_inserted_as_published_then_refused() -> None:
    text = services.draft(source(), by=None)
    text.pk, text.version, text.status = None, 2, "published"

    with pytest.raises(DatabaseError, match="Cannot insert rows"), transaction.atomic():
        text.save(force_insert=True)


@pytest.mark.parametrize(
    "changes",
    [
        {"source": "format = 1"},
        {"options": {"A-1.x": "1"}},
        {"jurisdiction": "3702"},
        {"authority": "37"},
        {"effective_from": date(2019, 1, 1)},
        {"subjects": []},
        {"title": "别的"},
        {"version": 9},
        {"status": "draft"},
    ],
)
def test_text_when_published_then_cannot_be_changed(changes: dict[str, Any]) -> None:
    assert refused(published(), **changes)


def test_text_when_published_then_its_end_comes_only_nearer() -> None:
    text = published(effective_until=date(2030, 1, 1))

    assert refused(text, effective_until=date(2031, 1, 1))
    assert refused(text, effective_until=None)
    assert not refused(text, effective_until=date(2029, 1, 1))


def test_text_when_superseded_then_never_published_again() -> None:
    text = services.withdraw(published(), by=None, on=ON, reason="废止")

    assert refused(text, status="published")


@pytest.mark.parametrize(
    "changes", [{"jurisdiction": "*", "authority": "*"}, {"effective_from": None}]
)
def test_draft_when_place_or_day_is_open_then_database_refuses_publication(
    changes: dict[str, Any],
) -> None:
    text = services.draft(source(), by=None)
    assert not refused(text, **changes)

    assert refused(text, status="published")


@pytest.mark.parametrize(
    ("authority", "held"),
    [("3715", True), ("37", True), ("", True), ("371502", False), ("33", False), ("*", False)],
)
def test_text_when_not_issued_by_its_place_or_one_above_then_database_refuses_it(
    authority: str, held: bool
) -> None:
    text = services.draft(source(), by=None)

    assert refused(text, authority=authority) is not held


def test_text_when_not_issued_by_its_place_or_one_above_then_named_in_words() -> None:
    text = services.draft(source(), by=None)
    text.authority = "33"

    with pytest.raises(ValidationError, match="发文层级不是适用范围本级或上级的代码"):
        text.validate_constraints()


def test_text_when_published_then_not_deleted_and_draft_is() -> None:
    text = published()

    with pytest.raises(DatabaseError, match="Cannot delete rows"), transaction.atomic():
        PolicyText.objects.filter(pk=text.pk)._raw_delete("default")
    services.draft(source("b-1"), by=None).delete()

    assert [text.text_id for text in PolicyText.objects.all()] == ["a-2020"]


def test_status_when_set_past_the_services_then_overlap_is_still_refused() -> None:
    published()
    rival = services.draft(source("b-2021"), by=None)

    with pytest.raises(IntegrityError, match="subject_one_text_a_day"), transaction.atomic():
        PolicyText.objects.filter(pk=rival.pk).update(status="published")


def test_status_when_set_past_the_services_then_text_answers_all_the_same() -> None:
    text = services.draft(source(), by=None)

    PolicyText.objects.filter(pk=text.pk).update(status="published")

    assert text.answers.get().validity == DateRange(date(2020, 1, 1), None)


def test_answers_when_touched_by_the_application_then_only_shortened() -> None:
    answer = published().answers.get()
    acts = [
        lambda rows: rows.delete(),
        lambda rows: rows.update(subject="grids"),
        lambda rows: rows.update(authority="37"),
        lambda rows: rows.update(validity=DateRange(date(2019, 1, 1), None)),
        lambda rows: PolicySubject.objects.create(
            text=answer.text, authority="3702", subject="grids", validity=answer.validity
        ),
    ]

    for act in acts:
        with pytest.raises(DatabaseError), transaction.atomic():
            act(PolicySubject.objects.filter(pk=answer.pk))
    answer.validity = DateRange(date(2020, 1, 1), date(2025, 1, 1))
    answer.save()


def test_text_then_level_and_reading_are_those_of_its_place() -> None:
    text = published(jurisdiction="371502")

    assert (str(text), text.place) == ("《办法a-2020》", "县（市、区）（371502）")
    assert text.parsed.jurisdiction == "371502"


def test_text_when_published_then_checking_it_leaves_it_alone() -> None:
    text = services.withdraw(published(), by=None, on=date(2024, 1, 1), reason="废止")

    text.full_clean()

    assert text.effective_until == date(2024, 1, 1)


def test_text_when_id_or_readings_are_mistaken_then_named() -> None:
    for wrong, field, said in (
        (PolicyText(source=source("A_1")), "source", "文件 · text.id：“A_1”不能用作标识"),
        (PolicyText(source=source("a--1")), "source", "文件 · text.id：输入一个有效的值"),
        (
            PolicyText(source=source(title="长" * 201)),
            "source",
            "文件 · text.title：确保该变量包含",
        ),
        (PolicyText(source=source(), options=["x"]), "options", "写成 {“条款.选项”: “值”}"),
    ):
        with pytest.raises(ValidationError) as caught:
            wrong.clean()

        assert caught.value.message_dict[field][0].startswith(said)


def test_rows_then_named_in_words() -> None:
    answer = published().answers.get()

    assert str(answer) == "《办法a-2020》 一站式服务大厅"
    assert str(PolicyVersion.objects.get(pk="texts")).startswith("texts · ")


def test_nobody_when_asking_then_sees_nothing() -> None:
    published()
    figure().save()
    exemption().save()
    nobody = AnonymousUser()

    assert not PolicyText.objects.for_user(nobody).exists()
    assert not IndexValue.objects.for_user(nobody).exists()
    assert not Exemption.objects.for_user(nobody).exists()


def test_history_when_texts_change_then_recorded_with_the_reason() -> None:
    with scope("0", user=None, command="load"):
        text = services.withdraw(published(), by=None, on=ON, reason="上级废止")

    told = [
        (event.pgh_label, event.status, event.pgh_context.metadata.get("reason"))
        for event in text.events.select_related("pgh_context").order_by("pgh_id")
    ]
    assert [one[:2] for one in told] == [
        ("insert", "draft"),
        ("update", "published"),
        ("update", "superseded"),
    ]
    assert told[-1][2] == "上级废止"


def stamp(name: str) -> Any:
    return PolicyVersion.objects.get(pk=name).stamp


@pytest.mark.parametrize(
    ("name", "act"),
    [
        ("texts", lambda: services.draft(source("b-1"), by=None)),
        ("texts", lambda: services.withdraw(PolicyText.objects.get(), by=None, on=ON, reason="x")),
        ("series", lambda: figure().save()),
        ("exemptions", lambda: exemption().save()),
    ],
)
def test_version_when_something_changes_then_only_its_stamp_is_another(name: str, act: Any) -> None:
    published()
    before = {one: stamp(one) for one in ("texts", "series", "exemptions")}

    act()

    assert {one for one in before if stamp(one) != before[one]} == {name}


def test_version_when_written_by_the_application_then_refused() -> None:
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        PolicyVersion.objects.all().delete()


def figure(**values: Any) -> IndexValue:
    return IndexValue(
        **{
            "division_code": "3715",
            "series": "average_sale_price",
            "year": 2025,
            "value": Decimal("6720.5"),
            "unit": "元/㎡",
            "source": "演示数据",
        }
        | values
    )


def exemption(**values: Any) -> Exemption:
    return Exemption(
        **{
            "code": "371502001001",
            "provision": "A-1",
            "reason": "规模较小",
            "approver": "聊城市民政局",
            "valid_from": date(2025, 1, 1),
        }
        | values
    )


def test_figure_when_unit_is_left_out_then_that_of_the_series() -> None:
    one = figure(unit="")

    one.full_clean()

    assert (one.unit, one.plain_value, str(one)) == (
        "元/㎡", "6720.5", "3715 2025年商品房平均销售价格",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("values", "field", "said"),
    [
        ({"unit": "元/亩"}, "unit", "“商品房平均销售价格”的单位“元/亩”不认识"),
        ({"value": Decimal(0)}, "value", "商品房平均销售价格“0”应大于0"),
        ({"division_code": "371"}, "division_code", "“371”不是区划代码"),
        ({"year": 1900}, "year", ""),
        ({"series": "rainfall"}, "series", ""),
    ],
)
def test_figure_when_mistaken_then_the_field_is_named(
    values: dict[str, Any], field: str, said: str
) -> None:
    with pytest.raises(ValidationError) as caught:
        figure(**values).full_clean()

    assert caught.value.message_dict[field][0].startswith(said)


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({}, "index_once_a_year"),
        ({"division_code": "37150"}, "index_division_shape"),
        ({"year": 1900}, "index_year_range"),
        ({"series": "rainfall"}, "index_series_known"),
    ],
)
def test_figure_when_it_breaks_a_constraint_then_refused(
    values: dict[str, Any], constraint: str
) -> None:
    figure().save()

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        figure(**values).save()


def test_exemption_when_provision_is_unknown_then_the_nearest_is_named() -> None:
    published()

    with pytest.raises(ValidationError) as caught:
        exemption(provision="A-l").full_clean()

    assert caught.value.message_dict == {"provision": ["371502001001没有条款“A-l”；可能是“A-1”"]}


def test_exemption_when_provision_holds_elsewhere_then_refused() -> None:
    published(jurisdiction="3702")

    with pytest.raises(ValidationError) as caught:
        exemption().full_clean()

    assert caught.value.message_dict == {"provision": ["371502001001没有条款“A-1”"]}


def test_exemption_when_days_overlap_then_refused_in_form_and_database() -> None:
    published()
    exemption().save()

    with pytest.raises(ValidationError, match="在这段时间已经有豁免"):
        exemption(valid_from=date(2026, 1, 1)).full_clean()
    with pytest.raises(IntegrityError, match="exemption_once_a_day"), transaction.atomic():
        exemption(valid_from=date(2026, 1, 1)).save()


def test_exemption_when_code_is_mistaken_then_only_the_code_is_told() -> None:
    with pytest.raises(ValidationError) as caught:
        exemption(code="37150200100").full_clean()

    assert caught.value.message_dict == {"code": ["社区代码“37150200100”应为12位数字"]}


def test_exemption_when_scope_is_elsewhere_then_hidden() -> None:
    published()
    exemption().save()

    with scope("371502002"):
        seen = Exemption.objects.count()
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            exemption(provision="A-2").save()

    assert seen == 0


def test_application_when_triggers_are_to_be_switched_off_then_refused() -> None:
    with (
        pytest.raises(DatabaseError, match="must be owner"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("ALTER TABLE policy_policytext DISABLE TRIGGER ALL")
