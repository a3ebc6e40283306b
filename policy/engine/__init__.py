"""The policy engine: facts and texts in, requirements with their reasons out. Plain Python."""

from policy.engine.assess import Requirements, assess
from policy.engine.catalogue import catalogue
from policy.engine.errors import TextError, TextErrors
from policy.engine.facts import FactError, Facts
from policy.engine.loading import load_shipped, load_text, shipped_ids
from policy.engine.rollup import Rollup, rollup, widen
from policy.engine.rows import Row
from policy.engine.series import Series, SeriesError
from policy.engine.stack import Stack, StackError
from policy.engine.texts import Text
from policy.engine.trace import Trace, explain, explain_all

__all__ = [
    "FactError",
    "Facts",
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
    "assess",
    "catalogue",
    "explain",
    "explain_all",
    "load_shipped",
    "load_text",
    "rollup",
    "shipped_ids",
    "widen",
]
