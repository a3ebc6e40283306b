"""The life of a policy text: draft, adoption, publication, the end of its force."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Max

from accounts.models import Role, User
from accounts.scope import WHOLE_COUNTRY, contains, give_reason
from policy.choices import TextStatus
from policy.engine.texts import ADOPTABLE
from policy.models import PolicySubject, PolicyText

OVERLAP = "subject_one_text_a_day"


def check_within(by: User | None, text: PolicyText) -> None:
    """Refuse a text that holds, or is issued, outside the scope of the person at work.

    by: None is the system itself. A text speaks for its authority, so that a city may not write the
    province's rules, even for itself alone. Raises ValidationError for `jurisdiction` or `source`.
    """
    if by is None:
        return
    if not within(by.scope, text.jurisdiction):
        raise ValidationError(
            {
                "jurisdiction": f"适用范围“{_named(text.jurisdiction)}”不在你的辖区{by.scope}内。"
                f"改成以{by.scope}开头的代码"
            }
        )
    if not within(by.scope, text.authority):
        raise ValidationError(
            {
                "source": f"text.authority：发文层级“{_named(text.authority)}”"
                f"不在你的辖区{by.scope}内。改成以{by.scope}开头的代码，上级的文件由上级起草、发布"
            }
        )


def within(scope: str, code: str) -> bool:
    """Whether a place lies in a scope; the nation and `*` only in the whole country."""
    return scope == WHOLE_COUNTRY or (code not in ("", ADOPTABLE) and contains(scope, code))


def _named(code: str) -> str:
    return {"": "全国", ADOPTABLE: "由采用地确定"}.get(code, code)


@transaction.atomic
def save_draft(text: PolicyText, *, by: User | None) -> PolicyText:
    """Store a new or changed draft and return it; its head is read from its source.

    A new one gets the next version of its text in its jurisdiction.
    Raises ValidationError with every mistake of the source, the options and the dates.
    """
    if not text.is_draft:
        raise ValidationError(f"{text}已经发布，不能再改。起草新的版本")
    text.clean()
    check_within(by, text)
    same = PolicyText.objects.filter(text_id=text.text_id, jurisdiction=text.jurisdiction)
    same = same.exclude(pk=text.pk)
    if text._state.adding or same.filter(version=text.version).exists():
        text.version = (same.aggregate(Max("version"))["version__max"] or 0) + 1
    if text._state.adding:
        text.created_by = by
    text.full_clean()
    text.save()
    return text


def draft(
    source: str,
    *,
    by: User | None,
    jurisdiction: str = ADOPTABLE,
    effective_from: date | None = None,
    effective_until: date | None = None,
    options: Mapping[str, str] | None = None,
    note: str = "",
) -> PolicyText:
    """Store a draft from a TOML source; jurisdiction and days only count where it leaves them open.

    options: {"PROVISION.option": value}. Raises ValidationError as save_draft.
    """
    text = PolicyText(
        source=source,
        jurisdiction=jurisdiction,
        effective_from=effective_from,
        effective_until=effective_until,
        options=dict(options or {}),
        adopted_note=note,
    )
    return save_draft(text, by=by)


def adopt(
    text: PolicyText,
    *,
    by: User | None,
    jurisdiction: str,
    effective_from: date | None = None,
    effective_until: date | None = None,
    options: Mapping[str, str] | None = None,
    note: str = "",
) -> PolicyText:
    """Draft the text of another place or of nobody for a jurisdiction, with its readings and days.

    Raises ValidationError as save_draft, and for a text that names its own jurisdiction.
    """
    if jurisdiction == ADOPTABLE:
        raise ValidationError({"jurisdiction": "没有填适用范围。填采用地的区划代码"})
    if text.as_written.jurisdiction not in (ADOPTABLE, jurisdiction):
        raise ValidationError(
            {"jurisdiction": f"{text}写明只适用于{text.jurisdiction or '全国'}，别处不能采用"}
        )
    return draft(
        text.source,
        by=by,
        jurisdiction=jurisdiction,
        effective_from=effective_from,
        effective_until=effective_until,
        options=options,
        note=note,
    )


@transaction.atomic
def publish(text: PolicyText, *, by: User | None, on: date, supersede: bool = False) -> PolicyText:
    """Put a draft in force from its effective_from, and return it.

    on: the day of publication. supersede: earlier texts of the same authority end, for the subjects
    that this one names, on its effective_from; the row keeps which text ended it.
    Raises ValidationError for open options, a missing place or day, for a draft that `by` has
    written, and for days on which another text of the authority answers for the same subject: it
    names both texts, subjects and days.
    """
    text = PolicyText.objects.select_for_update().get(pk=text.pk)
    _check_ready(text, by)
    if supersede:
        _supersede(text)
    text.status, text.released_by, text.released_on = TextStatus.PUBLISHED, by, on
    try:
        with transaction.atomic():
            text.save(update_fields=["status", "released_by", "released_on"])
    except IntegrityError as error:
        if OVERLAP not in str(error):
            raise
        raise ValidationError(_overlap_message(text)) from error
    return text


def _check_ready(text: PolicyText, by: User | None) -> None:
    if not text.is_draft:
        raise ValidationError(f"{text}的状态是“{text.get_status_display()}”，只有草稿能发布")
    check_within(by, text)
    mistakes = []
    if by is not None and by.pk in _makers(text):
        mistakes.append(
            f"{text}由你起草或改过，起草的人不能自己发布。"
            f"由辖区包含{_named(text.authority)}的另一位{_publishers()}发布"
        )
    if text.jurisdiction == ADOPTABLE:
        mistakes.append(f"{text}没有适用范围。先由采用的市、县（市、区）采用，再发布")
    if text.effective_from is None:
        mistakes.append(f"{text}没有写明自何日起执行。填“自何日起执行”")
    mistakes += [
        f"口径“{option.label}”（{option.key}）没有选定。在“采用的口径”里填写"
        for option in text.parsed.options.values()
        if option.default is None
    ]
    if mistakes:
        raise ValidationError(mistakes)


def _makers(text: PolicyText) -> set[int]:
    """Who drafted a text or has changed the draft since, by its history."""
    users = text.events.values_list("pgh_context__metadata__user", flat=True)  # type: ignore[attr-defined]
    return {text.created_by_id or 0, *(user for user in users if isinstance(user, int))}


def _publishers() -> str:
    """The roles that may publish, in words."""
    roles = Role.objects.filter(permissions__codename="publish_policytext").order_by("pk")
    return "或".join(role.name for role in roles)


def _days(text: PolicyText) -> DateRange:
    return DateRange(text.effective_from, text.effective_until)


def _rivals(text: PolicyText) -> list[PolicySubject]:
    """Rows of the same authority that answer for the text's subjects on some of its days."""
    return list(
        PolicySubject.objects.filter(
            authority=text.authority, subject__in=text.subjects, validity__overlap=_days(text)
        )
        .select_related("text")
        .order_by("text_id", "subject")
    )


