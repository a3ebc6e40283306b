"""A dump holds every row although row security is forced, and comes back whole."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from config.embedded import Server
from ops.backup import backup, refuse_damaged, restore
from ops.steps import StepError

TABLE = """
    CREATE TABLE noted (code text COLLATE "C", words text);
    ALTER TABLE noted ENABLE ROW LEVEL SECURITY;
    ALTER TABLE noted FORCE ROW LEVEL SECURITY;
    CREATE POLICY division_scope ON noted USING (
        code >= NULLIF(current_setting('app.scope_from', true), '')
        AND code < NULLIF(current_setting('app.scope_to', true), ''));
    INSERT INTO noted VALUES ('371502001001', '古城社区'), ('330206002001', '新碶社区');
"""


def connect(server: Server, role: str = "gov_owner") -> psycopg.Connection:
    return psycopg.connect(host=str(server.sockets), user=role, dbname="gov")


@pytest.fixture
def servers(tmp_path: Path) -> Iterator[list[Server]]:
    """One server with two rows, and an empty one."""
    servers = [Server(tmp_path / name, durable=False) for name in ("full", "empty")]
    for server in servers:
        server.start()
    with connect(servers[0]) as connection:
        connection.execute(TABLE)
    yield servers
    for server in servers:
        server.leave()
        shutil.rmtree(server.folder, ignore_errors=True)


def test_restored_database_holds_every_row_and_its_row_security(
    servers: list[Server], tmp_path: Path
) -> None:
    file = tmp_path / "gov.dump"

    backup(servers[0], file)
    refuse_damaged(servers[1], file)
    restore(servers[1], file)

    assert file.stat().st_mode & 0o777 == 0o600
    with connect(servers[1]) as connection:
        rows = connection.execute("SELECT code, words FROM noted ORDER BY code").fetchall()
        assert rows == [("330206002001", "新碶社区"), ("371502001001", "古城社区")]
    with connect(servers[1], "gov_app") as connection:
        assert connection.execute("SELECT code FROM noted").fetchall() == []


def test_dump_that_was_cut_short_is_refused_before_anything_is_deleted(
    servers: list[Server], tmp_path: Path
) -> None:
    file = tmp_path / "gov.dump"
    file.write_bytes(b"PGDMP")

    with pytest.raises(StepError, match="不是完整的备份文件，未删除任何数据"):
        refuse_damaged(servers[0], file)


def test_restore_over_other_data_changes_nothing(servers: list[Server], tmp_path: Path) -> None:
    file = tmp_path / "gov.dump"
    backup(servers[0], file)

    with pytest.raises(StepError, match="pg_restore 未完成，数据库没有变动"):
        restore(servers[0], file)

    with connect(servers[0]) as connection:
        assert connection.execute("SELECT count(*) FROM noted").fetchall() == [(2,)]
