"""Parts of a community: estates, their buildings and joint meetings, grids, organisations, archive.

Every part keeps the present code of its community in `code`, for row security; it moves with it.
"""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from accounts.history import tracked
from communities.choices import ArchiveKind, EstateKind, Management, OrganisationKind
from communities.models.facts import area, count
from communities.models.places import Community, Dated, ordered_days
from communities.querysets import PartQuerySet


class Part(models.Model):
    """What belongs to one community."""

    community = models.ForeignKey(Community, models.PROTECT, verbose_name="社区")
    code = models.CharField("社区代码", max_length=12, db_collation="C", editable=False)
    remarks = models.CharField("备注", max_length=500, blank=True)
    version = models.PositiveIntegerField("版本", default=1, editable=False)
    is_demo = models.BooleanField("演示数据", default=False, editable=False)

    objects = PartQuerySet.as_manager()

    class Meta:
        abstract = True


class DatedPart(Part, Dated):
    """A part that begins and ends."""

    class Meta:
        abstract = True


@tracked()
class Estate(DatedPart):
    """小区: a residential estate, mapped to one community; with its four bodies (四位一体)."""

    name = models.CharField("小区名称", max_length=64)
    kind = models.CharField("小区类型", max_length=10, choices=EstateKind.choices, blank=True)
    is_new = models.BooleanField(
        "新建住宅区", null=True, blank=True, help_text="新建住宅区或旧城区连片改造填是"
    )
    address = models.CharField("坐落", max_length=200, blank=True)
    built_year = models.PositiveSmallIntegerField(
        "建成年份",
        null=True,
        blank=True,
        validators=[MinValueValidator(1900), MaxValueValidator(2199)],
    )
    building_count = count("楼栋数", 9999)
    gross_floor_area_m2 = area("总建筑面积（㎡）")
    dwellings = count("住宅套数")
    completed_dwellings = count("已竣工住宅套数")
    occupied_dwellings = count("已入住住宅套数")
    households = count("户数")
    management = models.CharField("物业", max_length=11, choices=Management.choices, blank=True)
    management_name = models.CharField("物业服务企业名称", max_length=64, blank=True)
    has_party_branch = models.BooleanField("小区党支部", null=True, blank=True)
    has_residents_group = models.BooleanField("居民小组", null=True, blank=True)
    has_owners_committee = models.BooleanField("业主委员会", null=True, blank=True)

    class Meta:
        verbose_name = "小区"
        verbose_name_plural = "小区"
        ordering = ["code", "name"]
        default_permissions = ()
        constraints = [
            ordered_days("estate_days_ordered"),
            models.UniqueConstraint(
                fields=["community", "name"],
                condition=Q(valid_until__isnull=True),
                name="estate_name_once",
                violation_error_message="这个社区已经有同名的小区。改名称，或打开已有的修改",
            ),
            models.CheckConstraint(
                condition=Q(completed_dwellings__isnull=True)
                | Q(dwellings__isnull=True)
                | Q(completed_dwellings__lte=F("dwellings")),
                name="estate_completed_within_dwellings",
                violation_error_message="已竣工住宅套数多于住宅套数。改其中一个",
            ),
            models.CheckConstraint(
                condition=Q(occupied_dwellings__isnull=True)
                | Q(completed_dwellings__isnull=True)
                | Q(occupied_dwellings__lte=F("completed_dwellings")),
                name="estate_occupied_within_completed",
                violation_error_message="已入住住宅套数多于已竣工套数。改其中一个",
            ),
            models.CheckConstraint(
                condition=Q(gross_floor_area_m2__isnull=True) | Q(gross_floor_area_m2__gte=0),
                name="estate_area_not_negative",
            ),
        ]
        indexes = [
            models.Index(fields=["code"], name="estate_code"),
            models.Index(fields=["name"], name="estate_name"),
        ]

    def __str__(self) -> str:
        return self.name


@tracked()
class Building(DatedPart):
    """楼栋: a building of an estate with its households; never who lives there."""

    estate = models.ForeignKey(
        Estate, models.PROTECT, verbose_name="小区", related_name="buildings"
    )
    name = models.CharField("楼栋", max_length=32, help_text="如：3号楼")
    units = count("单元数", 99)
    floors = count("层数", 199)
    households = count("户数", 99_999)

    class Meta:
        verbose_name = "楼栋"
        verbose_name_plural = "楼栋"
        ordering = ["estate_id", "name"]
        default_permissions = ()
        constraints = [
            ordered_days("building_days_ordered"),
            models.UniqueConstraint(
                fields=["estate", "name"],
                condition=Q(valid_until__isnull=True),
                name="building_name_once",
                violation_error_message="这个小区已经有同名的楼栋。改名称，或打开已有的修改",
            ),
        ]
        indexes = [models.Index(fields=["code"], name="building_code")]

    def __str__(self) -> str:
        return self.name