def _supersede(text: PolicyText) -> None:
    """End what earlier texts of the authority say on the text's subjects on its first day."""
    assert text.effective_from is not None  # noqa: S101  (checked by _check_ready)
    rivals = _rivals(text)
    list(PolicySubject.objects.select_for_update().filter(pk__in=[row.pk for row in rivals]))
    for row in rivals:
        if row.validity.lower > text.effective_from:
            raise ValidationError(
                f"{row.text}自{row.validity.lower}起执行，晚于{text}的{text.effective_from}，不能被它取代。"
                f"把{text}的“到何日止”填为{row.validity.lower}或更早"
            )
        if not row.text.jurisdiction.startswith(text.jurisdiction):
            raise ValidationError(
                f"{row.text}适用于{row.text.jurisdiction or '全国'}，"
                f"{text}只适用于{text.jurisdiction}，不能取代它。先修订范围较宽的文件"
            )
    _end(rivals, text.effective_from, superseded_by=text)


def _end(rows: Iterable[PolicySubject], on: date, superseded_by: PolicyText | None = None) -> None:
    """Close rows on a day; a text with nothing left to answer for ends then as well."""
    touched = {}
    for row in rows:
        row.validity = DateRange(row.validity.lower, max(on, row.validity.lower))
        row.superseded_by = superseded_by
        row.save(update_fields=["validity", "superseded_by"])
        touched[row.text_id] = row.text
    for text in touched.values():
        if not text.answers.filter(validity__overlap=DateRange(on, None)).exists():
            _end_text(text, on)


def _end_text(text: PolicyText, on: date) -> None:
    assert text.effective_from is not None  # noqa: S101  (published texts have one)
    text.effective_until = max(on, text.effective_from)
    text.status = TextStatus.SUPERSEDED
    text.save(update_fields=["status", "effective_until"])


def _overlap_message(text: PolicyText) -> list[str]:
    """Say of every text in the way: its name, the subjects and the days that collide."""
    said: dict[tuple[str, str], list[str]] = {}
    for row in _rivals(text):
        start = max(row.validity.lower, text.effective_from)
        ends = [day for day in (row.validity.upper, text.effective_until) if day]
        days = f"{start}至{min(ends)}（不含）" if ends else f"{start}起"
        said.setdefault((str(row.text), days), []).append(row.label)
    return [
        f"{text}与{other}同是{text.authority or '全国'}的规定，{days}都规定“{'、'.join(labels)}”。"
        "勾选“取代原来的规定”，或改其中一个文件的起止日期"
        for (other, days), labels in said.items()
    ]


@transaction.atomic
def withdraw(text: PolicyText, *, by: User | None, on: date, reason: str) -> PolicyText:
    """End a published text on a day, from which it no longer holds, and return it.

    A day before its first one ends it as if it had never held. The reason is kept in the history.
    Raises ValidationError for a text that is not in force, or ended before that day already.
    """
    text = PolicyText.objects.select_for_update().get(pk=text.pk)
    check_within(by, text)
    if text.status != TextStatus.PUBLISHED:
        raise ValidationError(
            f"{text}的状态是“{text.get_status_display()}”，只有已发布的能停止执行"
        )
    if text.effective_until and on >= text.effective_until:
        raise ValidationError(
            {"on": f"{text}到{text.effective_until}为止，{on}已不执行。填更早的日期"}
        )
    give_reason(reason)
    for row in text.answers.filter(validity__overlap=DateRange(on, None)):
        row.validity = DateRange(row.validity.lower, max(on, row.validity.lower))
        row.save(update_fields=["validity"])
    _end_text(text, on)
    return text
