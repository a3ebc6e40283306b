"""Facts files are read whole or refused by cell; the fast writer writes what each row says."""

import random

import pytest

from policy.engine import Facts, Stack, assess, load_shipped
from policy.engine.tables import TableError, lines, read_facts, row_line

FIRST, SECOND = "371502001001", "371502001002"


def refused(folder, content):
    path = folder / "facts.csv"
    path.write_bytes(content)
    with pytest.raises(TableError) as error:
        read_facts(path, print)
    return str(error.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "facts.csv：表头缺少“code”列"),
        ("代码,households\n1,2\n", "facts.csv：表头缺少“code”列"),
        ("code,households,households\n", "facts.csv：表头有两列都是“households”，删去一列"),
        ("code,households,核定户数\n", "facts.csv：表头有两列都是“households”，删去一列"),
        (f"code,households\n{FIRST},1\n\n{FIRST},2\n",
         f"facts.csv第4行：代码“{FIRST}”与第2行重复，删去一行"),
        ("code\n37150\n", "facts.csv第2行：代码“37150”有5位，应为2、4、6、9或12位"),
        ("code\n3.71502E+11\n", "facts.csv第2行：代码“3.71502E+11”应为数字，代码列应设为文本格式"),
        ("code\n３７\n", "facts.csv第2行：代码“３７”应为数字，代码列应设为文本格式"),
        ("code\n-371502001001\n",
         "facts.csv第2行：代码“-371502001001”应为数字，代码列应设为文本格式"),
        ("code\n3715-1\n", "facts.csv第2行：代码“3715-1”应为数字，代码列应设为文本格式"),
        (f"code,households\n{FIRST},1\n{SECOND},many\n",
         "facts.csv第3行“households”列：核定户数“many”不是确切的数字，改成阿拉伯数字"),
        (f"code,核定户数\n{FIRST},-1\n", "facts.csv第2行“核定户数”列：核定户数“-1”小于0，核对符号"),
        ("code,households\n,5\n", "facts.csv第2行：代码“”应为数字，代码列应设为文本格式"),
        (f'code,households\n{FIRST},"{"1" * 140_000}"\n', "facts.csv第2行：不是合格的CSV："),
    ],
)  # fmt: skip
def test_file_when_wrong_is_refused_with_line_column_and_value(tmp_path, text, message):
    said = refused(tmp_path, text.encode())

    assert said.startswith(message)


def test_file_when_much_is_wrong_names_up_to_fifty_cells(tmp_path):
    rows = "".join(f"371502001{n:03d},x{n}\n" for n in range(99))

    assert len(refused(tmp_path, f"code,households\n{rows}".encode()).splitlines()) == 50


def test_file_when_in_another_encoding_is_refused(tmp_path):
    said = refused(tmp_path, b"code\n\xff\xff\xff\n")

    assert said == "facts.csv：编码不认识，另存为UTF-8编码的CSV"


def random_rows(count, seed):
    """Rows of several jurisdictions in any order, with gaps, as a file holds them."""
    draw = random.Random(seed)  # noqa: S311  the same rows each time
    streets = ("371502001", "371502002", "371503001", "330206001", "370102001", "110101001")
    codes = [f"{street}{n:03d}" for street in streets for n in range(1, count // 6 + 1)]
    draw.shuffle(codes)
    choices = {
        "households": (None, 0, 1, 514, 2847, 3000, 99_999),
        "new_households": (None, 0, 120),
        "area_kind": (None, "new", "built"),
        "central_urban": (None, "true", "false"),
        "street_tier": (None, "better", "weaker"),
        "premises_tenure": (None, "bought", "rented", "collective"),
        "premises_area": (None, "299.99", "420", "1000"),
        "first_move_in_on": (None, "2018-01-31"),
        "members_in_post": (None, 7),
    }
    return [
        {"code": code, **{name: draw.choice(values) for name, values in choices.items()}}
        for code in codes
    ]


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(
    "texts",
    [
        ("liaocheng-2015", "shandong-2018", "beilun", "organic-law-2026"),
        ("liaocheng-2015", "city-opinions-2013", "shandong-2018"),
        ("beilun",),
    ],
)
def test_fast_writer_when_rows_are_any_writes_what_each_row_says(texts, seed):
    stack = Stack.of([load_shipped(text_id) for text_id in texts], day_of(seed))
    result = assess(Facts.from_rows(random_rows(120, seed)), stack)

    assert list(lines(result, result.blocks)) == [row_line(row) for row in result.rows()]


def day_of(seed):
    """A day on which the five texts apply differently."""
    return [load_shipped("liaocheng-2015").effective_from, load_shipped("shandong-2018").issued_on,
            load_shipped("organic-law-2026").effective_from][seed]  # fmt: skip
