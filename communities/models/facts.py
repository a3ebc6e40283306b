"""AnnualFacts: what is known of one community in one year; and the stamps of a year's facts."""

from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from accounts.history import tracked
from communities.choices import AreaKind, FactsStatus, StreetTier, Tenure
from communities.models.places import COMMUNITY_CODE, Community
from communities.querysets import AnnualFactsQuerySet


def count(label: str, most: int = 99_999_999) -> models.PositiveIntegerField:
    """Return a column for a whole number that may be not reported."""
    return models.PositiveIntegerField(
        label, null=True, blank=True, validators=[MaxValueValidator(most)]
    )


def area(label: str) -> models.DecimalField:
    """Return a column in m² that may be not reported."""
    return models.DecimalField(
        label, max_digits=12, decimal_places=2, null=True, blank=True,
        validators=[MinValueValidator(0)],
    )  # fmt: skip


def money(label: str) -> models.DecimalField:
    """Return a column in yuan that may be not reported."""
    return models.DecimalField(
        label, max_digits=14, decimal_places=2, null=True, blank=True,
        validators=[MinValueValidator(0)],
    )  # fmt: skip


# Deadlines are counted from this day; the calendar ends in 9999.
FIRST_DAY, LAST_DAY = date(1949, 10, 1), date(2199, 12, 31)
DECIMALS = (
    "gross_floor_area_m2",
    "premises_area_m2",
    "premises_usable_area_m2",
    "premises_above_ground_area_m2",
    "work_area_m2",
    "service_area_m2",
    "property_area_m2",
    "contract_price_yuan",
    "contract_rent_yuan",
    "social_insurance_yuan",
    "received_yuan",
)


