"""Fixed choices of the policy texts and series; the engine's words are the only list of them."""

from django.db import models

from policy.engine.catalogue import catalogue
from policy.engine.shapes import SOURCE_GRADES


class TextStatus(models.TextChoices):
    DRAFT = "draft", "草稿"
    PUBLISHED = "published", "已发布"
    SUPERSEDED = "superseded", "停止执行"


SOURCE_GRADE_CHOICES = list(SOURCE_GRADES.items())
SERIES_CHOICES = [(kind.key, kind.label) for kind in catalogue().series.values()]
# by the length of the jurisdiction; a text of the nation has none
LEVEL_LABELS = {0: "全国", 2: "省", 4: "市", 6: "县（市、区）", 9: "街道"}
