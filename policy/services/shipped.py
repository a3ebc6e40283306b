"""The texts that ship, loaded once each as the versions that a bureau starts from."""

import hashlib
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from policy.engine import load_shipped
from policy.engine.texts import ADOPTABLE
from policy.models import PolicyText
from policy.services.texts import draft, publish

SHIPPED = Path(__file__).resolve().parent.parent / "shipped.toml"


@transaction.atomic
def import_texts(*, on: date, sources: dict[str, str] | None = None) -> list[PolicyText]:
    """Store the texts that ship (or the given sources of them, by id), and return the new ones.

    shipped.toml says which are published, and how; running it again stores nothing. A newer source
    supersedes the version that was shipped before; where the bureau has published a version of its
    own, the newer source stays a draft for the bureau to decide.
    """
    adoptions = tomllib.loads(SHIPPED.read_text(encoding="utf-8"))
    if sources is None:
        sources = {text_id: load_shipped(text_id).source for text_id in adoptions}
    stored = (
        _store(text_id, source, adoptions[text_id], on) for text_id, source in sources.items()
    )
    return [text for text in stored if text]


def _store(text_id: str, source: str, adoption: dict[str, Any], on: date) -> PolicyText | None:
    versions = PolicyText.objects.filter(text_id=text_id)
    if versions.filter(sha256=hashlib.sha256(source.encode()).hexdigest()).exists():
        return None
    bureaus_own = versions.answering().filter(released_by__isnull=False).exists()
    text = draft(
        source,
        by=None,
        jurisdiction=ADOPTABLE,
        effective_from=adoption.get("effective_from"),
        options=adoption.get("options"),
        note=adoption.get("note", ""),
    )
    if adoption["publish"] and not bureaus_own:
        text = publish(text, by=None, on=on, supersede=True)
    return text
