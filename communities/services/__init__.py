"""Writes of communities: names and search, import of divisions, bulk loading, demo data."""

from communities.services.demo import load_demo
from communities.services.divisions import ImportPreview, import_divisions, preview_divisions
from communities.services.names import committee_kind, describe, initials, search_grams, short_name

__all__ = [
    "ImportPreview",
    "committee_kind",
    "describe",
    "import_divisions",
    "initials",
    "load_demo",
    "preview_divisions",
    "search_grams",
    "short_name",
]
