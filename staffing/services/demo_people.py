"""Demo people: made from codes alone; names, numbers and telephones belong to nobody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from communities.services.demo import Draw
from communities.typed import IDENTITY_WEIGHTS
from staffing.choices import Education, Identity, PayChannel, PoliticalStatus, Post
from staffing.typed import CHECK_CHARACTERS

SURNAMES: Final = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
FIRST: Final = {
    "female": "丽敏静秀桂玉婷雪春晓海凤红文建慧淑美燕月",
    "male": "伟强磊军洋勇杰涛明超建国志海文永庆春立玉",
}
SECOND: Final = {
    "female": "芳娟英华霞兰梅琴云玲萍洁颖琳玉珍莉丽艳",
    "male": "平刚峰龙辉波斌鹏宇林生东民福成忠山海亮",
}
SCHOOLS: Final = ("聊城大学", "聊城职业技术学院", "山东广播电视大学", "宁波大学", "东营职业学院")
MAJORS: Final = ("社会工作", "行政管理", "法学", "会计", "计算机应用", "汉语言文学", "护理")
# no place has a code that begins with 99, and no telephone number begins with 154
NOBODYS_PLACE, NOBODYS_PHONE = "990000", "154"
ELECTED_ON, RECRUITED_FROM = date(2021, 12, 10), 2016
LEVELS: Final = (
    (0.02, Education.JUNIOR_HIGH),
    (0.30, Education.SENIOR_HIGH),
    (0.66, Education.JUNIOR_COLLEGE),
    (0.97, Education.BACHELOR),
    (1.01, Education.MASTER),
)


@dataclass(frozen=True)
class Place:
    """A demo community with what its facts say of people in post, and how many live there."""

    key: int
    code: str
    committee: int
    party: int
    workers: int
    residents: int


@dataclass(frozen=True)
class Human:
    """A demo person: columns of Person, the made-up numbers, and the posts as columns."""

    columns: dict[str, Any]
    identity_number: str
    phone: str
    posts: tuple[dict[str, Any], ...]
    certificate: dict[str, Any] | None


def identity_number(born: date, draw: Draw, sex: str) -> str:
    """A number with the right check character, of a place that does not exist."""
    order = draw.whole(9, 0, 498) * 2 + (1 if sex == "male" else 0)
    first = f"{NOBODYS_PLACE}{born:%Y%m}{draw.whole(10, 1, 28):02}{order:03}"
    total = sum(int(sign) * by for sign, by in zip(first, IDENTITY_WEIGHTS, strict=True))
    return first + CHECK_CHARACTERS[total % 11]


def _of(part: float, choices: str) -> str:
    return choices[int(part * len(choices))]


def _name(draw: Draw, sex: str) -> str:
    given = _of(draw.part(1), FIRST[sex])
    if draw.part(2) < 0.72:
        given += _of(draw.part(3), SECOND[sex])
    return _of(draw.part(0), SURNAMES) + given


def _columns(code: str, draw: Draw, elected: bool) -> dict[str, Any]:
    sex = "female" if draw.part(4) < 0.62 else "male"
    year = draw.whole(5, 1966, 1994) if elected else draw.whole(5, 1984, 2001)
    born = date(year, draw.whole(6, 1, 12), 1)
    full_time = next(level for limit, level in LEVELS if draw.part(7) < limit)
    later = full_time in (Education.SENIOR_HIGH, Education.JUNIOR_COLLEGE) and draw.part(8) < 0.35
    highest = {
        Education.SENIOR_HIGH: Education.JUNIOR_COLLEGE,
        Education.JUNIOR_COLLEGE: Education.BACHELOR,
    }.get(full_time, full_time)
    studied = full_time not in (Education.JUNIOR_HIGH, Education.SENIOR_HIGH) or later
    joined = max(RECRUITED_FROM, year + 23) if not elected else max(2012, year + 25)
    return {
        "code": code[:9],
        "name": _name(draw, sex),
        "sex": sex,
        "born_in": born,
        "ethnicity": "回族" if draw.part(11) < 0.03 else "汉族",
        "political_status": PoliticalStatus.PARTY
        if draw.part(12) < (0.75 if elected else 0.4)
        else PoliticalStatus.NONE,
        "full_time_education": full_time,
        "highest_education": highest if later else full_time,
        "highest_education_on": date(min(2024, year + 33), 7, 1) if later else None,
        "school": SCHOOLS[draw.whole(13, 0, len(SCHOOLS) - 1)] if studied else "",
        "major": MAJORS[draw.whole(14, 0, len(MAJORS) - 1)] if studied else "",
        "joined_on": date(min(2021, joined), draw.whole(15, 1, 12), 1),
        "is_demo": True,
    }


def post_of(post: Post, since: date | None, **values: Any) -> dict[str, Any]:
    """The columns of a post; without a day it begins when the person joined."""
    elected = post not in (Post.WORKER, Post.GRID_WORKER, Post.WELFARE_POST)
    identity = Identity.ELECTED if elected else Identity.RECRUITED
    return {
        "post": post,
        "identity": identity,
        "pay_channel": PayChannel.FUNDED,
        "valid_from": since,
        "basis": "2021年换届选举" if elected else "公开招聘",
        **values,
    }


def people_of(place: Place) -> Iterator[Human]:
    """The people of a community, so many as its facts say; some hold a post in both committees."""
    for number, posts in enumerate(_posts_of(place)):
        yield human(place.code, f"person {number}", posts)


def human(code: str, key: str, posts: tuple[dict[str, Any], ...] = (), **columns: Any) -> Human:
    """A person of a community who follows from its code and a key.

    posts: as columns of Appointment; who has none is made as one of a committee. Further columns
    of Person stand above the drawn ones.
    """
    draw = Draw(f"{code} {key}")
    elected = not posts or posts[0]["identity"] == Identity.ELECTED
    drawn = _columns(code, draw, elected)
    if any(post["post"] in (Post.SECRETARY, Post.PARTY_MEMBER) for post in posts):
        drawn["political_status"] = PoliticalStatus.PARTY
    if not elected:
        since = date(drawn["joined_on"].year, drawn["joined_on"].month, 1)
        posts = tuple({**post, "valid_from": post["valid_from"] or since} for post in posts)
        # whoever was recruited had studied before
        if drawn["full_time_education"] in (Education.JUNIOR_HIGH, Education.SENIOR_HIGH):
            drawn |= {"full_time_education": Education.JUNIOR_COLLEGE}
            drawn |= {"highest_education": Education.JUNIOR_COLLEGE}
            drawn |= {"highest_education_on": None, "school": SCHOOLS[1], "major": MAJORS[0]}
    drawn |= columns
    phone = f"{NOBODYS_PHONE}{draw.digest.hex().translate(_DIGITS)[:8]}"
    number = identity_number(drawn["born_in"], draw, drawn["sex"])
    return Human(drawn, number, phone, posts, _certificate(draw, code))


_DIGITS: Final = str.maketrans("abcdef", "012345")


def _posts_of(place: Place) -> Iterator[tuple[dict[str, Any], ...]]:
    """The posts of each person of a community: committee first, party, workers, grid workers."""
    draw = Draw(f"{place.code} posts")
    both = min(place.committee, place.party, draw.whole(0, 1, 4))
    shoulder = draw.part(1) < 0.7
    for number in range(place.committee):
        post = (
            Post.DIRECTOR
            if number == 0
            else Post.DEPUTY
            if number == 1 and place.committee > 5
            else Post.MEMBER
        )
        here = number < place.residents
        held = [post_of(post, ELECTED_ON, lives_here=here)]
        if number < both:
            first = Post.SECRETARY if shoulder else Post.DEPUTY_SECRETARY
            party = first if number == 0 else Post.PARTY_MEMBER
            held.append(post_of(party, ELECTED_ON, basis="2021年党组织换届"))
        yield tuple(held)
    for number in range(place.party - both):
        post = Post.SECRETARY if number == 0 and not shoulder else Post.PARTY_MEMBER
        if both == 0 and number == 0:
            post = Post.SECRETARY
        yield (post_of(post, ELECTED_ON, basis="2021年党组织换届"),)
    for _ in range(place.workers):
        yield (post_of(Post.WORKER, None, lives_here=None),)
    if draw.part(2) < 0.25:
        elsewhere = {"identity": Identity.WELFARE_POST, "pay_channel": PayChannel.OWN}
        yield (post_of(Post.WELFARE_POST, None, **elsewhere),)


def _certificate(draw: Draw, code: str) -> dict[str, Any] | None:
    part = draw.part(14)
    if part > 0.3:
        return None
    issued = date(2018 + draw.whole(3, 0, 6), 11, 1)
    return {
        "code": code[:9],
        "level": "assistant" if part < 0.2 else "intermediate",
        "registration_no": f"演示{issued.year}{draw.whole(2, 1, 9999):04}",
        "issued_on": issued,
        "expires_on": date(issued.year + 9, 11, 1) if part < 0.1 else None,
        "is_demo": True,
    }
