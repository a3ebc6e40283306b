"""AnnualFacts: what is known of one community in one year; and the stamps of a year's facts."""

from datetime import date

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from accounts.history import tracked
from accounts.models import User
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
# From one state to the next; whoever goes another way says so with services.locks.unlocked().
FACTS_TRANSITIONS = (
    ("draft", "submitted"),
    ("draft", "reviewed"),
    ("returned", "submitted"),
    ("returned", "reviewed"),
    ("submitted", "draft"),
    ("submitted", "returned"),
    ("submitted", "reviewed"),
    ("reviewed", "draft"),
    ("reviewed", "returned"),
    ("reviewed", "confirmed"),
)
OPEN_STATES = ("draft", "returned")
# nobody checks what that person did
MAKERS_AND_CHECKERS = (
    ("submitted", "reviewed"), ("submitted", "confirmed"), ("reviewed", "confirmed"),
)  # fmt: skip
# What a row is apart from its facts: these may change while the facts are locked.
BESIDE_FACTS = (
    "version", "status", "code", "street_code", "district_code", "city_code", "is_demo",
    "submitted_by_id", "reviewed_by_id", "confirmed_by_id", "confirmed_at",
)  # fmt: skip
GUARD = """
    IF current_setting('app.facts_unlocked', true) = 'on' THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.status = 'confirmed' THEN
            RAISE EXCEPTION 'facts are not born confirmed' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.status <> OLD.status AND OLD.status || '>' || NEW.status NOT IN (<steps>) THEN
        RAISE EXCEPTION 'facts go from % to % by no step', OLD.status, NEW.status
            USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.status NOT IN (<open>)
        AND to_jsonb(NEW) - <beside> IS DISTINCT FROM to_jsonb(OLD) - <beside> THEN
        RAISE EXCEPTION 'facts that are % are locked', OLD.status
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""
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


def listed(words: tuple[str, ...]) -> str:
    """Return words as SQL literals, side by side."""
    return ", ".join(f"'{word}'" for word in words)


def guard() -> str:
    """Return the body of the trigger that keeps states in their order and locks what is handed in.

    States that only the code kept in order could be skipped by any query that forgot them.
    """
    steps = tuple(f"{before}>{after}" for before, after in FACTS_TRANSITIONS)
    body = GUARD.replace("<steps>", listed(steps)).replace("<open>", listed(OPEN_STATES))
    return body.replace("<beside>", f"ARRAY[{listed(BESIDE_FACTS)}]")


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

    # by name of a field: why an unlikely figure is right, in the words of whoever handed it in
    reasons = models.JSONField("变动说明", default=dict, blank=True)
    # what was said instead of figures: {"unchanged": true} 无变化, {"none": ["premises"]} 零报告
    declared = models.JSONField("零报告和无变化", default=dict, blank=True)
    # keys of the people who typed, mended or brought in the figures; none of them checks them
    makers = ArrayField(models.BigIntegerField(), verbose_name="填写人", default=list, blank=True)
    submitted_by = models.ForeignKey(
        User, models.PROTECT, verbose_name="提交人", null=True, blank=True, related_name="+"
    )
    reviewed_by = models.ForeignKey(
        User, models.PROTECT, verbose_name="审核人", null=True, blank=True, related_name="+"
    )
    confirmed_by = models.ForeignKey(
        User, models.PROTECT, verbose_name="确认人", null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField("确认时间", null=True, blank=True)

    objects = AnnualFactsQuerySet.as_manager()

    class Meta:
        verbose_name = "年度数据"
        verbose_name_plural = "年度数据"
        ordering = ["-year", "code"]
        permissions = [
            ("export_annualfacts", "可以导出年度数据"),
            ("review_annualfacts", "可以审核年度数据（街道）"),
            ("confirm_annualfacts", "可以确认、退回年度数据（县区）"),
            ("import_annualfacts", "可以批量导入年度数据"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="facts_guard",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=guard(),
            ),
        ]
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
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{checker}_by__isnull": True})
                    | Q(**{f"{maker}_by__isnull": True})
                    | ~Q(**{f"{checker}_by": F(f"{maker}_by")}),
                    name=f"facts_{maker}_not_{checker}_by_one",
                )
                for maker, checker in MAKERS_AND_CHECKERS
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{checker}_by__isnull": True})
                    | ~Q(makers__contains=[F(f"{checker}_by")]),
                    name=f"facts_makers_not_{checker}",
                )
                for checker in ("reviewed", "confirmed")
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
