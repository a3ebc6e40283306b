"""What must hold for every table, model and module, also for those that come later."""

import ast
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, models

ROOT = Path(settings.BASE_DIR)
LAYERS = (
    "accounts",
    "policy",
    "communities",
    "collection",
    "staffing",
    "facilities",
    "portal",
    "config",
)
MODULE_WALL = 400

# Tables with a division code and no row policy, each with its reason.
PUBLIC_TABLES = {
    "communities_division": "codes and names are published by the statistics office; writes scoped",
    "communities_divisionevent": "history of what is public",
    "policy_policytext": "published documents; a clerk reads those of every level above",
    "policy_policytextevent": "history of what is public",
    "policy_indexvalue": "published statistics; a clerk needs those of the levels above",
    "policy_indexvalueevent": "history of what is public",
    "communities_formerdesignation": "codes and names of before are public; written by scope",
    "collection_round": "what a bureau asks of its streets is no secret; written by scope",
    "facilities_spaceplan": "a district's plan is read by its streets; written by scope",
    "facilities_spacepool": "how a sum is divided is no secret of an office; written by scope",
    "staffing_course": "streets read of courses; no personal data; written by scope",
    "staffing_electionround": "what a bureau calls is no secret; written by scope",
    "staffing_quotaplan": "a district's total of posts is read by its streets; written by scope",
    "accounts_user": "read before anybody's scope is known; the admin and lists use for_user()",
}
# Tables of others that hold no code of ours; Django made their foreign keys.
FOREIGN_APPS = {"admin", "auth", "axes", "contenttypes", "sessions", "pghistory"}


def our_models() -> list[type[models.Model]]:
    return [m for m in apps.get_models() if m._meta.app_label in LAYERS and m._meta.managed]


