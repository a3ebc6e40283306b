"""The gate of recruitment: who does not meet the clauses of the day of entry is not entered."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from staffing.choices import Identity
from staffing.selectors.recruiting import Entry, Ruling, rulings_on


def refusals(entry: Entry, *, has_diploma: bool) -> list[str]:
    """Why somebody is not recruited, in sentences that quote the clause; none: nothing hinders.

    An entry registered late is judged by its own day. Who was not recruited is not judged. Where no
    text in force asks anything, nothing is refused.
    """
    if entry.identity != Identity.RECRUITED:
        return []
    said = []
    for ruling in rulings_on(entry):
        if ruling.reason:
            said.append(_sentence(ruling))
        elif ruling.asks_education and not has_diploma:
            said.append(
                f"没有学历证书材料。{ruling.clause}：{ruling.summary}。在“学历证书”选择文件"
            )
    return said


def check_recruit(entry: Entry, *, has_diploma: bool) -> None:
    """Refuse somebody who may not be recruited. Raises ValidationError with all the reasons."""
    if said := refusals(entry, has_diploma=has_diploma):
        raise ValidationError([ValidationError(one, code="recruit") for one in said])


def _sentence(ruling: Ruling) -> str:
    what = "不能核对招聘条件" if ruling.unknown else "不符合招聘条件"
    return f"{what}：{ruling.reason}。{ruling.clause}：{ruling.summary}"
