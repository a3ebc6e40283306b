"""Fixed choices of the collection."""

from django.db import models


class HouseholdsMeasure(models.TextChoices):
    """Which count is the year's determined one; the values are columns of AnnualFacts."""

    REGISTERED = "households_registered", "户籍户数"
    RESIDENT = "households_resident", "常住户数"
    OCCUPIED = "households_occupied", "实际居住户数"
    RECORDED = "households_recorded", "实有户数"
    DWELLINGS = "dwellings", "住宅套数"


class RoundState(models.TextChoices):
    DRAFT = "draft", "未下达"
    OPEN = "open", "填报中"
    CLOSED = "closed", "已结束"


class StepKind(models.TextChoices):
    SUBMIT = "submit", "提交"
    WITHDRAW = "withdraw", "撤回"
    PASS = "pass", "审核通过"
    RETURN = "return", "退回修改"
    CONFIRM = "confirm", "确认"
    UNLOCK = "unlock", "撤销确认"
    CORRECT = "correct", "更正"
    IMPORT = "import", "批量导入"


# Steps after which the facts are with the clerk again: the next round begins.
SENT_BACK = (StepKind.RETURN, StepKind.UNLOCK)


class CorrectionState(models.TextChoices):
    PROPOSED = "proposed", "待批准"
    APPLIED = "applied", "已更正"
    REFUSED = "refused", "不予更正"
    WITHDRAWN = "withdrawn", "已撤回"


class Source(models.TextChoices):
    PASTE = "paste", "粘贴"
    FILE = "file", "文件"


class UploadState(models.TextChoices):
    READING = "reading", "读取中"
    READY = "ready", "待核对"
    TAKING = "taking", "导入中"
    DONE = "done", "已导入"
    CANCELLED = "cancelled", "已取消"
    FAILED = "failed", "已中断"


class RowState(models.TextChoices):
    """What a row of an upload would do; the order in which rows are shown."""

    WRONG = "wrong", "有错误"
    UNLIKELY = "unlikely", "待确认"
    CHANGED = "changed", "有变化"
    NEW = "new", "新增"
    UNCHANGED = "unchanged", "无变化"
    TAKEN = "taken", "已导入"
    DROPPED = "dropped", "已删去"
