"""Fixed choices of facilities: rooms, how they are had, inspections, projects and their gates."""

from django.db import models

from communities.choices import Tenure

# how premises are had; the values are those of the yearly facts
ACQUISITIONS = [(one.value, one.label) for one in Tenure if one != Tenure.NONE]


class RoomUse(models.TextChoices):
    """用途: what a room is used for, in the order of the register."""

    WORK = "work", "工作用房"
    HALL = "hall", "服务大厅"
    ACTIVITY = "activity", "服务活动用房"
    PROPERTY = "property", "物业服务用房"
    OTHER = "other", "其他用途"


# what the yearly facts call the area of service facilities (服务设施)
SERVICE_USES = (RoomUse.HALL, RoomUse.ACTIVITY)
# counted as premises of the community; property management and other uses stand beside them
COMMUNITY_USES = (RoomUse.WORK, *SERVICE_USES)


class Measure(models.TextChoices):
    """口径: which area of a room is meant."""

    BUILDING = "building", "建筑面积"
    USABLE = "usable", "使用面积"
    ABOVE_GROUND = "above_ground", "地上建筑面积"


class ContractKind(models.TextChoices):
    PURCHASE = "purchase", "购买"
    RENT = "rent", "租赁"
    LOAN = "loan", "借用"


class Finding(models.TextChoices):
    """巡查结果: how a room or all rooms of premises were found."""

    IN_ORDER = "in_order", "正常使用"
    OCCUPIED = "occupied", "被其他单位或个人占用"
    MISUSED = "misused", "改作他用"
    UNUSABLE = "unusable", "损坏不能使用"
    VACANT = "vacant", "闲置"


# a room so found does not count from the day that the inspection names
STOPPING = (Finding.OCCUPIED, Finding.MISUSED, Finding.UNUSABLE)


class OrderState(models.TextChoices):
    """整改: what has become of a correction order."""

    OPEN = "open", "整改中"
    REPORTED = "reported", "待复查"
    CLOSED = "closed", "已整改"
    CANCELLED = "cancelled", "已撤销"


# reported by one; looked over, sent back or cancelled by another
ORDER_STEPS = (
    (OrderState.OPEN, OrderState.REPORTED),
    (OrderState.REPORTED, OrderState.CLOSED),
    (OrderState.REPORTED, OrderState.OPEN),
    (OrderState.OPEN, OrderState.CANCELLED),
)


class Unified(models.TextChoices):
    """五统一: what every service hall has alike."""

    SIGNS = "signs", "标识"
    WINDOWS = "windows", "窗口设置"
    RULES = "rules", "规章制度"
    NOTICE_BOARD = "notice_board", "公开栏"
    PLAQUES = "plaques", "门牌"


class PaperKind(models.TextChoices):
    PHOTO = "photo", "照片"
    TITLE = "title", "不动产权证"
    CONTRACT = "contract", "合同、协议"
    DEED = "deed", "移交协议"
    LIST = "list", "移交清单"
    PLAN = "plan", "图纸、平面图"
    DOCUMENT = "document", "批文、验收文件"
    LETTER = "letter", "往来函件"
    OTHER = "other", "其他"


class ProjectState(models.TextChoices):
    RUNNING = "running", "进行中"
    DONE = "done", "已投入使用"
    CANCELLED = "cancelled", "已取消"


class Stage(models.TextChoices):
    """关口: the gates of a project, in their order."""

    PLANNING_CONDITION = "planning_condition", "规划条件"
    LAND_CONTRACT = "land_contract", "土地合同"
    PLANNING_APPROVAL = "planning_approval", "规划审批"
    BUILDING = "building", "开工建设"
    ACCEPTANCE = "acceptance", "竣工验收"
    HANDOVER = "handover", "无偿移交"
    TITLE = "title", "产权登记"
    IN_USE = "in_use", "投入使用"


STAGES = tuple(Stage)
# where an area is promised, and where it is measured
PROMISING = (Stage.PLANNING_CONDITION, Stage.LAND_CONTRACT, Stage.PLANNING_APPROVAL)
MEASURING = (Stage.ACCEPTANCE, Stage.HANDOVER, Stage.TITLE)


class GateState(models.TextChoices):
    """A gate is refused, waits for the street's signature or for an exception, or is passed."""

    REFUSED = "refused", "未通过"
    SIGNING = "signing", "待街道签署"
    WAITING = "waiting", "例外待批准"
    PASSED = "passed", "已通过"


class GateOutcome(models.TextChoices):
    """What somebody records of a gate."""

    PASSED = "passed", "通过"
    REFUSED = "refused", "未通过"
    EXCEPTION = "exception", "申请例外通过"


class DefaultKind(models.TextChoices):
    """违约: what a builder did not do."""

    NOT_BUILT = "not_built", "未按规定配建"
    SOLD = "sold", "擅自出售、出租或抵押"
    NOT_HANDED_OVER = "not_handed_over", "逾期未移交"


class DefaultState(models.TextChoices):
    OPEN = "open", "未纠正"
    REMEDIED = "remedied", "已纠正"


class Permit(models.TextChoices):
    """手续: the next permit that a notice asks a department to withhold."""

    PLANNING = "planning", "规划许可"
    ACCEPTANCE = "acceptance", "竣工验收备案"
    PRESALE = "presale", "商品房预售许可"
    TITLE = "title", "不动产权登记"


# what a notice on a default suggests: the permit that comes next, and the bureau that gives it
SUGGESTED = {
    DefaultKind.NOT_BUILT: (Permit.ACCEPTANCE, "住房和城乡建设局"),
    DefaultKind.SOLD: (Permit.TITLE, "自然资源和规划局"),
    DefaultKind.NOT_HANDED_OVER: (Permit.TITLE, "自然资源和规划局"),
}
# the gate at which a permit is given; a presale has none
GRANTED_AT = {
    Permit.PLANNING: Stage.PLANNING_APPROVAL,
    Permit.ACCEPTANCE: Stage.ACCEPTANCE,
    Permit.TITLE: Stage.TITLE,
}


class Means(models.TextChoices):
    """补齐方式: by which means a community gets the area that it lacks."""

    EXTEND = "extend", "改扩建"
    BUY = "buy", "购买"
    RENT = "rent", "租赁"
    REALLOCATE = "reallocate", "整合调剂"
    HANDOVER = "handover", "配建移交"


class MeasureState(models.TextChoices):
    """How far a measure of a plan is."""

    PLANNED = "planned", "未开始"
    UNDER_WAY = "under_way", "进行中"
    DONE = "done", "已完成"
    DROPPED = "dropped", "已取消"


class PoolMethod(models.TextChoices):
    """How a pool for premises is divided."""

    WEIGHTS = "weights", "按权数分配"
    RANKED = "ranked", "按排名安排"


class PoolWeight(models.TextChoices):
    """权数: by what a pool is divided among poor counties."""

    ENTERED = "entered", "录入的权数"
    GAP = "gap", "用房缺口面积"
    HOUSEHOLDS = "households", "未达标社区的户数"


class PoolShare(models.TextChoices):
    """承担范围: which part of a measure's cost a ranked pool pays."""

    TOTAL = "total", "全部费用"
    PROVINCE = "province", "省级承担部分"
    CITY = "city", "市级承担部分"
    DISTRICT = "district", "县（市、区）级承担部分"


class RankedBy(models.TextChoices):
    """受益口径: who counts as gained by a measure."""

    RESIDENTS = "residents", "常住人口"
    HOUSEHOLDS = "households", "核定户数"
