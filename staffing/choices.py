"""Fixed choices of staffing. Their values are those of the engine's facts of a person."""

from django.db import models


class Sex(models.TextChoices):
    FEMALE = "female", "女"
    MALE = "male", "男"


class PoliticalStatus(models.TextChoices):
    PARTY = "party", "中共党员"
    PROBATIONARY = "probationary", "中共预备党员"
    LEAGUE = "league", "共青团员"
    DEMOCRATIC = "democratic", "民主党派"
    NONE = "none", "群众"


class Education(models.TextChoices):
    """Levels of education, the lowest first."""

    PRIMARY = "primary", "小学及以下"
    JUNIOR_HIGH = "junior_high", "初中"
    SENIOR_HIGH = "senior_high", "高中、中专"
    JUNIOR_COLLEGE = "junior_college", "大专"
    BACHELOR = "bachelor", "本科"
    MASTER = "master", "硕士研究生"
    DOCTOR = "doctor", "博士研究生"


class Post(models.TextChoices):
    """Posts of a community, in the order of the roster."""

    SECRETARY = "secretary", "党组织书记"
    DEPUTY_SECRETARY = "deputy_secretary", "党组织副书记"
    PARTY_MEMBER = "party_member", "党组织委员"
    DIRECTOR = "director", "居委会主任"
    DEPUTY = "deputy", "居委会副主任"
    MEMBER = "member", "居委会委员"
    SUPERVISION_HEAD = "supervision_head", "居务监督委员会主任"
    SUPERVISION_MEMBER = "supervision_member", "居务监督委员会成员"
    WORKER = "worker", "专职工作人员"
    GRID_WORKER = "grid_worker", "网格员"
    POLICE_DEPUTY = "police_deputy", "社区民警（兼副职）"
    WELFARE_POST = "welfare_post", "公益性岗位人员"
    THREE_SUPPORTS = "three_supports", "三支一扶人员"


PARTY_POSTS = (Post.SECRETARY, Post.DEPUTY_SECRETARY, Post.PARTY_MEMBER)
COMMITTEE_POSTS = (Post.DIRECTOR, Post.DEPUTY, Post.MEMBER)
SUPERVISION_POSTS = (Post.SUPERVISION_HEAD, Post.SUPERVISION_MEMBER)
# held by one person of a community at a time
SINGLE_POSTS = (Post.SECRETARY, Post.DIRECTOR, Post.SUPERVISION_HEAD)
# filled by elections; the posts end with the community
ELECTED_POSTS = (*PARTY_POSTS, *COMMITTEE_POSTS, *SUPERVISION_POSTS)


class Identity(models.TextChoices):
    """身份: how a person came to the post."""

    ELECTED = "elected", "选举产生"
    RECRUITED = "recruited", "招聘"
    SECONDED = "seconded", "下派"
    WELFARE_POST = "welfare_post", "公益性岗位"
    THREE_SUPPORTS = "three_supports", "三支一扶"
    POLICE = "police", "社区民警"
    OTHER = "other", "其他"


# neither counted among full-time workers nor paid from the community's funds
COUNTED_ELSEWHERE = (
    Identity.SECONDED,
    Identity.WELFARE_POST,
    Identity.THREE_SUPPORTS,
    Identity.POLICE,
)


class PayChannel(models.TextChoices):
    """From where a post is paid."""

    FUNDED = "funded", "社区经费"
    OWN = "own_channel", "原渠道"
    UNPAID = "unpaid", "不领报酬"


class ActKind(models.TextChoices):
    """人员变动: what changes a roster."""

    ENTER = "enter", "进入"
    TRANSFER = "transfer", "调动"
    PROMOTE = "promote", "职务变动"
    ADD_POST = "add_post", "兼任"
    LEAVE = "leave", "退出"
    ELECT = "elect", "当选"
    FOLLOW = "follow", "随社区变更"
    CORRECT = "correct", "更正"


class LeaveReason(models.TextChoices):
    RESIGNED = "resigned", "辞职"
    RETIRED = "retired", "退休"
    TERM = "term", "届满"
    DISMISSED = "dismissed", "辞退"
    RECALLED = "recalled", "罢免"
    MOVED = "moved", "调出"
    DIED = "died", "去世"
    OTHER = "other", "其他"


class PaperKind(models.TextChoices):
    DECISION = "decision", "任免、录用文件"
    DIPLOMA = "diploma", "学历证书"
    CERTIFICATE = "certificate", "资格证书"
    ELECTION = "election", "选举材料"
    LEAVE = "leave", "离任、辞职材料"
    OTHER = "other", "其他"


class CertificateLevel(models.TextChoices):
    """社会工作者职业资格, the lowest first."""

    ASSISTANT = "assistant", "助理社会工作师"
    INTERMEDIATE = "intermediate", "社会工作师"
    SENIOR = "senior", "高级社会工作师"
    OTHER = "other", "其他证书"


class ElectionKind(models.TextChoices):
    """Whether the whole committee is elected for a term, or seats of the running term."""

    TERM = "term", "换届选举"
    BY = "by", "补选"


class ElectionMode(models.TextChoices):
    DIRECT = "direct", "直接选举"
    HOUSEHOLDS = "households", "户代表选举"
    REPRESENTATIVES = "representatives", "居民代表选举"


class ElectionState(models.TextChoices):
    """The steps of one committee's election, in their order."""

    PLANNED = "planned", "未开始"
    COMMITTEE = "committee", "已推选选举委员会"
    REGISTERED = "registered", "已登记选民"
    NOMINATED = "nominated", "已提名候选人"
    HELD = "held", "已投票"
    DONE = "done", "已公布结果"
    VOID = "void", "选举未成"


class Audience(models.TextChoices):
    """For whom a course is."""

    DIRECTORS = "directors", "主任"
    MEMBERS = "members", "其他成员"
    NEW_MEMBERS = "new_members", "新当选成员"
    WORKERS = "workers", "专职工作人员"
    ALL = "all", "全体"


class CourseLevel(models.TextChoices):
    """Who holds a course; the values are payers of the engine."""

    CITY = "city", "市级"
    DISTRICT = "district", "县（市、区）级"
    STREET = "street", "街道"


class AwardKind(models.TextChoices):
    """Awards; the values are subjects of the engine."""

    ANNUAL = "annual_award", "年度奖励"
    LONG_SERVICE = "long_service_award", "任职奖励"
    TOWN_ASSISTANT = "town_assistant_award", "镇长助理待遇"


# GB/T 3304: the names of the ethnic groups
ETHNICITIES = (
    "汉族", "蒙古族", "回族", "藏族", "维吾尔族", "苗族", "彝族", "壮族", "布依族", "朝鲜族",
    "满族", "侗族", "瑶族", "白族", "土家族", "哈尼族", "哈萨克族", "傣族", "黎族", "傈僳族",
    "佤族", "畲族", "高山族", "拉祜族", "水族", "东乡族", "纳西族", "景颇族", "柯尔克孜族", "土族",
    "达斡尔族", "仫佬族", "羌族", "布朗族", "撒拉族", "毛南族", "仡佬族", "锡伯族", "阿昌族",
    "普米族", "塔吉克族", "怒族", "乌孜别克族", "俄罗斯族", "鄂温克族", "德昂族", "保安族",
    "裕固族", "京族", "塔塔尔族", "独龙族", "鄂伦春族", "赫哲族", "门巴族", "珞巴族", "基诺族",
)  # fmt: skip
