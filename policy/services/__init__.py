"""Writes of policy: drafting, adopting, publishing and ending texts, what ships, series."""

from policy.services.series import SeriesPreview, import_series, preview_series
from policy.services.shipped import import_texts
from policy.services.texts import adopt, draft, publish, save_draft, withdraw, within

__all__ = [
    "SeriesPreview",
    "adopt",
    "draft",
    "import_series",
    "import_texts",
    "preview_series",
    "publish",
    "save_draft",
    "withdraw",
    "within",
]
