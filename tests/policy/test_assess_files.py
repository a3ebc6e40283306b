"""What files and arguments the assess command takes, and what it says of others."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from policy.engine.catalogue import catalogue
from tests.policy.conftest import BEILUN, FIRST, HEADER, OWN, SECOND, THIRD, refused


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_file_when_in_utf8_with_a_mark_or_gbk_is_read(facts, assessed, encoding):
    path = facts(f"code,核定户数,住区类型\n{FIRST},2847,新建\n", encoding=encoding)

    rows = assessed(path)

    assert rows[FIRST, "work_funding"]["required"] == "56940.00"
    assert rows[FIRST, "service_area"]["required"] == "900.00"


def test_own_text_when_it_begins_with_a_mark_is_read(facts, assessed):
    own = facts(OWN, "own.toml", "utf-8-sig")

    assert assessed(facts(f"code,households\n{FIRST},1\n"), texts=(own,))[FIRST, "grids"]


def test_heading_when_unknown_is_said_with_what_was_meant(facts, assessed):
    assessed(facts(f"code,name,houshold,备注,\n{FIRST},古城,5,无,\n"))

    assert "没有用到的列：“houshold”（可能是“households”）" in assessed.progress
    assert "没有用到的列：“备注”" in assessed.progress or "没有用到的列：备注" in assessed.progress
    assert "name" not in assessed.progress


def test_file_when_wrong_is_refused_with_line_column_and_value(facts):
    path = facts(f"code,households\n{FIRST},1\n{SECOND},many\n")

    said = refused(path, "--text", "liaocheng-2015", "--on", "2018-12-31")

    assert said == "facts.csv第3行“households”列：核定户数“many”不是确切的数字，改成阿拉伯数字"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("division,series,year\n", "s.csv：表头缺少value列"),
        ("", "s.csv：表头缺少division、series、value、year列"),
        (
            "division,series,year,value\n3715,rents,2017,1\n",
            "s.csv：序列第1行：没有名为“rents”的序列",
        ),
    ],
)
def test_series_when_wrong_are_refused(facts, text, message):
    series = facts(text, "s.csv")

    said = refused(facts(f"code\n{FIRST}\n"), "--text", "liaocheng-2015", "--on", "2018-12-31",
                   "--series", series)  # fmt: skip

    assert said.startswith(message)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--text", "liaocheng-2015"], "写明事实CSV、--text 和 --on"),
        (["--on", "2018-12-31"], "写明事实CSV、--text 和 --on"),
        (["--text", "liaocheng", "--on", "2018-12-31"],
         "没有名为“liaocheng”的政策文件；可能是“liaocheng-2015”"),
        (["--text", "liaocheng-2015", "--on", "2018/12/31"],
         "“2018/12/31”不是日期，写成2018-12-31"),
        (["--text", "liaocheng-2015", "--on", "2018-12-31", "--option", "LC-STF-1.rounding"],
         "“LC-STF-1.rounding”应写成 PROVISION.option=VALUE"),
        (["--text", "liaocheng-2015", "--on", "2018-12-31", "--option", "LC-STF-1.rounding=up"],
         "选项“LC-STF-1.rounding”没有值“up”"),
        (["--text", "liaocheng-2015", "--on", "2018-12-31", "--option", "LC-ORG-4.size=big"],
         "选项“LC-ORG-4.size”应为确切的数字，现在是“big”"),
        (["--text", "liaocheng-2015", "--on", "2018-12-31", "--adopt", "beilun=3715"],
         "--adopt beilun：没有同时写 --text beilun"),
        (["--text", "beilun", "--on", "2018-12-31", "--adopt", "beilun=371"],
         "--adopt beilun=371：应为2、4、6或9位区划代码"),
        (["--text", "liaocheng-2015", "--on", "2018-12-31", "--exempt", "LC-STF-1"],
         "“LC-STF-1”应写成 CODE:PROVISION"),
        (["--text", "liaocheng-2015", "--on", "2018-12-31", "--exempt", f"{FIRST}:LC-STF-9"],
         f"{FIRST}的豁免：没有条款“LC-STF-9”"),
    ],
)  # fmt: skip
def test_arguments_when_wrong_are_refused_with_what_to_write(facts, arguments, message):
    assert message in refused(facts(f"code\n{FIRST}\n"), *arguments)


def test_file_when_it_does_not_exist_is_named(tmp_path):
    said = refused(tmp_path / "no.csv", "--text", "liaocheng-2015", "--on", "2018-12-31")

    assert said == f"{tmp_path / 'no.csv'}：No such file or directory"


def test_day_when_no_policy_is_in_force_says_so_and_writes_the_header(facts, assessed):
    assert assessed(facts(f"code,households\n{FIRST},1\n"), on="2014-12-31") == {}

    assert assessed.stdout == f"{HEADER}\n"
    assert "2014-12-31没有生效的政策，没有要测算的事项" in assessed.progress


def test_file_without_rows_when_assessed_gives_the_header(facts, assessed):
    assert assessed(facts("code,households\n"), "--rollup", "city", "--explain") == {}

    assert assessed.stdout == f"{HEADER},explanation\n"


def test_check_when_a_text_is_right_says_how_many_provisions(facts, capsys):
    call_command("assess", "--check", str(facts(OWN, "own.toml")))

    assert capsys.readouterr().err == "自拟办法：1个条款，没有错误\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            OWN.replace("grids", "grid"),
            "own.toml · OWN-1 · subject：“grid”不在可选项里；可能是“grids”",
        ),
        ("format =", "own.toml：不是合格的TOML："),
    ],
)
def test_check_when_a_text_is_wrong_names_the_place(facts, text, message):
    assert refused("--check", facts(text, "own.toml")).startswith(message)


def test_check_when_a_text_is_not_in_utf8_says_so(facts):
    path = facts(OWN, "own.toml", "gb18030")

    assert refused("--check", path) == f"{path}：应为UTF-8编码的TOML"


def test_check_when_given_a_folder_says_so(tmp_path):
    assert refused("--check", tmp_path) == f"{tmp_path}：Is a directory"


def test_output_when_jurisdictions_are_interleaved_stands_in_the_order_of_the_file(facts, assessed):
    codes = [FIRST, BEILUN, THIRD, "330206001002", SECOND]
    path = facts("code,households\n" + "".join(f"{code},300\n" for code in codes))

    rows = assessed(path, texts=("liaocheng-2015", "beilun"))

    assert list(dict.fromkeys(code for code, _ in rows)) == codes
    subjects = [subject for code, subject in rows if code == FIRST]
    assert subjects == [name for name in catalogue().subjects if name in subjects]


def test_codes_when_levels_are_mixed_answer_their_own_rules(facts, assessed):
    path = facts(f"code,households\n371502,23000\n{FIRST},300\n3715,90000\n")

    rows = assessed(path, texts=("shandong-2018",))

    workers = rows["371502", "community_workers"]
    assert (workers["low"], workers["high"]) == ("58", "77")
    assert rows["3715", "city_service_area"]["required"] == "27000.00"
    assert ("371502", "work_funding") not in rows


def test_command_when_the_clone_is_fresh_needs_no_secret_and_no_database(tmp_path):
    for part in (
        "accounts",
        "collection",
        "communities",
        "config",
        "facilities",
        "policy",
        "portal",
        "staffing",
    ):
        shutil.copytree(settings.BASE_DIR / part, tmp_path / part)
    shutil.copy(settings.BASE_DIR / "manage.py", tmp_path)
    (tmp_path / "facts.csv").write_text(f"code,households\n{FIRST},2847\n", "utf-8")
    kept = {key: os.environ[key] for key in ("PATH", "HOME", "LANG") if key in os.environ}
    command = ["manage.py", "assess", "facts.csv", "--text", "liaocheng-2015", "--on", "2018-12-31"]

    done = subprocess.run(  # noqa: S603  our own program
        [sys.executable, *command], cwd=tmp_path, env=kept, capture_output=True, text=True,
        encoding="utf-8", check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"{HEADER}\n{FIRST},community_size,household,,,3000,")
    assert done.stderr == "读完，1个代码\n测算完，正在写出\n完成\n"
    assert not Path(tmp_path / "var").exists()