@tracked()
class EstateMeeting(Part):
    """四位一体联席会议: a dated note of a joint meeting of an estate's four bodies."""

    estate = models.ForeignKey(Estate, models.PROTECT, verbose_name="小区", related_name="meetings")
    held_on = models.DateField("召开日期")
    subject = models.CharField("议题", max_length=100)
    attended_by = models.CharField(
        "参加单位", max_length=200, help_text="写单位和职务，不写居民姓名"
    )
    decided = models.TextField("议定事项", max_length=2000, help_text="不写居民姓名")

    class Meta:
        verbose_name = "联席会议"
        verbose_name_plural = "联席会议"
        ordering = ["-held_on", "-id"]
        default_permissions = ()
        indexes = [models.Index(fields=["code"], name="estatemeeting_code")]

    def __str__(self) -> str:
        return f"{self.held_on:%Y-%m-%d} {self.subject}"


@tracked()
class Grid(DatedPart):
    """网格: a part of a community with its households and its grid worker."""

    name = models.CharField("网格", max_length=32, help_text="如：第一网格")
    number = models.CharField("编号", max_length=20, blank=True)
    extent = models.CharField("范围", max_length=200, blank=True, help_text="小区、楼栋或道路")
    households = count("户数", 99_999)
    worker = models.CharField("网格员", max_length=32, blank=True)

    class Meta:
        verbose_name = "网格"
        verbose_name_plural = "网格"
        ordering = ["code", "number", "name"]
        default_permissions = ()
        constraints = [
            ordered_days("grid_days_ordered"),
            models.UniqueConstraint(
                fields=["community", "name"],
                condition=Q(valid_until__isnull=True),
                name="grid_name_once",
                violation_error_message="这个社区已经有同名的网格。改名称，或打开已有的修改",
            ),
        ]
        indexes = [models.Index(fields=["code"], name="grid_code")]

    def __str__(self) -> str:
        return self.name


@tracked()
class Organisation(DatedPart):
    """组织: a committee, group or social organisation of a community."""

    kind = models.CharField("组织类别", max_length=21, choices=OrganisationKind.choices)
    name = models.CharField("组织名称", max_length=64)
    registration_no = models.CharField("登记（备案）号", max_length=64, blank=True)
    set_up_on = models.DateField("成立日期", null=True, blank=True)
    set_up_doc_no = models.CharField("批准文号", max_length=64, blank=True)
    leader = models.CharField("负责人", max_length=32, blank=True)
    members = count("成员人数", 9999)
    term_ends_on = models.DateField("本届任期到", null=True, blank=True)

    class Meta:
        verbose_name = "组织"
        verbose_name_plural = "组织"
        ordering = ["code", "kind", "name"]
        default_permissions = ()
        constraints = [
            ordered_days("organisation_days_ordered"),
            models.UniqueConstraint(
                fields=["community"],
                condition=Q(kind="residents_committee", valid_until__isnull=True),
                name="residents_committee_once",
                violation_error_message="一个社区只设一个居民委员会，已经登记了。打开已有的修改",
            ),
            models.UniqueConstraint(
                fields=["community", "kind", "name"],
                condition=Q(valid_until__isnull=True),
                name="organisation_name_once",
                violation_error_message="这个社区已经有同类同名的组织。改名称，或打开已有的修改",
            ),
        ]
        indexes = [models.Index(fields=["code"], name="organisation_code")]

    def __str__(self) -> str:
        return self.name


@tracked()
class ArchiveEntry(Part):
    """电子档案: an activity or a deed of a social organisation, with its papers."""

    kind = models.CharField("类别", max_length=19, choices=ArchiveKind.choices)
    title = models.CharField("题名", max_length=100)
    happened_on = models.DateField("日期")
    organiser = models.CharField("主办", max_length=64, blank=True)
    attendance = count("参加人次", 999_999)
    text = models.TextField("内容", max_length=4000, blank=True, help_text="不写居民姓名和证件号")

    class Meta:
        verbose_name = "电子档案"
        verbose_name_plural = "电子档案"
        ordering = ["-happened_on", "-id"]
        default_permissions = ()
        indexes = [models.Index(fields=["code"], name="archiveentry_code")]

    def __str__(self) -> str:
        return self.title


@tracked()
class Contact(models.Model):
    """责任人: who answers for a community, street or district, by office; never a resident."""

    code = models.CharField("代码", max_length=12, db_collation="C", editable=False)
    duty = models.CharField("职务", max_length=32, help_text="如：社区党组织书记、包保责任人")
    name = models.CharField("姓名", max_length=32)
    office = models.CharField("单位", max_length=64, blank=True)
    office_phone = models.CharField("办公电话", max_length=20, blank=True)
    valid_until = models.DateField("到何日止", null=True, blank=True)
    version = models.PositiveIntegerField("版本", default=1, editable=False)

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = "责任人"
        verbose_name_plural = "责任人"
        ordering = ["code", "id"]
        default_permissions = ()
        indexes = [models.Index(fields=["code"], name="contact_code")]

    def __str__(self) -> str:
        return f"{self.duty} {self.name}"
