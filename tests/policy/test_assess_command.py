"""manage.py assess: files in, one row per code and subject out, without a database."""

import csv
import io
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from policy.engine.catalogue import catalogue

HEADER = "code,subject,unit,low,high,required,unclamped,binding,payers,conflict,status,reason"
FIRST, SECOND, THIRD = "371502001001", "371502001002", "371503001001"
BEILUN = "330206001001"
OWN = """format = 1
[text]
id = "own"
title = "自拟办法"
jurisdiction = "3715"
[[provision]]
id = "OWN-1"
article = "一"
summary = "每千户一个"
subject = "grids"
binding = "exact"
value = { per = "households", every = 1000, amount = 1, block = "ceil" }
"""


@pytest.fixture
def facts(tmp_path):
    """Writes a facts file; returns its path."""

    def write(text, name="facts.csv", encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes(text.encode(encoding))
        return path

    return write


@pytest.fixture
def assessed(capsys):
    """Runs the command; returns its rows by code and subject, in their order."""

    def run(path, *arguments, texts=("liaocheng-2015",), on="2018-12-31"):
        chosen = [part for text in texts for part in ("--text", str(text))]
        call_command("assess", str(path), *chosen, "--on", on, *map(str, arguments))
        said = capsys.readouterr()
        run.stdout, run.progress = said.out, said.err
        return {(row["code"], row["subject"]): row for row in csv.DictReader(io.StringIO(said.out))}

    return run


def refused(*arguments):
    with pytest.raises(CommandError) as error:
        call_command("assess", *map(str, arguments))
    return str(error.value)


def test_output_when_written_has_the_header_of_the_contract(facts, assessed):
    assessed(facts(f"code,households\n{FIRST},2847\n"))

    assert assessed.stdout.splitlines()[0] == HEADER


def test_output_when_two_texts_meet_is_plain_csv(facts, assessed):
    assessed(facts(f"code,households\n{FIRST},2847\n"), texts=("liaocheng-2015", "shandong-2018"))

    assert (
        f"{FIRST},work_funding,yuan,60000.00,,60000.00,56940.00,SD-FND-1,district=60000.00,,ok,\n"
    ) in assessed.stdout


@pytest.mark.parametrize(
    ("texts", "columns", "values", "subject", "wanted"),
    [
        (("liaocheng-2015",), "households", "1200", "committee_members", ("5", "5", "5", "4")),
        (("liaocheng-2015",), "households", "3000", "committee_members", ("9", "9", "9", "10")),
        (("liaocheng-2015",), "households", "2847", "work_funding",
         ("56940.00", "", "56940.00", "56940.00")),
        (("city-opinions-2013",), "households", "2800", "work_funding",
         ("56000.00", "56000.00", "56000.00", "56000.00")),
        (("city-opinions-2013",), "households", "3000", "community_workers", ("3", "5", "3", "3")),
        (("shandong-2018",), "households", "1667", "service_area", ("500.10", "", "500.10",
         "500.10")),
        (("liaocheng-2015",), "area_kind", "新建", "service_area", ("", "", "900.00", "900.00")),
    ],
)  # fmt: skip
def test_row_when_an_example_of_the_design_is_asked_is_its_figure(
    facts, assessed, texts, columns, values, subject, wanted
):
    rows = assessed(facts(f"code,{columns}\n{FIRST},{values}\n"), texts=texts)

    row = rows[FIRST, subject]
    assert (row["low"], row["high"], row["required"], row["unclamped"]) == wanted


def test_payers_when_shared_are_written_with_semicolons(facts, assessed):
    rows = assessed(facts(f"code,households\n{FIRST},2800\n"), texts=("city-opinions-2013",))

    assert rows[FIRST, "work_funding"]["payers"] == "city=28000.00;district=28000.00"


def test_option_when_chosen_is_used(facts, assessed):
    path = facts(f"code,households,street_tier\n{BEILUN},514,weaker\n")

    rows = assessed(path, "--option", "BL-FND-2.start_year=2016", texts=("beilun",))

    row = rows[BEILUN, "work_funding"]
    assert (row["required"], row["binding"]) == ("85002.75", "BL-FND-2")
    assert row["payers"] == "district=59501.92;street=25500.83"


def test_option_when_not_set_says_which_is_lacking(facts, assessed):
    rows = assessed(facts(f"code,households\n{BEILUN},514\n"), texts=("beilun",))

    row = rows[BEILUN, "work_funding"]
    assert (row["status"], row["required"]) == ("cannot_compute", "")
    assert "还没有设定“BL-FND-2.start_year”" in row["reason"]


def test_series_when_given_are_used(facts, assessed):
    series = facts(
        "division,series,year,value,unit\n3715,average_sale_price,2017,4200,元/㎡\n", "s.csv"
    )
    path = facts(f"code,premises_tenure,premises_area,contract_price\n{FIRST},bought,420,9999999\n")

    rows = assessed(path, "--series", series, texts=("city-opinions-2013",))

    assert rows[FIRST, "premises_purchase_subsidy"]["required"] == "1764000.00"


def test_fact_when_missing_is_named_and_stops_nothing_else(facts, assessed):
    rows = assessed(facts(f"code,households\n{FIRST},\n{SECOND},300\n"))

    lacking, whole = rows[FIRST, "work_funding"], rows[SECOND, "work_funding"]
    assert (lacking["required"], lacking["status"]) == ("", "cannot_compute")
    assert lacking["reason"] == "缺少核定户数（households）"
    assert (whole["required"], whole["status"]) == ("6000.00", "ok")
    assert rows[FIRST, "party_committee_members"]["status"] == "ok"


def test_text_when_adopted_applies_to_the_adopter_alone(facts, assessed):
    path = facts(f"code,households\n{FIRST},300\n{THIRD},300\n")

    rows = assessed(path, "--adopt", "city-opinions-2013=371503", texts=("city-opinions-2013",))

    assert {code for code, _ in rows if len(code) == 12} == {THIRD}


@pytest.mark.parametrize("by", ["argument", "column"])
def test_exemption_when_approved_lifts_the_provision_there(facts, assessed, by):
    if by == "column":
        path = facts(
            f"code,households,exemptions\n{BEILUN},514,BL-STF-6；BL-FND-1\n330206001002,514,\n"
        )
        rows = assessed(path, texts=("beilun",))
    else:
        path = facts(f"code,households\n{BEILUN},514\n330206001002,514\n")
        rows = assessed(path, "--exempt", f"{BEILUN}:BL-STF-6", texts=("beilun",))

    exempt, other = rows[BEILUN, "community_workers"], rows["330206001002", "community_workers"]
    assert (exempt["required"], exempt["reason"]) == ("2", "经批准豁免，不执行BL-STF-6")
    assert (other["required"], other["reason"]) == ("5", "")


def test_exemption_when_its_code_is_not_in_the_file_is_said(facts, assessed):
    assessed(facts(f"code,households\n{FIRST},1\n"), "--exempt", f"{SECOND}:LC-STF-1")

    assert f"没有用到的豁免：{SECOND}不在事实表里" in assessed.progress


def test_roll_up_when_asked_adds_the_units_sums(facts, assessed):
    path = facts(f"code,households\n{FIRST},1000\n{SECOND},2000\n{THIRD},500\n")

    rows = assessed(path, "--rollup", "district")

    assert rows["371502", "work_funding"]["required"] == "60000.00"
    assert rows["371503", "work_funding"]["payers"] == "district=10000.00"
    assert assessed.stdout.splitlines()[-1].startswith("371503,")


def test_roll_up_when_the_unit_has_its_own_row_stands_once(facts, assessed):
    path = facts(f"code,households,poor_county,premises_gap_weight\n{FIRST},1000,true,1\n")

    assessed(path, "--rollup", "district", texts=("shandong-2018",))

    keys = [tuple(line.split(",")[:2]) for line in assessed.stdout.splitlines()]
    assert len(keys) == len(set(keys))
    assert ("371502", "poor_county_premises_fund") in keys


def test_roll_up_when_districts_are_given_stands_once(facts, assessed):
    assessed(facts("code,households\n371502,23000\n371503,100\n"), "--rollup", "district",
             texts=("shandong-2018",))  # fmt: skip

    keys = [tuple(line.split(",")[:2]) for line in assessed.stdout.splitlines()]
    assert len(keys) == len(set(keys))
    assert {("371502", "community_workers"), ("371503", "community_workers")} <= set(keys)


def test_explanation_when_asked_stands_in_a_column_of_its_own(facts, assessed):
    path = facts(f"code,households\n{FIRST},2847\n")

    rows = assessed(path, "--explain", "--rollup", "district")

    assert assessed.stdout.splitlines()[0] == f"{HEADER},explanation"
    assert rows[FIRST, "work_funding"]["explanation"].startswith("2,847户 × 20,000元 ÷ 1,000户 = ")
    assert rows["371502", "work_funding"]["explanation"] == ""


def test_explained_rows_when_levels_are_mixed_are_those_of_the_plain_output(facts, assessed):
    path = facts(f"code,households\n371502,23000\n{FIRST},300\n3715,90000\n{SECOND},600\n")
    texts = ("liaocheng-2015", "shandong-2018")

    plain = assessed(path, texts=texts)
    explained = assessed(path, "--explain", texts=texts)

    assert list(explained) == list(plain)
    for key, row in explained.items():
        assert {name: row[name] for name in plain[key]} == plain[key]
    assert "23,000户" in explained["371502", "community_workers"]["explanation"] or (
        explained["371502", "community_workers"]["explanation"].startswith("58~77人")
    )


def test_output_when_a_file_is_named_is_written_there_and_progress_to_stderr(
    facts, assessed, tmp_path
):
    out = tmp_path / "out.csv"

    assessed(facts(f"code,households\n{FIRST},2847\n"), "-o", out)

    assert out.read_text("utf-8").startswith(f"{HEADER}\n{FIRST},community_size,")
    assert assessed.stdout == ""
    assert assessed.progress.splitlines() == ["读完，1个代码", "测算完，正在写出", "完成"]


def test_progress_when_rows_go_to_stdout_is_on_stderr_only(facts, assessed):
    assessed(facts(f"code,households\n{FIRST},2847\n"))

    assert "读完" not in assessed.stdout
    assert all(line.startswith(("code,", FIRST)) for line in assessed.stdout.splitlines())


def test_progress_when_many_rows_are_read_and_written_is_said(facts, assessed, monkeypatch):
    monkeypatch.setattr("policy.management.commands.assess._PROGRESS", 25_000)
    codes = (f"{371502001001 + n},1\n" for n in range(50_000))
    path = facts("code,households\n" + "".join(codes))

    assessed(path, texts=("organic-law-2026",), on="2026-01-01")

    assert assessed.progress.splitlines() == [
        "已读50,000行", "读完，50,000个代码", "测算完，正在写出", "已写25,000行", "已写50,000行",
         "完成",
    ]  # fmt: skip


def test_own_text_when_given_as_a_file_is_used(facts, assessed):
    own = facts(OWN, "own.toml")

    rows = assessed(facts(f"code,households\n{FIRST},2001\n"), texts=(own,))

    assert rows[FIRST, "grids"]["required"] == "3"


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
    for part in ("accounts", "communities", "config", "policy", "portal"):
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
