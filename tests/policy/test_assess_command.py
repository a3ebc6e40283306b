"""manage.py assess: files in, one row per code and subject out, without a database."""

import pytest

from tests.policy.conftest import BEILUN, FIRST, HEADER, OWN, SECOND, THIRD


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
        "已写75,000行", "已写100,000行", "完成",
    ]  # fmt: skip


def test_own_text_when_given_as_a_file_is_used(facts, assessed):
    own = facts(OWN, "own.toml")

    rows = assessed(facts(f"code,households\n{FIRST},2001\n"), texts=(own,))

    assert rows[FIRST, "grids"]["required"] == "3"
