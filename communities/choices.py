"""Fixed choices of communities; the values are those of policy/engine/catalogue.toml."""

from django.db import models


class Level(models.TextChoices):
    PROVINCE = "province", "省"
    CITY = "city", "市"
    DISTRICT = "district", "县（市、区）"
    STREET = "street", "街道（乡镇）"


LEVEL_OF_LENGTH = {2: Level.PROVINCE, 4: Level.CITY, 6: Level.DISTRICT, 9: Level.STREET}


class CommitteeKind(models.TextChoices):
    RESIDENTS = "residents", "居民委员会"
    VILLAGERS = "villagers", "村民委员会"


class AreaKind(models.TextChoices):
    NEW = "new", "新建住宅区或连片改造"
    BUILT = "built", "老城区、已建成"


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
    DRAFT = "draft", "填报中"
    SUBMITTED = "submitted", "已提交"
    CONFIRMED = "confirmed", "已确认"
