"""The columns of a roster (花名册): one table for workbook, import and its errors.

Names that are columns of Person, Certificate or Appointment are those columns; `posts` are the
posts of a row, `certificate_level` and the three after it the certificate.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import partial
from typing import Any, Final

from django.core.exceptions import ValidationError

from collection.rules import reading
from collection.rules.fields import Field
from collection.rules.reading import NULLS, CellError
from communities.typed import line, shown
from staffing import typed
from staffing.choices import (
    ETHNICITIES,
    CertificateLevel,
    Education,
    Identity,
    LeaveReason,
    PayChannel,
    PoliticalStatus,
    Post,
    Sex,
)

HIGHEST_GRADE: Final = 36
BETWEEN: Final = re.compile(r"[、，,;；/|＋+&\n]|兼任?(?!职)")
BRACKETED: Final = re.compile(r"[（(【\[].*?[）)】\]]")
YES, NO = "是", "否"


def _choice(name: str, label: str, choices: Any, *aliases: str, hint: str = "") -> Field:
    return Field(name, "", label, "choice", hint=hint, choices=tuple(choices), aliases=aliases)


def _text(name: str, label: str, most: int, *aliases: str, hint: str = "") -> Field:
    return Field(name, "", label, "text", hint=hint, most=most, aliases=aliases)


def _day(name: str, label: str, *aliases: str, hint: str = "") -> Field:
    return Field(name, "", label, "date", hint=hint, aliases=aliases)


def _flag(name: str, label: str, *aliases: str, hint: str = "") -> Field:
    return Field(name, "", label, "flag", hint=hint, aliases=aliases)


PERSON_NAME: Final = _text("person_name", "姓名", 32, "名字", "人员姓名", "工作人员姓名")
IDENTITY_NUMBER: Final = _text(
    "identity_number", "身份证号", 18, "身份证号码", "身份证", "证件号码", "证件号", "公民身份号码",
    "居民身份证号码", "居民身份证号", "公民身份证号码",
    hint="18位，只用来核对是否重复登记，系统里只显示后四位；带*的是已登记的，不改它就不变",
)  # fmt: skip

FIELDS: Final[dict[str, Field]] = {
    one.name: one
    for one in (
        PERSON_NAME,
        IDENTITY_NUMBER,
        _choice("sex", "性别", Sex.choices),
        _text("born_in", "出生年月", 20, "出生日期", "生日", "出生时间", "出生年月日",
            hint="如1985-06；填了身份证号可空着"),
        _choice("ethnicity", "民族", [(one, one) for one in ETHNICITIES]),
        _choice("political_status", "政治面貌", PoliticalStatus.choices, "政治身份", "面貌"),
        _choice("full_time_education", "全日制学历", Education.choices, "全日制教育",
            "全日制教育学历", "第一学历", "全日制文化程度"),
        _choice("highest_education", "最高学历", Education.choices, "学历", "文化程度",
            "现学历", "在职教育", "在职学历"),
        _day("highest_education_on", "最高学历取得日期", "最高学历取得时间",
            hint="全日制毕业就有的空着"),
        _text("school", "毕业院校", 64, "毕业学校", "学校", "毕业院校及专业", "毕业院校系及专业"),
        _text("major", "专业", 64, "所学专业"),
        _text("posts", "职务", 60, "现任职务", "社区职务", "岗位", "职位", "担任职务", "任职职务",
            hint="兼任的用顿号隔开，如党组织书记、居委会主任；也可以一个职务一行"),
        _flag("both", "一肩挑", "是否一肩挑", "书记主任一肩挑", "是否书记主任一肩挑",
            hint="书记和主任是一个人的填是"),
        _choice("identity", "身份", Identity.choices, "人员身份", "身份类别", "人员类别",
            "人员来源", "来源"),
        _choice("pay_channel", "报酬渠道", PayChannel.choices, "报酬来源", "工资渠道",
            "发放渠道", "经费渠道", "报酬发放渠道"),
        _day("valid_from", "任职日期", "任职时间", "现任职务时间", "任现职时间", "任现职日期",
            "任现职务时间"),
        _text("basis", "任职依据", 100, "任职文号", "依据", hint="文号或选举结果"),
        _flag("lives_here", "居住在本社区", "是否居住在本社区", "是否居住本社区", "居住本社区",
            "本社区居住", "是否本社区居民", "是否在本社区居住"),
        Field("grade", "", "岗位等级", "count", "级", hint="", most=HIGHEST_GRADE,
            aliases=("等级", "岗级", "薪级", "岗位级别")),
        _day("joined_on", "参加社区工作日期", "参加社区工作时间", "从事社区工作时间",
            "从事社区工作日期", "进入社区工作时间", "入职日期", "入职时间", "进入社区时间"),
        _choice("certificate_level", "证书级别", CertificateLevel.choices, "职业资格", "社工证",
            "职业水平证书", "社会工作者职业资格", "社会工作者职业水平", "社工证级别", "证书等级",
            "社会工作职业资格"),
        _text("registration_no", "证书登记号", 40, "登记号", "证书编号", "证书号", "社工证编号"),
        _day("issued_on", "证书取得日期", "证书取得时间", "取证时间", "取证日期", "发证日期"),
        _day("expires_on", "登记有效期至", "证书有效期", "有效期至", "登记有效期", "有效期",
            hint="长期有效的空着"),
        _flag("leads_collective", "任集体经济组织负责人", "集体经济组织负责人",
            "是否集体经济组织负责人"),
        _text("phone", "联系电话", 20, "电话", "手机", "手机号", "手机号码", "联系方式",
            "电话号码", "联系号码",
            hint="手机号或固定电话，系统里只显示后四位；带*的是已登记的，不改它就不变"),
        _day("valid_until", "离任日期", "离任时间", "离职日期", "离职时间", "退出日期", "退出时间",
            "卸任日期", hint="这一天起不再任职；在岗的空着"),
        _choice("leave_reason", "离任原因", LeaveReason.choices, "离职原因", "退出原因"),
        _text("remarks", "备注", 500),
    )
}  # fmt: skip
SEALED: Final = frozenset({"identity_number", "phone"})
# what tells one person from another: never taken away by “—”
FIXED: Final = frozenset({"person_name", "sex", "born_in", "ethnicity", "posts", "both",
    "identity", "pay_channel", "valid_from", "certificate_level", "issued_on"})  # fmt: skip
PERSON: Final = (
    "sex", "born_in", "ethnicity", "political_status", "full_time_education", "highest_education",
    "highest_education_on", "school", "major", "joined_on", "leads_collective", "remarks",
)  # fmt: skip
POST: Final = ("identity", "pay_channel", "valid_from", "valid_until", "basis", "lives_here",
    "grade")  # fmt: skip
CERTIFICATE: Final = ("registration_no", "issued_on", "expires_on")
# columns of rosters that the system works out itself, or that stand elsewhere
BESIDE: Final = frozenset({"年龄", "工龄", "工作年限", "社区工作年限", "任职年限", "五险",
    "社会保险", "社保", "照片", "所属街道", "所在街道"})  # fmt: skip

# words of people for what the choices call otherwise
WORDS: Final[dict[str, dict[str, str]]] = {
    "sex": {"男性": "male", "女性": "female"},
    "political_status": {
        "党员": "party", "正式党员": "party", "共产党员": "party", "中国共产党党员": "party",
        "预备党员": "probationary", "团员": "league", "无": "none", "无党派": "none",
        "普通群众": "none", "无党派人士": "none",
    },
    "education": {
        "小学": "primary", "小学以下": "primary", "文盲": "primary", "高中": "senior_high",
        "中专": "senior_high", "中技": "senior_high", "职高": "senior_high",
        "高中/中专": "senior_high", "高中及中专": "senior_high", "中专/高中": "senior_high",
        "专科": "junior_college", "大学专科": "junior_college", "高职": "junior_college",
        "大学": "bachelor", "大学本科": "bachelor", "硕士": "master", "研究生": "master",
        "硕士研究生及以上": "master", "博士": "doctor",
    },
    "identity": {
        "选举": "elected", "选任": "elected", "招录": "recruited", "公开招聘": "recruited",
        "聘用": "recruited", "选派": "seconded", "公益岗": "welfare_post", "公岗": "welfare_post",
        "三支一扶人员": "three_supports", "民警": "police",
    },
    "pay_channel": {
        "财政": "funded", "社区": "funded", "财政经费": "funded", "单位": "own_channel",
        "原单位": "own_channel", "不领": "unpaid", "无报酬": "unpaid", "无": "unpaid",
    },
    "certificate_level": {
        "助理": "assistant", "初级": "assistant", "助理社工师": "assistant",
        "初级社工": "assistant", "中级": "intermediate", "中级社工": "intermediate",
        "社工师": "intermediate", "中级社会工作师": "intermediate", "高级": "senior",
        "高级社工师": "senior", "其他": "other",
    },
    "leave_reason": {"死亡": "died", "离世": "died", "换届": "term", "任期届满": "term",
        "到龄退休": "retired", "解聘": "dismissed", "调离": "moved"},
}  # fmt: skip
WORDS_OF: Final = {
    "full_time_education": WORDS["education"],
    "highest_education": WORDS["education"],
    **{name: words for name, words in WORDS.items() if name != "education"},
}

_PARTY: Final = ("党组织", "党委", "党总支", "党支部", "社区党委", "社区党总支", "社区党支部",
    "社区党组织", "支部", "总支")  # fmt: skip
_COMMITTEE: Final = ("居委会", "居民委员会", "社区居委会", "社区居民委员会", "居委")
_SUPERVISION: Final = ("居务监督委员会", "居监会", "监委会", "监督委员会", "居务监督委")
POSTS: Final[dict[str, tuple[Post, ...]]] = {
    **{one.label: (one,) for one in Post},
    "书记": (Post.SECRETARY,), "社区书记": (Post.SECRETARY,),
    "副书记": (Post.DEPUTY_SECRETARY,), "社区副书记": (Post.DEPUTY_SECRETARY,),
    "主任": (Post.DIRECTOR,), "社区主任": (Post.DIRECTOR,),
    "副主任": (Post.DEPUTY,), "社区副主任": (Post.DEPUTY,),
    "书记主任": (Post.SECRETARY, Post.DIRECTOR), "一肩挑": (Post.SECRETARY, Post.DIRECTOR),
    "书记主任一肩挑": (Post.SECRETARY, Post.DIRECTOR),
    "两委委员": (Post.PARTY_MEMBER, Post.MEMBER), "两委成员": (Post.PARTY_MEMBER, Post.MEMBER),
    **{f"{body}书记": (Post.SECRETARY,) for body in _PARTY},
    **{f"{body}副书记": (Post.DEPUTY_SECRETARY,) for body in _PARTY},
    **{f"{body}{word}": (Post.PARTY_MEMBER,) for body in _PARTY for word in ("委员", "成员")},
    **{f"{body}主任": (Post.DIRECTOR,) for body in _COMMITTEE},
    **{f"{body}副主任": (Post.DEPUTY,) for body in _COMMITTEE},
    **{f"{body}{word}": (Post.MEMBER,) for body in _COMMITTEE for word in ("委员", "成员")},
    **{f"{body}主任": (Post.SUPERVISION_HEAD,) for body in _SUPERVISION},
    **{f"{body}{word}": (Post.SUPERVISION_MEMBER,) for body in _SUPERVISION
        for word in ("委员", "成员")},
    "专职": (Post.WORKER,), "专职人员": (Post.WORKER,), "社区专职工作者": (Post.WORKER,),
    "专职社区工作者": (Post.WORKER,), "社区工作者": (Post.WORKER,), "社工": (Post.WORKER,),
    "专干": (Post.WORKER,), "社区专职工作人员": (Post.WORKER,), "社区专干": (Post.WORKER,),
    "网格长": (Post.GRID_WORKER,), "专职网格员": (Post.GRID_WORKER,),
    "网格管理员": (Post.GRID_WORKER,),
    "社区民警": (Post.POLICE_DEPUTY,), "民警": (Post.POLICE_DEPUTY,),
    "公益性岗位": (Post.WELFARE_POST,), "公益岗": (Post.WELFARE_POST,),
    "三支一扶": (Post.THREE_SUPPORTS,),
}  # fmt: skip


def posts_in(text: str) -> tuple[str, ...]:
    """The posts that a cell names, in the order of the roster; a remark in brackets is left out.

    Raises CellError for words that name none.
    """
    found: set[str] = set()
    # 社区民警（兼副职） is one post with its brackets
    whole = POSTS.get(_plain(text))
    for part in () if whole else BETWEEN.split(BRACKETED.sub("", text)):
        plain = _plain(part)
        if not plain:
            continue
        if plain not in POSTS:
            raise CellError(_unknown_post(part.strip()))
        found.update(POSTS[plain])
    found.update(whole or ())
    if not found:
        raise CellError("没有写职务。写党组织书记、居委会主任、专职工作人员等")
    return tuple(one.value for one in Post if one.value in found)


def _unknown_post(part: str) -> str:
    if part in ("委员", "成员"):
        return f"“{part}”不清楚是哪个组织的。写成党组织委员、居委会委员或居务监督委员会成员"
    return f"“{shown(part)}”不是花名册里的职务。从中选：{'、'.join(Post.labels)}"


def _plain(text: str) -> str:
    return re.sub(
        r"\s+", "", unicodedata.normalize("NFKC", text).replace("(", "（").replace(")", "）")
    )


def written_posts(posts: Any) -> str:
    """Posts as a cell has them."""
    return "、".join(Post(one).label for one in posts)


def _typed(reader: Callable[[str], Any], text: str) -> Any:
    try:
        return reader(text)
    except ValidationError as error:
        raise CellError(error.messages[0]) from error


def _name_of(text: str) -> str:
    plain = line(text)
    # 王 红: people space a name of two characters to the width of three
    if re.fullmatch(r"[\u3400-\u9fff\s·•]+", plain):
        plain = re.sub(r"\s+", "", plain)
    if len(plain) > PERSON_NAME.most:
        raise ValidationError(f"姓名有{len(plain)}个字。缩短到{PERSON_NAME.most}个字以内")
    if re.search(r"[0-9]", plain):
        raise ValidationError(f"姓名“{shown(plain)}”里有数字。照证件填写")
    return plain


def _ethnicity(text: str) -> str:
    plain = "".join(text.split())
    named = plain if plain.endswith("族") else f"{plain}族"
    if named not in ETHNICITIES:
        raise CellError(f"“{shown(text)}”不是民族名称。写成汉族、回族的样子")
    return named


READERS: Final[dict[str, Callable[[str], Any]]] = {
    "person_name": partial(_typed, _name_of),
    "born_in": partial(_typed, typed.month),
    "posts": posts_in,
    "ethnicity": _ethnicity,
}


def read(name: str, text: str) -> Any:
    """The value of a cell; None for “—”, which takes a value away where that can be.

    Raises CellError with what is wrong and how to mend it.
    """
    if text in NULLS:
        if name in FIXED:
            raise CellError(f"{FIELDS[name].label}不能是“{text}”。填写，或空着不变")
        return None
    if name in READERS:
        return READERS[name](text)
    field = FIELDS[name]
    if words := WORDS_OF.get(name):
        text = dict(field.choices).get(words.get(_plain(text), ""), text)
    value = reading.read(field, text)
    if name == "grade" and value < 1:
        raise CellError(f"岗位等级是1~{HIGHEST_GRADE}")
    return value


def written(name: str, value: Any) -> str:
    """A value as workbook and page write it."""
    if value is None or value == "":
        return ""
    if name == "posts":
        return written_posts(value)
    if name == "born_in":
        return f"{value:%Y-%m}"
    return reading.written(FIELDS[name], value)
