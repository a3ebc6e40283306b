"""Running the assess command on files made for a test."""

import csv
import io

import pytest
from django.core.management import CommandError, call_command

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
