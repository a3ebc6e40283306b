"""核查 of staff: the kinds in their order, what moves money first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from staffing.selectors import checks_money as money
from staffing.selectors import checks_people as people
from staffing.selectors import checks_posts as posts
from staffing.selectors.checks_ground import Finding, Ground

PERSON, STAFF, PAY, ACT = "person", "staff", "pay", "act"


@dataclass(frozen=True)
class Kind:
    """A check: its key, its name, what it says, how it finds, and where a line is mended.

    mend: PERSON, the person's page; STAFF, the community's people; PAY, the person's pay; ACT.
    info: what is found is no fault.
    """

    key: str
    label: str
    says: str
    find: Callable[[Ground], list[Finding]]
    mend: str
    unit: str = "条"
    info: bool = False


@dataclass(frozen=True)
class Group:
    title: str
    note: str
    kinds: tuple[Kind, ...]


GROUPS = (
    Group("吃空饷", "重复领、离任后领、不该领", (
        Kind("two-communities", "同一人在两个社区领报酬",
             "同一证件号码，今年同时在两个社区任职，报酬渠道都是社区经费。"
             "街道只查本街道，区、市跨街道查",
             money.in_two_communities, PERSON),
        Kind("paid-twice", "实发月份重复", "同一人从社区经费领取的实发记录，月份有重叠",
             money.paid_twice, PAY),
        Kind("paid-outside", "没有任职的月份有实发",
             "整月没有任职，仍从社区经费实发，今年和去年的记录", money.paid_outside, PAY),
        Kind("own-channel", "应由原渠道付酬", "由原渠道付酬或登记为不领报酬，"
             "又从社区经费领报酬，今年和去年的记录",
             money.paid_by_the_funds, PERSON),
    )),
    Group("人员登记", "在岗和已登记的人员", (
        Kind("same-person", "疑似同一人", "姓名、性别、出生年月都相同，其中有的没有证件号码。"
             "补登记证件号码，或确认不是同一人", people.same_persons, PERSON),
        Kind("no-number", "没有证件号码", "在岗人员没有登记证件号码，跨街道重复任职查不出",
             people.without_number, PERSON),
        Kind("no-post", "没有任职也没有退出", "有登记，没有任何任职，也没有退出记录",
             people.without_post, PERSON),
        Kind("unchecked", "变动超过30天没有核对", "登记满30天，还没有别人核对",
             people.unchecked_acts, ACT),
    )),
    Group("班子配备", "居委会和党组织", (
        Kind("vacant", "没有书记或主任", "有花名册的社区，没有在任的党组织书记或居委会主任",
             posts.vacant_posts, STAFF),
        Kind("short", "居委会成员不足", "花名册在岗成员少于现行文件要求的最少人数",
             posts.short_committees, STAFF),
        Kind("residents", "居住在本社区的成员不足",
             "居委会成员里居住在本社区的人数，少于现行文件的最少人数",
             posts.few_residents, STAFF),
        Kind("police", "民警占居委会职数", "按现行文件，兼任副职的民警不占居委会职数",
             posts.police_in_committees, PERSON),
        Kind("collective", "集体经济组织负责人任居委会成员",
             "集体经济组织负责人不兼任居委会成员，按人员登记的“任集体经济组织负责人”核对",
             posts.collective_leaders, PERSON),
        Kind("both", "书记、主任一肩挑", "书记和主任是同一人，供了解", posts.both_posts, PERSON,
             unit="个", info=True),
        Kind("no-roster", "没有登记人员的社区", "在册的城市社区，花名册里没有人",
             posts.without_roster, STAFF, unit="个"),
    )),
    Group("条件和证书", "招聘条件、证书期限", (
        Kind("recruits", "招聘时不符合条件",
             "按招聘当日有效的文件核对学历和年龄，当日的年龄按出生月份取小",
             people.unfit_recruits, PERSON),
        Kind("certificates", "证书过期或90天内到期", "在岗人员的职业资格证书登记有效期",
             people.certificates, PERSON),
    )),
)  # fmt: skip
KINDS = {kind.key: kind for group in GROUPS for kind in group.kinds}