def rows(statement: str) -> list[tuple[str, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


TABLES_WITH_A_CODE = """
    SELECT DISTINCT table_name FROM information_schema.columns
    WHERE table_schema = 'public'
      AND (column_name IN ('code', 'scope', 'jurisdiction') OR column_name LIKE '%\\_code')
      AND table_name IN (SELECT relname FROM pg_class WHERE relkind IN ('r', 'p'))
"""
TABLES_WITH_A_FORCED_POLICY = """
    SELECT DISTINCT relname FROM pg_class JOIN pg_policy ON polrelid = pg_class.oid
    WHERE relrowsecurity AND relforcerowsecurity AND polpermissive AND polcmd = '*'
      AND NOT EXISTS (SELECT FROM pg_policy open WHERE open.polrelid = pg_class.oid
                      AND open.polname <> 'division_scope')
"""
POLICY_TEXTS = """
    SELECT tablename, qual, with_check FROM pg_policies
    WHERE schemaname = 'public' AND policyname = 'division_scope'
"""
OTHER_POLICIES = """
    SELECT tablename, policyname, cmd, qual FROM pg_policies
    WHERE schemaname = 'public' AND policyname <> 'division_scope'
"""


@pytest.mark.django_db
def test_every_table_with_a_code_has_a_policy() -> None:
    coded = {table for (table,) in rows(TABLES_WITH_A_CODE)}
    guarded = {table for (table,) in rows(TABLES_WITH_A_FORCED_POLICY)}

    assert coded - guarded == set(PUBLIC_TABLES)


@pytest.mark.django_db
def test_every_policy_has_the_one_text() -> None:
    wrong = [
        table
        for table, reads, writes in rows(POLICY_TEXTS)
        if reads != writes
        or reads.count("NULLIF(current_setting('app.scope_") != 2
        or " OR " in reads
        or "~~" in reads
    ]

    assert wrong == []


@pytest.mark.django_db
def test_only_what_offices_publish_is_read_by_all_and_written_by_scope() -> None:
    assert sorted(rows(OTHER_POLICIES)) == [
        ("collection_round", "public_reading", "SELECT", "true"),
        ("communities_division", "public_reading", "SELECT", "true"),
        ("communities_formerdesignation", "public_reading", "SELECT", "true"),
        ("facilities_spaceplan", "public_reading", "SELECT", "true"),
        ("facilities_spacepool", "public_reading", "SELECT", "true"),
        ("staffing_course", "public_reading", "SELECT", "true"),
        ("staffing_electionround", "public_reading", "SELECT", "true"),
        ("staffing_quotaplan", "public_reading", "SELECT", "true"),
    ]


@pytest.mark.django_db
def test_every_code_column_sorts_by_bytes() -> None:
    wrong = [
        f"{model._meta.label}.{field.name}"
        for model in our_models()
        for field in model._meta.local_fields
        if isinstance(field, models.CharField)
        and (field.name == "code" or field.name.endswith("_code") or field.name == "scope")
        and field.db_collation != "C"
    ]

    assert wrong == []


@pytest.mark.django_db
def test_views_and_materialized_views_are_not_there() -> None:
    found = rows(
        "SELECT relname FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace "
        "WHERE relkind IN ('v', 'm') AND nspname = 'public'"
    )

    assert found == []


@pytest.mark.django_db
def test_history_tables_cannot_be_changed_by_the_application() -> None:
    allowed = rows(
        "SELECT table_name, privilege_type FROM information_schema.role_table_grants "
        "WHERE grantee = 'gov_app' AND privilege_type IN ('UPDATE', 'DELETE', 'TRUNCATE') "
        "AND (table_name LIKE '%event' "
        "OR table_name IN ('accounts_accesslog', 'django_admin_log', 'pghistory_context'))"
    )

    assert allowed == []


HISTORY_WRITERS = """
    SELECT tgrelid::regclass::text, tgname, prosecdef, proconfig
    FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid
    WHERE NOT tgisinternal AND prosrc LIKE '%INSERT INTO%event"%'
"""


@pytest.mark.django_db
def test_history_is_written_by_the_owner_s_triggers_only() -> None:
    """A migration that changes a tracked model ends with accounts.scope.history_by_owner."""
    writers = rows(HISTORY_WRITERS)
    tracked = [model for model in our_models() if hasattr(model, "pgh_tracked_model")]

    assert len(writers) == 3 * len(tracked)
    assert [row for row in writers if row[2:] != (True, ["search_path=public"])] == []
    assert (
        rows(
            "SELECT table_name FROM information_schema.role_table_grants "
            "WHERE grantee = 'gov_app' AND privilege_type = 'INSERT' AND table_name LIKE '%event'"
        )
        == []
    )


@pytest.mark.django_db
def test_places_facts_and_accounts_are_never_deleted_by_the_application() -> None:
    allowed = {
        table
        for (table,) in rows(
            "SELECT table_name FROM information_schema.role_table_grants "
            "WHERE grantee = 'gov_app' AND privilege_type = 'DELETE' "
            "AND (table_name LIKE 'communities%' OR table_name = 'accounts_user')"
        )
    }

    assert allowed == {"communities_pendingimport"}


@pytest.mark.django_db
def test_nobody_may_truncate() -> None:
    allowed = rows(
        "SELECT table_name FROM information_schema.role_table_grants "
        "WHERE grantee = 'gov_app' AND privilege_type IN ('TRUNCATE', 'TRIGGER', 'REFERENCES')"
    )

    assert allowed == []


# Models without history of their own, each with its reason.
WITHOUT_HISTORY = {
    "accounts.Role": "loaded from accounts/roles.toml, whose history is the repository's",
    "accounts.AccessLog": "append-only itself",
    "communities.FactsVersion": "stamps kept by triggers",
    "policy.PolicyVersion": "stamps kept by triggers",
    "communities.PendingImport": "an upload that waits for its confirmation, then goes",
    "communities.ActStep": "append-only itself",
    "communities.PaperContent": "bytes named by their hash, which never change",
    "accounts.Message": "a note to one person; only its reading is added",
    "collection.Extension": "append-only itself",
    "collection.Reminder": "append-only itself",
    "collection.FactsStep": "append-only itself",
    "collection.FactsDraft": "typing under way; what is handed in has its history",
    "collection.Upload": "the record of an import itself; its progress changes every second",
    "collection.UploadContent": "bytes until they are read",
    "collection.UploadRow": "rows that wait to be taken; what they change has its history",
    "collection.UploadSecret": "texts of sealed cells, which go when their rows are taken",
    "facilities.SpacePaperContent": "bytes that never change, under their hash",
    "staffing.PersonPhone": "no copy of a telephone number is kept; who looked at it is logged",
    "staffing.StaffPaper": "append-only itself",
    "staffing.StaffPaperContent": "bytes, removed with the personal data after the time of keeping",
    "accounts.SubmittedForm": "keys of forms, only ever added",
}


def test_every_business_model_has_its_history() -> None:
    tracked = {
        model.pgh_tracked_model._meta.label
        for model in our_models()
        if hasattr(model, "pgh_tracked_model")
    }
    business = {
        model._meta.label for model in our_models() if not hasattr(model, "pgh_tracked_model")
    }

    assert business - tracked == set(WITHOUT_HISTORY)


def test_every_history_records_insert_update_and_delete() -> None:
    incomplete = [
        model._meta.label
        for model in our_models()
        if hasattr(model, "pgh_tracked_model")
        and {tracker.label for tracker in model.pgh_trackers} != {"insert", "update", "delete"}
    ]

    assert incomplete == []


def test_foreign_keys_point_down() -> None:
    upward = [
        f"{model._meta.label}.{field.name}"
        for model in our_models()
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and field.related_model
        if (target := field.related_model._meta.app_label) not in FOREIGN_APPS
        if LAYERS.index(target) > LAYERS.index(model._meta.app_label)
    ]

    assert upward == []


def test_foreign_keys_never_delete_what_points_to_them() -> None:
    cascading = [
        f"{model._meta.label}.{field.name}"
        for model in our_models()
        if not hasattr(model, "pgh_tracked_model") and not model._meta.auto_created
        for field in model._meta.local_fields
        if isinstance(field, models.ForeignKey)
        if field.remote_field.on_delete is not models.PROTECT
    ]

    assert cascading == []


# Personal data: fields whose name or label may only stand where they are listed.
PERSONAL = ("身份证", "手机", "电话", "住址", "phone", "id_number", "birth", "mobile")
PERSONAL_ALLOWED = {
    # the telephone of an office, given by those who answer for a place; never a resident's
    "communities.Contact.office_phone",
    "communities.ContactEvent.office_phone",
    # of staff, never of residents: read only by the page that records who looked
    "staffing.PersonPhone.number",
    "staffing.Person.phone_mask",
}


def test_no_field_holds_personal_data_of_residents() -> None:
    found = {
        f"{model._meta.label}.{field.name}"
        for model in our_models()
        for field in model._meta.local_fields
        if any(word in f"{field.name} {field.verbose_name}" for word in PERSONAL)
    }

    assert found == PERSONAL_ALLOWED


def modules() -> list[Path]:
    return [
        path
        for folder in (*LAYERS, "ops", "tests", "benchmarks")
        for path in sorted((ROOT / folder).rglob("*.py"))
        if "migrations" not in path.parts
    ]


def test_modules_stay_below_the_wall() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in modules()
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > MODULE_WALL
    }

    assert long == {}


def test_modules_begin_with_one_line_that_says_what_they_are() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in modules()
        if path.stat().st_size and not ast.get_docstring(ast.parse(path.read_text("utf-8")))
    ]

    assert silent == []


def test_nothing_fetches_an_address_of_the_network() -> None:
    clients = ("requests", "urllib.request", "http.client", "httpx", "aiohttp", "socket")
    found = [
        f"{path.relative_to(ROOT)}: {name}"
        for app in (
            "accounts",
            "policy",
            "communities",
            "collection",
            "staffing",
            "facilities",
            "portal",
        )
        for path in sorted((ROOT / app).rglob("*.py"))
        for name in imported(path)
        if name in clients
    ]

    assert found == []


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names
