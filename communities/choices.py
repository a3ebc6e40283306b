"""Fixed choices of communities; the values are those of policy/engine/catalogue.toml."""

from django.db import models

from accounts.scope import CITY, DISTRICT, PROVINCE, STREET


class Level(models.TextChoices):
    PROVINCE = "province", "省"
    CITY = "city", "市"
    DISTRICT = "district", "县（市、区）"
    STREET = "street", "街道（乡镇）"


LEVEL_OF_LENGTH = {
    PROVINCE: Level.PROVINCE,
    CITY: Level.CITY,
    DISTRICT: Level.DISTRICT,
    STREET: Level.STREET,
}


class CommitteeKind(models.TextChoices):
    RESIDENTS = "residents", "居民委员会"
    VILLAGERS = "villagers", "村民委员会"


class AreaKind(models.TextChoices):
    NEW = "new", "新建住宅区或连片改造"
    BUILT = "built", "老城区、已建成"


class CommunityKind(models.TextChoices):
    NEW = "new", "新建"
    OLD = "old", "老旧"
    UNIT = "unit", "单位"
    VILLAGE_TURNED = "village_turned", "村改居"
    MIXED = "mixed", "混合"


class EstateKind(models.TextChoices):
    COMMERCIAL = "commercial", "商品住宅"
    EMPLOYER = "employer", "单位住宅"
    BANKRUPT = "bankrupt", "破产企业住宅"
    CONVERTED = "converted", "村改居"
    MIXED = "mixed", "混合"


class UrbanRuralClass(models.TextChoices):
    MAIN_URBAN = "111", "主城区"
    URBAN_FRINGE = "112", "城乡结合区"
    TOWN_CENTRE = "121", "镇中心区"
    TOWN_FRINGE = "122", "镇乡结合区"
    SPECIAL = "123", "特殊区域"
    TOWNSHIP_CENTRE = "210", "乡中心区"
    VILLAGE = "220", "村庄"


class StreetTier(models.TextChoices):
    BETTER = "better", "较强"
    WEAKER = "weaker", "较弱"


class Tenure(models.TextChoices):
    BOUGHT = "bought", "购买"
    RENTED = "rented", "租赁"
    COLLECTIVE = "collective", "村改居集体用房"
    HANDED_OVER = "handed_over", "无偿移交"
    REALLOCATED = "reallocated", "整合调剂"
    EXTENDED = "extended", "改扩建"
    LENT = "lent", "借用"
    NONE = "none", "没有用房"


class FactsStatus(models.TextChoices):
    """The states of a year's facts, the least advanced first."""

    DRAFT = "draft", "填报中"
    RETURNED = "returned", "已退回"
    SUBMITTED = "submitted", "待审核"
    REVIEWED = "reviewed", "待复核"
    CONFIRMED = "confirmed", "已确认"


class Management(models.TextChoices):
    COMPANY = "company", "物业服务企业"
    ASSOCIATION = "association", "物业协会或自治管理"
    NONE = "none", "无物业"


class OrganisationKind(models.TextChoices):
    PARTY = "party", "社区党组织"
    RESIDENTS_COMMITTEE = "residents_committee", "居民委员会"
    SUPERVISION_COMMITTEE = "supervision_committee", "居务监督委员会"
    MEDIATION = "mediation", "人民调解委员会"
    SECURITY = "security", "治安保卫委员会"
    PUBLIC_HEALTH = "public_health", "公共卫生委员会"
    FAMILY_PLANNING = "family_planning", "计划生育委员会"
    CULTURE = "culture", "文化教育委员会"
    OTHER_SUB_COMMITTEE = "other_sub_committee", "其他下属委员会"
    RESIDENTS_GROUP = "residents_group", "居民小组"
    SOCIAL = "social", "社区社会组织"


class ArchiveKind(models.TextChoices):
    ACTIVITY = "activity", "社区活动"
    SOCIAL_ORGANISATION = "social_organisation", "社会组织活动"
    MEETING = "meeting", "居民会议或代表会议"
    OTHER = "other", "其他"


class PaperKind(models.TextChoices):
    REQUEST = "request", "请示、申请"
    MAP = "map", "四至图、地图"
    MEETING = "meeting", "会议记录、居民意见"
    REPORT = "report", "调查、审查报告"
    DECISION = "decision", "批复、公告"
    CERTIFICATE = "certificate", "证书、登记证"
    PHOTO = "photo", "照片"
    OTHER = "other", "其他"


class Relation(models.TextChoices):
    PREDECESSOR = "predecessor", "来自"
    SUCCESSOR = "successor", "去向"


class ActKind(models.TextChoices):
    ESTABLISH = "establish", "设立"
    RENAME = "rename", "更名"
    RECODE = "recode", "代码变更"
    RESCALE = "rescale", "规模调整"
    TRANSFER = "transfer", "划归其他街道"
    MERGE = "merge", "合并"
    SPLIT = "split", "分设"
    ABOLISH = "abolish", "撤销"
    REOPEN = "reopen", "恢复"


class ActState(models.TextChoices):
    DRAFT = "draft", "起草中"
    SUBMITTED = "submitted", "待审查"
    RETURNED = "returned", "已退回"
    REVIEWED = "reviewed", "待批复"
    DECIDED = "decided", "待生效"
    APPLIED = "applied", "已生效"
    REFUSED = "refused", "不予批准"
    WITHDRAWN = "withdrawn", "已撤回"


class StepKind(models.TextChoices):
    SUBMIT = "submit", "提交审查"
    RETURN = "return", "退回修改"
    PASS = "pass", "审查通过"
    DECIDE = "decide", "录入批复"
    REFUSE = "refuse", "不予批准"
    WITHDRAW = "withdraw", "撤回"
    APPLY = "apply", "生效"
    FAIL = "fail", "未能生效"


class DecisionState(models.TextChoices):
    """What somebody proposes and somebody else decides: quotas, increases, awards, plans."""

    DRAFT = "draft", "起草中"
    PROPOSED = "proposed", "待批准"
    RETURNED = "returned", "已退回"
    APPROVED = "approved", "已批准"
    REFUSED = "refused", "不予批准"
    WITHDRAWN = "revoked", "已撤回"


class FileType(models.TextChoices):
    """What an uploaded file may be: the content type under which it is served."""

    PDF = "application/pdf", "PDF文件"
    JPG = "image/jpeg", "JPG图片"
    PNG = "image/png", "PNG图片"
    OFD = "application/ofd", "OFD文件"
    DOCX = (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "Word文档",
    )
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Excel工作簿"
