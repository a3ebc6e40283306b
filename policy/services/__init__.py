"""Writes of policy: drafting, adopting, publishing and ending texts, what ships, series."""

from policy.services.figures import StaleFigureError, content_of, save_figure, unlikely
from policy.services.series import (
    SeriesPreview,
    StaleSeriesError,
    import_rows,
    import_series,
    preview_rows,
    preview_series,
)
from policy.services.shipped import import_texts
from policy.services.texts import adopt, draft, publish, save_draft, withdraw, within

__all__ = [
    "SeriesPreview",
    "StaleFigureError",
    "StaleSeriesError",
    "adopt",
    "content_of",
    "draft",
    "import_rows",
    "import_series",
    "import_texts",
    "preview_rows",
    "preview_series",
    "publish",
    "save_draft",
    "save_figure",
    "unlikely",
    "withdraw",
    "within",
]
