"""The policy engine: facts and texts in, requirements with their reasons out. Plain Python."""

from policy.engine.assess import Requirements, assess, assess_persons
from policy.engine.catalogue import catalogue
from policy.engine.errors import TextError, TextErrors
from policy.engine.facts import FactError, Facts
from policy.engine.judging import Judgement, Verdict, judge
from policy.engine.loading import load_shipped, load_text, shipped_ids
from policy.engine.quotas import distribute
from policy.engine.recurring import Cadence, cadence_of, next_due, whole_months, whole_years
from policy.engine.rollup import Rollup, rollup, widen
from policy.engine.rows import Row
from policy.engine.series import Series, SeriesError
from policy.engine.stack import Stack, StackError
from policy.engine.texts import Text
from policy.engine.trace import Trace, explain, explain_all

__all__ = [
    "Cadence",
    "FactError",
    "Facts",
    "Judgement",
    "Requirements",
    "Rollup",
    "Row",
    "Series",
    "SeriesError",
    "Stack",
    "StackError",
    "Text",
    "TextError",
    "TextErrors",
    "Trace",
    "Verdict",
    "assess",
    "assess_persons",
    "cadence_of",
    "catalogue",
    "distribute",
    "explain",
    "explain_all",
    "judge",
    "load_shipped",
    "load_text",
    "next_due",
    "rollup",
    "shipped_ids",
    "whole_months",
    "whole_years",
    "widen",
]
