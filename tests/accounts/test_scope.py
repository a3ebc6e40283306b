"""Row security and the scope of a request: who sees which rows, and nothing without a scope."""

import threading
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import Error, connection, connections, transaction
from django.db.backends.postgresql.base import DatabaseWrapper
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from accounts.models import User
from accounts.scope import ScopeMiddleware, bounds, contains, give_reason, quoted, scope
from communities.models import AnnualFacts, Community, Division
from tests.factories import make_community, make_division, make_facts

DENIED = "42501"
NO_ROWS = ""


def codes() -> list[str]:
    return sorted(Community.objects.values_list("code", flat=True))


def state_of(error: pytest.ExceptionInfo[Error]) -> str:
    cause: Any = error.value.__cause__
    return str(cause.sqlstate)


@pytest.fixture
def gucheng(db: None) -> Community:
    return make_community()


@pytest.fixture
def elsewhere(db: None) -> Community:
    return make_community("330206002002", "杜鹃社区")


@pytest.mark.parametrize(
    ("prefix", "expected"),
    [
        ("", ("", "")),
        ("0", ("0", ":")),
        ("37", ("37", "37:")),
        ("3715", ("3715", "3715:")),
        ("371502001001", ("371502001001", "371502001001:")),
    ],
)
def test_bounds_of_a_scope(prefix: str, expected: tuple[str, str]) -> None:
    assert bounds(prefix) == expected


@pytest.mark.parametrize(
    "prefix",
    ["3", "371", "37150", "%", "3715' OR 1=1", "３７１５", "*", " ", "37150200100101", ":"],
)
def test_bounds_of_something_else_are_refused(prefix: str) -> None:
    with pytest.raises(ValueError, match="not a scope"):
        bounds(prefix)


@pytest.mark.parametrize(
    ("prefix", "code", "inside"),
    [
        ("371502", "371502001001", True),
        ("371502", "371502", True),
        ("371502", "3715", False),
        ("371502", "371503001001", False),
        ("0", "371502", True),
        ("", "371502", False),
    ],
)
def test_contains(prefix: str, code: str, inside: bool) -> None:
    assert contains(prefix, code) is inside


@pytest.mark.django_db
def test_role_is_weak() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb "
            "FROM pg_roles WHERE rolname = current_user"
        )
        role = cursor.fetchone()
        cursor.execute("SELECT count(*) FROM pg_class WHERE relowner = current_user::regrole::oid")
        owned = cursor.fetchone()

    assert role == ("gov_app", False, False, False, False)
    assert owned == (0,)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE communities_community DISABLE ROW LEVEL SECURITY",
        "DROP POLICY division_scope ON communities_community",
        "ALTER TABLE communities_community DISABLE TRIGGER ALL",
        "SET session_replication_role = replica",
        "TRUNCATE communities_community",
        "CREATE TABLE mine (code text)",
        "COPY communities_community TO PROGRAM 'cat'",
    ],
)
def test_role_cannot_get_round_the_policy(statement: str) -> None:
    with pytest.raises(Error) as error, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert state_of(error) == DENIED


@pytest.mark.parametrize(
    ("prefix", "seen"),
    [
        (NO_ROWS, []),
        ("371502001", ["371502001001"]),
        ("371502002", []),
        ("3715", ["371502001001"]),
        ("330206", ["330206002002"]),
        ("0", ["330206002002", "371502001001"]),
    ],
)
def test_scope_shows_its_own_rows_only(
    gucheng: Community, elsewhere: Community, prefix: str, seen: list[str]
) -> None:
    with scope(prefix):
        assert codes() == seen


@pytest.mark.parametrize("value", ["", "%", "*", " ", "3715' OR 1=1", "３７１５"])
def test_no_scope_no_rows_whatever_the_setting_holds(gucheng: Community, value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.scope_from', %s, true)", (value,))
        cursor.execute("SELECT set_config('app.scope_to', '', true)")

    assert codes() == []


def test_scope_inside_a_scope_puts_the_outer_back(gucheng: Community, elsewhere: Community) -> None:
    with scope("330206"):
        with scope("3715"):
            inner = codes()
        outer = codes()

    assert inner == ["371502001001"]
    assert outer == ["330206002002"]


def test_scope_after_an_error_inside_puts_the_outer_back(gucheng: Community) -> None:
    with scope("3715"):
        with pytest.raises(ZeroDivisionError), scope("330206"):
            raise ZeroDivisionError
        after = codes()

    assert after == ["371502001001"]


def test_write_outside_is_refused(gucheng: Community) -> None:
    with scope("371502002"):
        changed = Community.objects.filter(pk=gucheng.pk).update(name="别处社区")

    assert changed == 0


def test_division_outside_is_read_but_not_written(gucheng: Community) -> None:
    with scope("371502001"):
        read = Division.objects.filter(code="371502").values_list("name", flat=True)[0]
        changed = Division.objects.filter(code="371502").update(name="别处")
        own = Division.objects.filter(code="371502001").update(name="古楼街道办事处")

    assert (read, changed, own) == ("东昌府区", 0, 1)


@pytest.mark.parametrize(
    ("prefix", "code"),
    [("371502001", "371502002"), ("371502001", "371502"), (NO_ROWS, "371502002")],
)
def test_new_division_outside_is_refused(gucheng: Community, prefix: str, code: str) -> None:
    with pytest.raises(Error) as error, scope(prefix):
        make_division(code)

    assert state_of(error) == DENIED


def test_division_cannot_be_moved_out_of_scope(gucheng: Community) -> None:
    with pytest.raises(Error) as error, scope("371502001"):
        Division.objects.filter(code="371502001").update(code="371502009")

    assert state_of(error) == DENIED


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM communities_annualfacts",
        "DELETE FROM communities_community",
        "DELETE FROM communities_division",
        "DELETE FROM accounts_user",
        "DELETE FROM django_admin_log",
        "UPDATE django_admin_log SET change_message = ''",
        "INSERT INTO communities_communityevent (pgh_label) VALUES ('update')",
        "INSERT INTO accounts_userevent (pgh_label) VALUES ('update')",
    ],
)
def test_role_cannot_remove_rows_or_forge_history(gucheng: Community, statement: str) -> None:
    with pytest.raises(Error) as error, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert state_of(error) == DENIED


