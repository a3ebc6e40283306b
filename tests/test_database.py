"""The migrated database that is kept between runs: it is made anew whenever it would differ."""

import ast
from pathlib import Path

import pytest
from django.conf import settings

from tests.database import fingerprint, sources

ROOT = Path(settings.BASE_DIR)


def imported(path: Path) -> set[str]:
    """The modules that a file imports, and the names it takes from them, with dots."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{name.name}" for name in node.names)}
    return found


def test_migrations_import_only_modules_whose_change_makes_the_database_anew() -> None:
    known = sources()
    migrations = [path for path in known if path.parent.name == "migrations"]
    files = {
        path
        for migration in migrations
        for name in imported(migration)
        if (path := ROOT / f"{name.replace('.', '/')}.py").exists()
    }

    assert len(migrations) > 30
    assert {str(path.relative_to(ROOT)) for path in files - {*known}} == set()


def test_migration_when_changed_then_the_database_has_another_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "BASE_DIR", tmp_path)
    migration = tmp_path / "staffing" / "migrations" / "0001_initial.py"
    migration.parent.mkdir(parents=True)
    migration.write_text("a")
    before = fingerprint()

    migration.write_text("b")
    assert fingerprint() != before
    migration.write_text("a")
    assert fingerprint() == before
