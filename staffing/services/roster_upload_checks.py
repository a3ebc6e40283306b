"""What is found of a row of a roster beside its cells: days, ages, other rows, taken posts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from accounts.scope import DISTRICT
from collection.rules.findings import LOOK, UNLIKELY, WRONG
from staffing.choices import SINGLE_POSTS, Education, Identity, Post
from staffing.models import Appointment
from staffing.rules.entry import age_at_entry, education_on
from staffing.rules.roster_fields import FIELDS, PERSON, written
from staffing.selectors.recruiting import Entry, rulings_of
from staffing.services.roster_upload_plans import Plan
from staffing.services.roster_upload_rows import Row
from staffing.services.roster_upload_stored import Stored, posted_in_city

YOUNGEST: Final = 18
OLDEST: Final = 70
LEVELS: Final = Education.values  # the lowest first
# who a row is about has to be the same in every row of that person
SAME: Final = (*PERSON, "certificate_level")


@dataclass
class Others:
    """The rows of a file by what two of them may not both say."""

    by_key: dict[int, list[Row]] = field(default_factory=lambda: defaultdict(list))
    by_hmac: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    by_post: dict[tuple[int, str], list[Row]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, rows: Iterable[Row]) -> Others:
        """Rows by person, by identity number, and by community and post of one person."""
        found = cls()
        for row in rows:
            if row.key is not None:
                found.by_key[row.key].append(row)
            if row.identity.hmac and row.street:
                found.by_hmac[row.identity.hmac].append(row)
            for post in row.posts:
                if post in SINGLE_POSTS and row.community is not None:
                    found.by_post[row.community, post].append(row)
        return found

    def ends(self, one: Appointment) -> date | None:
        """The day on which the file ends a post that one person holds; None where it does not."""
        if one.valid_until is not None:
            return one.valid_until
        for row in self.by_post.get((one.community_id, one.post), ()):
            until: date | None = row.values.get("valid_until")
            who = one.person
            same = row.triple == (who.name, who.born_in, who.sex) or (
                row.identity.hmac != "" and row.identity.hmac == who.identity_hmac
            )
            if until is not None and same and until > one.valid_from:
                return until
        return None


def check_days(plan: Plan, on: date) -> None:
    """Days that come too late or too early, and the ages that they make."""
    values = plan.row.values
    since, until, born = (values.get(name) for name in ("valid_from", "valid_until", "born_in"))
    held = {one.valid_until for one in plan.ended} | {one.valid_until for one, _ in plan.changed}
    for name in ("valid_from", "joined_on", "highest_education_on", "issued_on"):
        day = values.get(name)
        if day is not None and day > on:
            plan.find(name, WRONG, f"{FIELDS[name].label}{day}还没有到。改成{on}或以前的日期")
    if until is not None and since is not None and until <= since:
        plan.find("valid_until", WRONG, f"离任日期{until}不晚于任职日期{since}。改其中一个日期")
    elif until is not None and until > on and until not in held and (plan.begun or plan.ended):
        plan.find("valid_until", WRONG, f"离任日期{until}还没有到。到那天再登记，或空着")
    for one in plan.ended:
        if until is not None and until <= one.valid_from:
            label = Post(one.post).label
            plan.find("valid_until", WRONG,
                f"{label}自{one.valid_from}任职，离任日期{until}应晚于这一天")  # fmt: skip
    if born is not None:
        _check_ages(plan, born, since, on)
    _check_education(plan)


def _check_ages(plan: Plan, born: date, since: date | None, on: date) -> None:
    if since is not None and plan.begun and since <= on:
        age = age_at_entry(born, since, born)
        if age < YOUNGEST:
            plan.find("born_in", UNLIKELY, f"任职时{age}岁，不满{YOUNGEST}岁。核对，写明原因")
    until = plan.row.values.get("valid_until")
    age = age_at_entry(born, until or on)
    if age > OLDEST and (plan.begun or "born_in" in plan.before):
        plan.find("born_in", UNLIKELY, f"{age}岁，超过{OLDEST}岁。核对，写明原因")


def _check_education(plan: Plan) -> None:
    first, highest = (
        plan.row.values.get(name, getattr(plan.person, name, None))
        for name in ("full_time_education", "highest_education")
    )
    given = {"full_time_education", "highest_education"} & {*plan.row.values}
    if not (given and first and highest) or LEVELS.index(highest) >= LEVELS.index(first):
        return
    lower, higher = written("highest_education", highest), written("full_time_education", first)
    plan.find("highest_education", UNLIKELY, f"{lower}低于全日制学历{higher}。核对，写明原因")


def check_others(plan: Plan, others: Others) -> None:
    """Rows of the file that speak of the same person, number or post and do not agree."""
    row = plan.row
    for other in others.by_hmac.get(row.identity.hmac, ()) if row.identity.hmac else ():
        if other.street == row.street and other.triple != row.triple:
            plan.find("identity_number", WRONG,
                f"和第{other.number}行是同一个身份证号，姓名不同。改其中一行")  # fmt: skip
            break
    same = [one for one in others.by_key.get(row.key or 0, ()) if one.number != row.number]
    # two people of one name, month and sex have two numbers
    same = [one for one in same if not _two_numbers(row, one)]
    for other in same:
        _check_same_person(plan, other)
    for post in row.posts:
        rivals = others.by_post.get((row.community or 0, post), ())
        for other in rivals:
            if other.key != row.key and overlap(row, other):
                plan.find("posts", WRONG,
                    f"和第{other.number}行都是{Post(post).label}，只能有一个人担任。"
                    "改其中一行，或写离任日期")  # fmt: skip
                break


def _two_numbers(row: Row, other: Row) -> bool:
    mine, theirs = row.identity, other.identity
    if mine.hmac and theirs.hmac:
        return mine.hmac != theirs.hmac
    return bool(mine.mask and theirs.mask and mine.mask != theirs.mask)


def _check_same_person(plan: Plan, other: Row) -> None:
    row = plan.row
    for name in SAME:
        mine, theirs = row.values.get(name), other.values.get(name)
        if mine is not None and theirs is not None and mine != theirs:
            label = FIELDS[name].label
            plan.find(name, WRONG, f"和第{other.number}行是同一个人，{label}不同。改其中一行")
    if row.phone_hash and other.phone_hash and row.phone_hash != other.phone_hash:
        plan.find("phone", WRONG, f"和第{other.number}行是同一个人，电话不同。改其中一行")
    if other.community != row.community:
        if plan.begun and overlap(row, other):
            plan.find("posts", UNLIKELY,
                f"第{other.number}行他在{other.typed_name or other.code}也有职务。"
                "兼任的写明原因；调动的，那一行写离任日期")  # fmt: skip
    elif {*row.posts} & {*other.posts} and overlap(row, other):
        plan.find("posts", WRONG, f"和第{other.number}行是同一个人的同一职务。留一行，其余删去")


def overlap(row: Row, other: Row) -> bool:
    """Whether two rows claim their posts on one day."""
    (since, until), (since_, until_) = row.span, other.span
    return since < until_ and since_ < until


def check_held(plan: Plan, stored: Stored, others: Others) -> None:
    """Posts that somebody else holds, and posts of the person in other communities."""
    row = plan.row
    since, until = row.span
    held = stored.posts.get(plan.person.pk, []) if plan.person else []
    for post in plan.begun:
        for one in held:
            same = (one.community_id, one.post) == (row.community, post)
            if same and one.valid_from < until and (one.valid_until or date.max) > since:
                plan.find("valid_from", WRONG, f"他{_since(one)}任{Post(post).label}。核对日期")
        for one in stored.holders.get((row.community or 0, post), ()):
            mine = plan.person is not None and one.person_id == plan.person.pk
            end = others.ends(one) or date.max
            if not mine and one.valid_from < until and end > since:
                who = f"{one.person.name}{_since(one)}任{Post(post).label}"
                plan.find("posts", WRONG, f"{who}。先写他的离任日期，或改任职日期")
    if not plan.begun:
        return
    elsewhere = {
        stored.names[one.community_id]: Post(one.post).label
        for one in held
        if one.community_id != row.community
        and one.valid_from < until
        and (one.valid_until or date.max) > since
    }
    for name, label in sorted(elsewhere.items()):
        plan.find("posts", UNLIKELY,
            f"他现在{name}任{label}。兼任的写明原因；调动的，在人员变动里办调动")  # fmt: skip


def _since(one: Appointment) -> str:
    until = f"至{one.valid_until}" if one.valid_until else "至今"
    return f"自{one.valid_from}{until}"


def in_post_elsewhere(plans: Collection[Plan], on: date) -> set[int]:
    """The rows with new posts of people whose identity number has a post in another street.

    For rows that are taken: before that nobody is told, or a file would ask of the whole city.
    """
    numbers: dict[str, list[Plan]] = defaultdict(list)
    for plan in plans:
        hmac = plan.row.identity.hmac or (plan.person.identity_hmac if plan.person else "")
        if plan.begun and hmac:
            numbers[hmac].append(plan)
    streets = {plan.row.street for plan in plans if plan.row.street}
    return {
        plan.row.number
        for hmac, street in posted_in_city(numbers.keys(), streets, on)
        for plan in numbers[hmac]
        if plan.row.street != street
    }


def check_recruits(plans: Sequence[Plan], on: date) -> None:
    """What the clauses of the day of entry say of new recruits: this year's are refused.

    Older entries ask for a reason: what was done cannot be undone by a file.
    """
    by_district: dict[str, list[tuple[Plan, Entry]]] = defaultdict(list)
    for plan in plans:
        if (entry := _entry(plan, on)) is not None:
            by_district[plan.row.code[:DISTRICT]].append((plan, entry))
    for prefix, pairs in by_district.items():
        found = rulings_of([entry for _, entry in pairs], prefix)
        for place, (plan, entry) in enumerate(pairs):
            for ruling in found.get(place, ()):
                if ruling.reason:
                    what = "不能核对招聘条件" if ruling.unknown else "不符合招聘条件"
                    said = f"{what}：{ruling.reason}。{ruling.clause}：{ruling.summary}"
                    this_year = entry.on.year == on.year
                    more = "" if this_year else "。写明原因"
                    plan.find("identity", WRONG if this_year else UNLIKELY, f"{said}{more}")
                elif ruling.asks_education:
                    plan.find("identity", LOOK, "招聘要求学历，导入后在人员变动里补传学历证书")


def _entry(plan: Plan, on: date) -> Entry | None:
    """The entry of somebody who is recruited by the row; None for others."""
    values, row = plan.row.values, plan.row
    since, born = values.get("valid_from"), values.get("born_in")
    if not plan.begun or values.get("identity") != Identity.RECRUITED or "posts" in plan.before:
        return None
    if since is None or born is None or since > on:
        return None
    known: Mapping[str, object] = values
    first, highest, day = (
        known.get(name, getattr(plan.person, name, None))
        for name in ("full_time_education", "highest_education", "highest_education_on")
    )
    education = education_on(
        str(first or ""), str(highest or ""), day if isinstance(day, date) else None, since
    )
    age = age_at_entry(born, since)
    return Entry(row.code, plan.begun[0], Identity.RECRUITED, education, age, since)