def test_history_is_written_also_when_a_session_asks_for_none(gucheng: Community) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('pgtrigger.ignore', array_agg(tgname)::text, true) FROM pg_trigger"
        )
        cursor.execute("UPDATE communities_community SET name = '改名社区'")

    assert list(gucheng.events.order_by("pgh_id").values_list("pgh_label", "name")) == [
        ("insert", "古城社区居委会"),
        ("update", "改名社区"),
    ]


def test_new_row_outside_is_refused(gucheng: Community) -> None:
    with pytest.raises(Error) as error, scope("371502002"):
        Community.objects.create(code="371502001002", name="湖南社区", committee_kind="residents")

    assert state_of(error) == DENIED


def test_moving_a_row_out_of_scope_is_refused(gucheng: Community) -> None:
    with pytest.raises(Error) as error, scope("371502001"):
        Community.objects.update(code="371502002001")

    assert state_of(error) == DENIED


def test_facts_follow_the_same_scope(gucheng: Community, elsewhere: Community) -> None:
    make_facts(gucheng)
    make_facts(elsewhere)

    with scope("3715"):
        seen = list(AnnualFacts.objects.values_list("code", flat=True))

    assert seen == ["371502001001"]


def answer(view: Any, user: Any) -> HttpResponse:
    request = RequestFactory().get("/somewhere/")
    request.user = user
    return ScopeMiddleware(view)(request)


def test_scope_does_not_outlive_its_request(gucheng: Community, clerk: User) -> None:
    seen: list[list[str]] = []

    with scope(NO_ROWS):
        answer(lambda request: seen.append(codes()) or HttpResponse(), clerk)
        after = codes()

    assert seen == [["371502001001"]]
    assert after == []


def test_visitor_sees_no_rows_inside_another_scope(gucheng: Community) -> None:
    seen: list[list[str]] = []

    with scope("3715"):
        answer(lambda request: seen.append(codes()) or HttpResponse(), AnonymousUser())

    assert seen == [[]]


def test_error_rolls_back_what_the_view_wrote(gucheng: Community, city_officer: User) -> None:
    def view(request: Any) -> HttpResponse:
        Community.objects.update(name="改名社区")
        middleware.process_exception(request, ValueError())
        return HttpResponse(status=500)

    middleware = ScopeMiddleware(view)
    request = RequestFactory().get("/somewhere/")
    request.user = city_officer
    middleware(request)

    assert Community.objects.get().name == "古城社区居委会"


def test_rows_in_another_thread_need_a_scope_in_the_generator(
    transactional_db: None,
) -> None:
    make_community()
    lines: dict[str, list[str]] = {}

    def with_scope() -> Any:
        with scope("3715"):
            yield from codes()

    def without_scope() -> Any:
        yield from codes()

    def serve(name: str, rows: Any) -> None:
        response = StreamingHttpResponse(rows())
        lines[name] = [line.decode() for line in response]
        connection.close()

    for name, rows in {"with": with_scope, "without": without_scope}.items():
        thread = threading.Thread(target=serve, args=(name, rows))
        thread.start()
        thread.join()

    assert lines == {"with": ["371502001001"], "without": []}


def test_pool_of_four_leaks_no_scope_between_threads(transactional_db: None) -> None:
    make_community()
    make_community("330206002002", "杜鹃社区")
    wrong: list[str] = []

    def work(prefix: str) -> None:
        for _ in range(150):
            with scope(prefix):
                wrong.extend(code for code in codes() if not code.startswith(prefix))
            connection.close()
            wrong.extend(codes())
            connection.close()

    shared = connections.settings["default"]
    before = shared["OPTIONS"]
    shared["OPTIONS"] = before | {"pool": {"min_size": 1, "max_size": 4}}
    threads = [
        threading.Thread(target=work, args=(prefix,))
        for prefix in ("3715", "330206", "371502001", "3302")
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    shared["OPTIONS"] = before
    close_pools()

    assert wrong == []


def close_pools() -> None:
    for pool in DatabaseWrapper._connection_pools.values():
        pool.close()
    DatabaseWrapper._connection_pools.clear()


def test_reason_is_kept_with_the_history(gucheng: Community) -> None:
    with scope("3715", user=7):
        give_reason("更正全称")
        Community.objects.update(name="古城新社区")
        event = gucheng.events.order_by("pgh_id").last()

    assert event.pgh_context.metadata == {"user": 7, "reason": "更正全称"}


def test_names_that_are_not_names_are_refused() -> None:
    with pytest.raises(ValueError, match="not a table or column name"):
        quoted('communities"; DROP')