def not_below_zero(names: tuple[str, ...]) -> Q:
    """Return the condition that none of the columns is negative; empty passes."""
    return Q(*(Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__gte": 0}) for name in names))


@tracked()
class AnnualFacts(models.Model):
    """年度数据: what is known of one community in one year; empty means not reported, never 0."""

    community = models.ForeignKey(
        Community, models.PROTECT, verbose_name="社区", related_name="annual_facts"
    )
    year = models.PositiveSmallIntegerField("年度")
    # The codes of the day, so that a past roll-up reproduces after a merger.
    code = models.CharField("社区代码", max_length=12, db_collation="C")
    street_code = models.CharField("街道代码", max_length=9, db_collation="C")
    district_code = models.CharField("县（市、区）代码", max_length=6, db_collation="C")
    city_code = models.CharField("市代码", max_length=4, db_collation="C")
    status = models.CharField("状态", max_length=9, choices=FactsStatus.choices, default="draft")
    is_demo = models.BooleanField("演示数据", default=False)
    version = models.PositiveIntegerField("版本", default=1, editable=False)

    households = count("核定户数")
    households_registered = count("户籍户数")
    households_resident = count("常住户数")
    households_occupied = count("实际居住户数")
    households_recorded = count("实有户数")
    dwellings = count("住宅套数")
    completed_dwellings = count("已竣工住宅套数")
    occupied_dwellings = count("已入住住宅套数")
    new_households = count("当年新管户数")
    population_registered = count("户籍人口")
    population_resident = count("常住人口")

    area_kind = models.CharField("住区类型", max_length=5, choices=AreaKind.choices, blank=True)
    central_urban = models.BooleanField("中心城区", null=True, blank=True)
    poor_county = models.BooleanField("贫困县", null=True, blank=True)
    street_tier = models.CharField("街道财力", max_length=8, choices=StreetTier.choices, blank=True)
    gross_floor_area_m2 = area("小区总建筑面积（㎡）")
    first_move_in_on = models.DateField(
        "首批居民入住日",
        null=True,
        blank=True,
        validators=[
            MinValueValidator(FIRST_DAY, "入住日%(show_value)s早于%(limit_value)s。核对年份"),
            MaxValueValidator(LAST_DAY, "入住日%(show_value)s晚于%(limit_value)s。核对年份"),
        ],
    )
    grids = count("网格数", 9999)

    premises_tenure = models.CharField(
        "用房取得方式", max_length=11, choices=Tenure.choices, blank=True
    )
    premises_area_m2 = area("用房建筑面积（㎡）")
    premises_usable_area_m2 = area("用房使用面积（㎡）")
    premises_above_ground_area_m2 = area("用房地上建筑面积（㎡）")
    work_area_m2 = area("工作用房（㎡）")
    service_area_m2 = area("服务设施（㎡）")
    property_area_m2 = area("物业服务用房（㎡）")
    service_halls = count("一站式服务大厅", 99)
    contract_price_yuan = money("购房合同总价（元）")
    contract_rent_yuan = money("当年实付租金（元）")
    rented_months = count("当年租用月数", 12)

    residents_committees = count("居委会个数", 99)
    committee_members_in_post = count("居委会成员在岗", 999)
    resident_members = count("居住在本社区的居委会成员", 999)
    party_members_in_post = count("社区党组织成员在岗", 999)
    community_workers_in_post = count("专职工作人员在岗", 999)
    extra_workers = count("核定增配人数", 999)
    social_organisations = count("备案社区社会组织", 9999)

    social_insurance_yuan = money("单位缴纳社会保险（元，每人每年）")
    received_yuan = money("上年到位经费（元）")
    remarks = models.CharField("备注", max_length=500, blank=True)

    objects = AnnualFactsQuerySet.as_manager()

    class Meta:
        verbose_name = "年度数据"
        verbose_name_plural = "年度数据"
        ordering = ["-year", "code"]
        permissions = [("export_annualfacts", "可以导出年度数据")]
        constraints = [
            models.UniqueConstraint(
                fields=["community", "year"],
                name="facts_once_a_year",
                violation_error_message="这个社区这一年的数据已经有了。打开已有的修改",
            ),
            models.CheckConstraint(
                condition=Q(year__gte=1949, year__lte=2199), name="facts_year_range"
            ),
            models.CheckConstraint(
                condition=Q(code__regex=COMMUNITY_CODE), name="facts_code_shape"
            ),
            models.CheckConstraint(
                condition=Q(code__startswith=F("street_code"))
                & Q(street_code__startswith=F("district_code"))
                & Q(district_code__startswith=F("city_code"))
                & Q(street_code__regex=r"^[0-9]{9}$")
                & Q(district_code__regex=r"^[0-9]{6}$")
                & Q(city_code__regex=r"^[0-9]{4}$"),
                name="facts_codes_nested",
            ),
            models.CheckConstraint(condition=Q(status__in=FactsStatus.values), name="facts_status"),
            models.CheckConstraint(
                condition=Q(rented_months__isnull=True) | Q(rented_months__lte=12),
                name="facts_rented_months",
            ),
            models.CheckConstraint(
                condition=Q(first_move_in_on__isnull=True)
                | Q(first_move_in_on__range=(FIRST_DAY, LAST_DAY)),
                name="facts_first_move_in_range",
            ),
            models.CheckConstraint(
                condition=not_below_zero(DECIMALS), name="facts_decimals_not_negative"
            ),
        ]
        indexes = [
            models.Index(fields=["year", "code"], name="facts_year_code"),
            models.Index(fields=["code", "year"], name="facts_code_year"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.year}年"


class FactsVersion(models.Model):
    """数据版本: a stamp per year that each change replaces; kept by database triggers.

    Year 0 stands for the communities and divisions. What was computed from the present stamps is
    fresh.
    """

    year = models.PositiveSmallIntegerField("年度", primary_key=True)
    stamp = models.UUIDField("版本")
    changed_at = models.DateTimeField("数据时点")

    class Meta:
        verbose_name = "数据版本"
        verbose_name_plural = "数据版本"
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.year} · {self.changed_at:%Y-%m-%d %H:%M}"
