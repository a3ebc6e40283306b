"""The life of a policy text: draft, adoption, publication, the end of its force."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db.backends.postgresql.psycopg_any import DateRange

from accounts.models import User
from accounts.scope import scope
from policy import services
from policy.engine import load_shipped
from policy.models import PolicySubject, PolicyText
from tests.factories import make_user
from tests.policy.samples import ON, colleague, published, rule, source

pytestmark = pytest.mark.django_db


def rule_with(number: str) -> str:
    """A text whose only value is a number as written."""
    return source().replace("const = 1", f"const = {number}")


# 120 values that are right for the size as written and wrong for 5
ABOVE = "{ clamp = { const = 9 }, low = 9, high = '@size' }"
MANY_READINGS = source(
    provisions=(
        rule(
            more='[provision.options.size]\nlabel = "大小"\nkind = "number"\ndefault = 10\n'
        ).replace("{ const = 1 }", "{ sum = [ " + ", ".join([ABOVE] * 120) + " ] }"),
    )
)


def test_shipped_texts_when_loaded_twice_then_stored_once() -> None:
    first = services.import_texts(on=ON)
    second = services.import_texts(on=ON)

    assert [(text.text_id, text.jurisdiction, text.status) for text in first] == [
        ("liaocheng-2015", "3715", "published"),
        ("shandong-2018", "37", "published"),
        ("organic-law-2026", "", "published"),
        ("city-opinions-2013", "*", "draft"),
        ("beilun", "330206", "published"),
    ]
    assert second == []
    beilun = PolicyText.objects.get(text_id="beilun")
    assert beilun.effective_from == date(2022, 1, 1)
    assert beilun.options == {"BL-FND-2.start_year": "2024"}
    assert beilun.adopted_note.startswith("演示采用")


def newer_release() -> dict[str, str]:
    """The Liaocheng text with another source."""
    return {"liaocheng-2015": f"# 改正一处概要\n{load_shipped('liaocheng-2015').source}"}


def test_shipped_text_when_released_anew_then_supersedes_the_shipped_version() -> None:
    services.import_texts(on=ON)

    (newer,) = services.import_texts(on=ON, sources=newer_release())

    assert (newer.version, newer.status) == (2, "published")
    older = PolicyText.objects.get(text_id="liaocheng-2015", version=1)
    assert (older.status, older.effective_until) == ("superseded", older.effective_from)


def test_shipped_text_when_bureau_has_its_own_version_then_newer_one_stays_a_draft(
    city_officer: User,
) -> None:
    services.import_texts(on=ON)
    own = services.draft(f"# 本局核对\n{load_shipped('liaocheng-2015').source}", by=city_officer)
    services.publish(own, by=colleague(), on=ON, supersede=True)

    (newer,) = services.import_texts(on=ON, sources=newer_release())

    assert (newer.version, newer.status) == (3, "draft")


def test_draft_when_source_is_wrong_then_every_mistake_is_named() -> None:
    wrong = source(provisions=(rule(subject="service_hall"), rule("A-2", more="payer = 1")))

    with pytest.raises(ValidationError) as caught:
        services.draft(wrong, by=None)

    assert caught.value.message_dict == {
        "source": [
            "文件 · A-1 · subject：“service_hall”不在可选项里；可能是“service_halls”",
            "文件 · A-2 · payer：不认识的键“payer”；可能是“payers”",
        ]
    }


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (
            {"C13-FND-1.price_share": "half"},
            "选项“C13-FND-1.price_share”应为确切的数字，现在是“half”",
        ),
    ],
)
def test_draft_when_a_number_is_no_number_then_refused(options: dict[str, str], said: str) -> None:
    with pytest.raises(ValidationError) as caught:
        services.draft(load_shipped("city-opinions-2013").source, by=None, options=options)

    assert caught.value.message_dict["options"] == [said]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"LC-STF-1.roundin": "ceil"}, "没有名为“LC-STF-1.roundin”的选项"),
        ({"LC-STF-1.rounding": "up"}, "选项“LC-STF-1.rounding”没有值“up”"),
    ],
)
def test_draft_when_a_reading_is_unknown_then_refused(options: dict[str, str], said: str) -> None:
    with pytest.raises(ValidationError) as caught:
        services.draft(load_shipped("liaocheng-2015").source, by=None, options=options)

    assert caught.value.message_dict["options"][0].startswith(said)


def test_draft_when_source_names_place_and_day_then_they_hold() -> None:
    text = services.draft(
        source(doc_no="聊政发1号", trial=None), by=None, jurisdiction="3702",
        effective_from=date(2024, 1, 1),
    )  # fmt: skip

    assert (text.jurisdiction, text.authority, text.effective_from) == (
        "3715", "3715", date(2020, 1, 1),
    )  # fmt: skip
    assert (text.doc_no, text.title, text.subjects) == (
        "聊政发1号",
        "办法a-2020",
        ["service_halls"],
    )


def test_draft_when_place_is_outside_the_scope_then_refused(city_officer: User) -> None:
    with pytest.raises(ValidationError) as caught:
        services.draft(source(jurisdiction="37"), by=city_officer)

    assert caught.value.message_dict == {
        "jurisdiction": ["适用范围“37”不在你的辖区3715内。改成以3715开头的代码"]
    }
    assert PolicyText.objects.count() == 0


def test_draft_when_published_then_no_longer_saved() -> None:
    text = published()

    with pytest.raises(ValidationError, match="已经发布，不能再改。起草新的版本"):
        services.save_draft(text, by=None)


def test_draft_when_same_text_and_place_then_next_version() -> None:
    versions = [services.draft(source(), by=None).version for _ in range(2)]

    assert versions == [1, 2]


def test_draft_when_it_becomes_another_text_then_the_next_version_of_that() -> None:
    published()
    text = services.draft(source("b-2025"), by=None)
    text.source = source("a-2020", title="办法修订")

    text = services.save_draft(text, by=None)

    assert (text.text_id, text.version) == ("a-2020", 2)


def test_adoption_when_anybodys_text_then_own_place_days_and_readings(city_officer: User) -> None:
    services.import_texts(on=ON)
    text = PolicyText.objects.get(text_id="city-opinions-2013")

    adopted = services.adopt(
        text, by=city_officer, jurisdiction="3715", effective_from=date(2025, 1, 1),
        options={"C13-STF-1.boundary": "lower"}, note="市政府常务会议",
    )  # fmt: skip

    assert (adopted.status, adopted.jurisdiction, adopted.authority, adopted.version) == (
        "draft", "3715", "3715", 1,
    )  # fmt: skip
    assert adopted.effective_from == date(2025, 1, 1)
    assert adopted.parsed.options["C13-STF-1.boundary"].default == "lower"
    assert adopted.created_by == city_officer
    assert text.parsed.options["C13-STF-1.boundary"].default == "upper"


def test_adoption_when_text_names_another_place_then_refused(administrator: User) -> None:
    with pytest.raises(ValidationError) as caught:
        services.adopt(published(), by=administrator, jurisdiction="3702")

    assert caught.value.message_dict == {
        "jurisdiction": ["《办法a-2020》写明只适用于3715，别处不能采用"]
    }


def test_adoption_without_a_place_then_refused(administrator: User) -> None:
    with pytest.raises(ValidationError, match="没有填适用范围"):
        services.adopt(published(), by=administrator, jurisdiction="*")


def test_publication_when_complete_then_answers_from_its_first_day(city_officer: User) -> None:
    drafter = colleague()
    text = services.draft(source(effective_until=date(2030, 1, 1)), by=drafter)

    done = services.publish(text, by=city_officer, on=ON)

    assert (done.status, done.released_by, done.released_on) == ("published", city_officer, ON)
    (answer,) = PolicySubject.objects.all()
    assert (answer.text, answer.authority, answer.subject, answer.validity) == (
        done, "3715", "service_halls", DateRange(date(2020, 1, 1), date(2030, 1, 1)),
    )  # fmt: skip


def test_publication_when_place_day_and_reading_are_open_then_all_are_named() -> None:
    option = '[provision.options.year]\nlabel = "起始年"\nkind = "year"\n'
    provision = rule(more=f'when = {{ year = {{ at_least = "@year" }} }}\n{option}')
    text = services.draft(
        source(provisions=(provision,), jurisdiction="*", effective_from=None), by=None
    )

    with pytest.raises(ValidationError) as caught:
        services.publish(text, by=None, on=ON)

    assert caught.value.messages == [
        "《办法a-2020》没有适用范围。先由采用的市、县（市、区）采用，再发布",
        "《办法a-2020》没有写明自何日起执行。填“自何日起执行”",
        "口径“起始年”（A-1.year）没有选定。在“采用的口径”里填写",
    ]


def test_publication_when_done_before_then_refused() -> None:
    with pytest.raises(ValidationError, match="状态是“已发布”，只有草稿能发布"):
        services.publish(published(), by=None, on=ON)


def test_publication_when_scope_is_elsewhere_then_refused() -> None:
    text = services.draft(source(), by=None)
    elsewhere = make_user("city_officer", "3702")

    with pytest.raises(ValidationError, match="不在你的辖区3702内"):
        services.publish(text, by=elsewhere, on=ON)


OWN = (
    "《办法a-2020》由你起草或改过，起草的人不能自己发布。"
    "由辖区包含3715的另一位系统管理员或市民政经办人发布"
)


def test_publication_when_drafted_by_the_same_person_then_refused(city_officer: User) -> None:
    text = services.draft(source(), by=city_officer)

    with pytest.raises(ValidationError) as caught:
        services.publish(text, by=city_officer, on=ON)

    assert caught.value.messages == [OWN]
    text.refresh_from_db()
    assert text.status == "draft"


def test_publication_when_the_draft_was_changed_by_the_same_person_then_refused(
    city_officer: User,
) -> None:
    text = services.draft(source(), by=None)
    with scope("3715", user=city_officer.pk):
        text.source = source(title="另定")
        services.save_draft(text, by=city_officer)

    with pytest.raises(ValidationError, match="起草的人不能自己发布"):
        services.publish(text, by=city_officer, on=ON)


def test_publication_when_loaded_by_command_then_anybody_of_the_scope(city_officer: User) -> None:
    text = services.draft(source(), by=None)

    assert services.publish(text, by=city_officer, on=ON).released_by == city_officer


def test_draft_when_issued_above_the_scope_then_refused(city_officer: User) -> None:
    for authority, named in (("37", "37"), ("", "全国")):
        with pytest.raises(ValidationError) as caught:
            services.draft(source(authority=authority), by=city_officer)

        assert caught.value.message_dict == {
            "source": [
                f"text.authority：发文层级“{named}”不在你的辖区3715内。"
                "改成以3715开头的代码，上级的文件由上级起草、发布"
            ]
        }


def test_draft_when_issued_above_and_scope_is_wider_then_stored(administrator: User) -> None:
    text = services.draft(source(authority="37"), by=administrator)

    assert (text.jurisdiction, text.authority) == ("3715", "37")


@pytest.mark.parametrize("act", ["publish", "withdraw"])
def test_act_when_text_is_issued_above_the_scope_then_refused(act: str, city_officer: User) -> None:
    text = services.draft(source(authority="37"), by=None)
    if act == "withdraw":
        services.publish(text, by=None, on=ON)
    more = {"reason": "废止"} if act == "withdraw" else {}

    with pytest.raises(ValidationError, match="发文层级“37”不在你的辖区3715内"):
        getattr(services, act)(text, by=city_officer, on=ON, **more)


def test_adoption_when_nobodys_text_then_issued_by_the_own_place(city_officer: User) -> None:
    text = services.draft(source(jurisdiction="*", authority="*"), by=None)

    adopted = services.adopt(text, by=city_officer, jurisdiction="371502")

    assert (adopted.jurisdiction, adopted.authority) == ("371502", "371502")


DEEP = "value = " + "{ sum = [ " * 900 + "{ const = 1 }" + " ] }" * 900
NUL = source(title="标题").replace("'标题'", '"标\\u0000题"')


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (
            rule_with("1" * 5001),
            "文件：有的数太大，或表和列表套得太深，读不完；改小，或拆成几个条款",
        ),
        (
            rule_with("0x" + "f" * 5000),
            "文件 · A-1 · value.const：这个数太大；绝对值最多10的15次方",
        ),
        (
            source() + "x = " + "[" * 5000,
            "文件：有的数太大，或表和列表套得太深，读不完；改小，或拆成几个条款",
        ),
        (
            source().replace("value = { const = 1 }", DEEP),
            "文件：有的数太大，或表和列表套得太深，读不完；改小，或拆成几个条款",
        ),
        (NUL, "文件 · text.title：第2个字是不能显示的控制字符（U+0000）；删去"),
        (
            source(authority="*"),
            "文件 · text.authority：“*”和适用范围“3715”不相配，“*”要两处都是“*”；去掉 authority",
        ),
    ],
    ids=["digits", "hexadecimal", "brackets", "sums", "nul", "authority"],
)
def test_draft_when_source_cannot_be_held_then_said_and_nothing_stored(
    wrong: str, said: str
) -> None:
    with pytest.raises(ValidationError) as caught:
        services.draft(wrong, by=None)

    assert caught.value.message_dict == {"source": [said]}
    assert PolicyText.objects.count() == 0


def test_readings_when_too_many_are_wrong_then_said() -> None:
    text = services.draft(MANY_READINGS, by=None)
    text.options = {"A-1.size": "5"}

    with pytest.raises(ValidationError) as caught:
        services.save_draft(text, by=None)

    assert caught.value.message_dict["options"][-1].endswith(
        "错误超过100处，后面的没有列出；先改正列出的"
    )
