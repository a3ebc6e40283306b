"""The settings refuse to start half-configured, and are strict where it matters."""

import datetime
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format, number_format

ROOT = Path(__file__).resolve().parents[2]


def start(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Load the settings in a copy of config/ that has no var/ and no .env."""
    shutil.copytree(ROOT / "config", folder / "config", dirs_exist_ok=True)
    kept = {"PATH": os.environ["PATH"], "HOME": str(folder)}
    return subprocess.run(
        [sys.executable, "-c", "import config.settings"],
        cwd=folder, env=kept | environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


KEYS = {"SECRET_KEY": "k" * 32, "IDENTITY_KEY": "i" * 32}


@pytest.mark.parametrize("name", list(KEYS))
@pytest.mark.parametrize("key", [None, "", "short"])
def test_settings_without_a_key_refuse_to_start(tmp_path: Path, name: str, key: str | None) -> None:
    others = {other: value for other, value in KEYS.items() if other != name}
    done = start(tmp_path, **others, **({} if key is None else {name: key}))

    assert done.returncode == 1
    assert f"{name} 未设置或不足 32 个字符" in done.stderr.splitlines()[-1]


def test_settings_take_keys_from_files(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("k" * 32 + "\n")

    done = start(tmp_path, **{f"{name}_FILE": str(tmp_path / "key") for name in KEYS})

    assert done.returncode == 0


def test_settings_with_the_owner_s_role_but_not_its_url_refuse_to_start(tmp_path: Path) -> None:
    done = start(tmp_path, **KEYS, DATABASE_ROLE="owner", DATABASE_URL="postgres://a@b/c")

    assert done.returncode == 1
    assert "DATABASE_ROLE=owner needs DATABASE_OWNER_URL" in done.stderr.splitlines()[-1]


def test_debug_is_off_unless_asked_for() -> None:
    assert settings.DEBUG is False


def test_numbers_and_dates_are_written_the_chinese_office_way() -> None:
    with translation.override("zh-hans"):
        assert number_format("57200.00", force_grouping=True) == "57,200.00"
        assert date_format(datetime.date(2018, 12, 31)) == "2018-12-31"
