"""People by name, and the database role of a request for every test that uses the database."""

import gc
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, connections
from django.test import Client

from accounts.models import Role, User
from accounts.services import load_roles
from tests.database import migrated
from tests.factories import make_user

Browse = Callable[[User | None], Client]

# Models and tests stay to the end: to look through them again and again takes a tenth of the time.
gc.set_threshold(50_000, 20, 50)


def pytest_collection_finish() -> None:
    gc.freeze()


@pytest.fixture(autouse=True)
def as_app(request: pytest.FixtureRequest) -> Iterator[None]:
    """Run tests as gov_app, the role of a request; the database was made by its owner.

    The test itself sees the whole country, as the owner's sessions do; requests set their own
    scope. Other threads (live server, pool) log in as gov_app and see nothing without a scope.
    """
    if not uses_database(request.node):
        yield
        return
    request.getfixturevalue("_django_db_helper")  # the test's transaction must be open by now
    if not Role.objects.exists():  # the flush after a transactional test took them
        load_roles()
    if connection.in_atomic_block:
        connection.cursor().execute("SET LOCAL ROLE gov_app")
        yield
        return
    shared = connections.settings["default"]
    owner = dict(shared)
    connection.settings_dict = dict(shared)
    shared.update(settings.APP_DATABASE)
    connection.cursor().execute("SET ROLE gov_app")
    yield
    shared.update(owner)
    connection.settings_dict = shared
    connection.cursor().execute("RESET ROLE")


def uses_database(item: Any) -> bool:
    wanted = {"db", "transactional_db", "live_server"}
    return bool(item.get_closest_marker("django_db") or wanted & {*item.fixturenames})


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    request: pytest.FixtureRequest,
    django_db_modify_db_settings: None,
    django_db_use_migrations: bool,
    django_db_blocker: Any,
) -> None:
    """Copy the database of the tests: to migrate takes as long as a hundred tests."""
    if django_db_use_migrations and any(map(uses_database, request.session.items)):
        with django_db_blocker.unblock():
            connection.settings_dict["TEST"]["TEMPLATE"] = migrated(connection)


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest
) -> Iterator[None]:
    # For a run whose tests all do without, no database was made: the name is still the house's.
    if connection.settings_dict["NAME"] != connection.settings_dict["TEST"]["NAME"]:
        yield
        return
    with django_db_blocker.unblock():
        load_roles()
    yield
    with django_db_blocker.unblock():
        end_other_sessions()


def end_other_sessions() -> None:
    """End what threads, browsers and jobs of tests left open: a database in use cannot go."""
    with connection.cursor() as cursor:
        for role in ("RESET ROLE", "SET ROLE gov_app", "RESET ROLE"):
            cursor.execute(role)
            cursor.execute(
                "SELECT pg_terminate_backend(pid, 2000) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid() "
                "AND usename = current_user"
            )


@pytest.fixture
def browse(db: None) -> Browse:
    """A client of a person who is logged in; of nobody for None."""

    def client(user: User | None) -> Client:
        made = Client()
        if user is not None:
            made.force_login(user, backend="accounts.backends.RoleBackend")
        return made

    return client


@pytest.fixture
def visitor() -> None:
    return None


@pytest.fixture
def clerk(db: None) -> User:
    return make_user("street_clerk", "371502001", office="古楼街道办事处", display_name="李敏")


@pytest.fixture
def clerk_elsewhere(db: None) -> User:
    return make_user("street_clerk", "371502002", office="柳园街道办事处", display_name="赵静")


@pytest.fixture
def reviewer(db: None) -> User:
    return make_user("street_reviewer", "371502001", office="古楼街道办事处")


@pytest.fixture
def district_officer(db: None) -> User:
    return make_user("district_officer", "371502", office="东昌府区民政局")


@pytest.fixture
def district_finance(db: None) -> User:
    return make_user("district_finance", "371502", office="东昌府区财政局")


@pytest.fixture
def city_officer(db: None) -> User:
    return make_user("city_officer", "3715", office="聊城市民政局")


@pytest.fixture
def city_finance(db: None) -> User:
    return make_user("city_finance", "3715", office="聊城市财政局")


@pytest.fixture
def auditor(db: None) -> User:
    return make_user("auditor", "3715", office="聊城市审计局")


@pytest.fixture
def administrator(db: None) -> User:
    return make_user("administrator", "0", office="信息中心")
