"""Random valid texts, facts and series for the comparison of the engine with the oracle."""

from datetime import date
from typing import Any

from hypothesis import strategies as st

CODES = tuple(
    street + serial
    for street in ("371502001", "371502002", "371503001", "330206001")
    for serial in ("001", "002", "003")
)
COUNTS = ("households", "population_resident", "new_households")
AREAS = ("premises_area", "gross_floor_area")
MONEY = ("contract_price", "social_insurance")
UNITS = {"average_sale_price": "元/㎡", "average_rent": "元/㎡·年", "natural_growth": "%"}
MODES = ("none", "floor", "ceil", "half_up")
BILLION = 10**9


def cents(most: int) -> st.SearchStrategy[str]:
    """An amount with two decimals, as it is written in a table."""
    return st.integers(0, most * 100).map(lambda fen: f"{fen // 100}.{fen % 100:02d}")


def fraction(numerator: int, denominator: int) -> str:
    return f"{numerator}/{denominator}"


plain = st.one_of(st.integers(0, 20), st.integers(0, 10**12))
numbers = st.one_of(
    plain,
    st.builds(fraction, st.integers(0, 10**12), st.integers(1, BILLION)),
    st.integers(0, 5000).map(lambda n: f"{n}‰"),
    cents(10**6),
)
divisors = st.one_of(
    st.integers(1, 3000),
    st.builds(
        lambda above, below: fraction(max(above, -(-below // 100)), below),
        st.integers(1, 10**6),
        st.integers(1, BILLION),
    ),
)


def ends(of: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """One number, or a band of whole numbers in order."""
    band = st.lists(st.integers(1, 10**6), min_size=2, max_size=2).map(sorted)
    return st.one_of(of, of, band)


bounds = st.sampled_from(("at_least", "above", "at_most", "below"))
facts_compared = st.builds(
    lambda name, bound, n: {"fact": name, bound: n},
    st.sampled_from(COUNTS),
    bounds,
    st.integers(0, 4000),
)
conditions = st.recursive(
    st.one_of(
        facts_compared,
        st.sampled_from(("new", "built")).map(lambda kind: {"fact": "area_kind", "is": kind}),
        st.booleans().map(lambda flag: {"fact": "central_urban", "is": flag}),
        st.just({"fact": "premises_tenure", "in": ["bought", "rented"]}),
        st.builds(lambda b, y: {"year": {b: y}}, bounds, st.integers(2010, 2025)),
        st.builds(
            lambda share: {"ratio": ["new_households", "households"], "at_least": f"{share}%"},
            st.integers(1, 99),
        ),
    ),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: {"all": parts}),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: {"any": parts}),
        inner.map(lambda part: {"not": part}),
    ),
    max_leaves=4,
)

blocks = st.sampled_from((*MODES, "@rounding"))
leaves = st.one_of(
    ends(numbers).map(lambda x: {"const": x}),
    st.sampled_from(COUNTS + AREAS + MONEY).map(lambda name: {"fact": name}),
    st.builds(
        lambda name, every, amount, block: {
            "per": name,
            "every": every,
            "amount": amount,
            "block": block,
        },
        st.sampled_from(COUNTS + AREAS),
        ends(divisors),
        ends(numbers),
        blocks,
    ),
    st.builds(
        lambda name, factor, lag: {"index": name, "factor": factor, "lag": lag},
        st.sampled_from(("average_sale_price", "average_rent")),
        numbers,
        st.integers(0, 2),
    ),
    st.builds(
        lambda name, part, whole: {"quota": name, "share": fraction(min(part, whole), whole)},
        st.sampled_from(COUNTS),
        st.integers(1, 100),
        st.integers(1, 100),
    ),
)


def rows_of(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Disjoint rows from 0 upwards without a gap, each end closed on one side only."""

    def rows(cuts: list[int], closed: list[bool], parts: list[Any]) -> list[Any]:
        edges = [
            ("[0", ""),
            *(
                (f"{'(' if c else '['}{n}", f"{n}{']' if c else ')'}")
                for n, c in zip(cuts, closed, strict=True)
            ),
            ("", ")"),
        ]
        return [
            {"range": f"{low},{high}", "value": part}
            for (low, _), (_, high), part in zip(edges[:-1], edges[1:], parts, strict=True)
        ]

    return st.lists(st.integers(1, 5000), min_size=1, max_size=3, unique=True).flatmap(
        lambda cuts: st.builds(
            rows,
            st.just(sorted(cuts)),
            st.lists(st.booleans(), min_size=len(cuts), max_size=len(cuts)),
            st.lists(values, min_size=len(cuts) + 1, max_size=len(cuts) + 1),
        )
    )


def branches(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    first = st.builds(lambda c, v: {"if": c, "then": v}, conditions, values)
    last = values.map(lambda v: {"otherwise": v})
    return st.builds(lambda some, end: [*some, end], st.lists(first, min_size=1, max_size=2), last)


def grown(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Compound or simple growth by a fixed rate or by the decided yearly rates; only once."""
    values = values.filter(lambda value: "'grow'" not in str(value))
    start = st.one_of(st.just("@start_year"), st.integers(1990, 2026))
    fixed = st.builds(
        lambda base, percent, year, mode: {
            "grow": base,
            "rate": f"{percent}%",
            "from": year,
            "mode": mode,
        },
        values,
        st.integers(0, 15),
        start,
        st.sampled_from(("compound", "simple")),
    )
    rounded = st.builds(
        lambda base, permille, year, step: {
            "grow": base,
            "rate": f"{permille}‰",
            "from": year,
            "round_each_year": step,
        },
        values,
        st.integers(0, 150),
        start,
        st.sampled_from(("0.01", "1", "none")),
    )
    decided = st.builds(
        lambda base, year: {"grow": base, "series": "natural_growth", "from": year}, values, start
    )
    return st.one_of(fixed, rounded, decided)


def joined(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    several = st.lists(values, min_size=1, max_size=3)
    return st.one_of(
        *(
            several.map(lambda parts, name=name: {name: parts})
            for name in ("sum", "product", "max", "min")
        ),
        st.builds(
            lambda v, ends: {"clamp": v, "low": min(ends), "high": max(ends)},
            values,
            st.tuples(plain, plain),
        ),
        branches(values).map(lambda parts: {"when": parts}),
        st.builds(
            lambda name, parts: {"table": name, "rows": parts},
            st.sampled_from(COUNTS + AREAS),
            rows_of(values),
        ),
        st.builds(
            lambda v, step, mode: {"round": v, "step": step, "mode": mode},
            values,
            st.sampled_from((1, 100, "0.01", "1/3")),
            blocks,
        ),
        st.builds(
            lambda upper, lower: {"choose": "boundary", "cases": {"upper": upper, "lower": lower}},
            values,
            values,
        ),
        grown(values),
    )


values = st.recursive(leaves, joined, max_leaves=5)

percents = st.one_of(
    st.integers(0, 50),
    st.just(
        {"when": [{"if": {"fact": "street_tier", "is": "better"}, "then": 50}, {"otherwise": 35}]}
    ),
)
parts = st.one_of(
    percents.map(lambda p: {"percent": p}),
    cents(10**5).map(lambda yuan: {"amount": yuan}),
    st.builds(lambda yuan: {"per_unit": yuan, "of": "households"}, st.integers(0, 40)),
)
payers = st.builds(
    lambda some, last: [
        *(
            {"payer": payer, **part}
            for payer, part in zip(("city", "district"), some, strict=False)
        ),
        {"payer": last, "rest": True},
    ],
    st.lists(parts, max_size=2),
    st.just("street"),
)


@st.composite
def provisions(draw: st.DrawFn, ident: str, subject: str, binding: str) -> dict[str, Any]:
    """One computable provision with every option that its value may name."""
    provision = {
        "id": ident,
        "article": "第一条",
        "summary": "生成的条款",
        "subject": subject,
        "binding": binding,
        "options": {
            "rounding": {
                "label": "尾数",
                "default": draw(st.sampled_from(MODES)),
                "values": dict.fromkeys(MODES, "取法"),
                "source": "local",
            },
            "boundary": {
                "label": "界限",
                "default": draw(st.sampled_from(("upper", "lower"))),
                "values": {"upper": "上档", "lower": "下档"},
                "source": "local",
            },
            "start_year": {
                "label": "起始年",
                "kind": "year",
                "default": draw(st.integers(1995, 2020)),
                "source": "local",
            },
        },
    }
    if draw(st.integers(0, 3)) == 0:
        provision["when"] = draw(conditions)
    if subject != "work_funding":
        return provision | {"value": draw(values)}
    if binding != "at_most" and draw(st.integers(0, 5)) == 0:
        return provision | {
            "component": [
                {"name": name, "value": draw(values), "payers": draw(payers)} for name in "甲乙"
            ]
        }
    return provision | {"value": draw(values), "payers": draw(payers)}


@st.composite
def texts(draw: st.DrawFn, number: int, jurisdiction: str) -> dict[str, Any]:
    """A text with at most one target per subject, so that the stack is decided by the documents."""
    head = {
        "id": f"text-{number}",
        "title": f"生成的文件{number}",
        "jurisdiction": jurisdiction,
        "effective_from": date(draw(st.integers(1990, 2012)), 1, 1 + number),
        "source_grade": "official",
    }
    made = []
    for subject in draw(
        st.lists(
            st.sampled_from(("work_funding", "community_workers", "service_area")),
            min_size=1,
            max_size=2,
            unique=True,
        )
    ):
        bindings = draw(
            st.lists(
                st.sampled_from(("exact", "about", "at_least", "at_most", "range")),
                min_size=1,
                max_size=2,
            )
        )
        if set(bindings) <= {"exact", "about"}:
            bindings = bindings[:1]
        for binding in bindings:
            made.append(draw(provisions(f"P{number}-{len(made)}", subject, binding)))
    return {"format": 1, "text": head, "provision": made}


@st.composite
def stacks(draw: st.DrawFn) -> list[dict[str, Any]]:
    """One to three texts of different or the same authorities."""
    places = draw(st.lists(st.sampled_from(("371502", "3715", "37", "")), min_size=1, max_size=3))
    return [draw(texts(number, place)) for number, place in enumerate(places)]


def reported(of: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Mostly reported, sometimes missing."""
    return st.one_of(of, of, of, of, st.none())


households = st.one_of(
    st.sampled_from((0, 1, 299, 300, 301, 1500, 2700, 2701, 3000, 3001, 5000, 99_999)),
    st.integers(0, 12_000),
    st.integers(0, 10**12),
)


@st.composite
def facts(draw: st.DrawFn, most: int = 8) -> list[dict[str, Any]]:
    """Rows of facts of different communities, some of them not reported."""
    codes = draw(st.lists(st.sampled_from(CODES), min_size=1, max_size=most, unique=True))
    return [draw(row(code)) for code in codes]


def row(code: str) -> st.SearchStrategy[dict[str, Any]]:
    columns: dict[str, Any] = {
        **dict.fromkeys(COUNTS, households),
        **dict.fromkeys(("occupied_dwellings", "completed_dwellings", "dwellings"), households),
        **dict.fromkeys((*AREAS, *MONEY, "contract_rent"), st.one_of(cents(5000), cents(10**10))),
        "area_kind": st.sampled_from(("new", "built")),
        "central_urban": st.booleans(),
        "street_tier": st.sampled_from(("better", "weaker")),
        "premises_tenure": st.sampled_from(("bought", "rented", "collective", "none")),
        "rented_months": st.integers(0, 12),
        **dict.fromkeys(("members_in_post", "social_organisations"), st.integers(0, 12)),
        "workers_in_post": st.integers(0, 12),
        "extra_workers": st.integers(0, 12),
        "first_move_in_on": st.dates(date(2000, 1, 1), date(2030, 12, 31)),
    }
    return st.fixed_dictionaries(
        {"code": st.just(code), **{name: reported(of) for name, of in columns.items()}}
    )


days = st.dates(date(2013, 1, 1), date(2026, 12, 31))
series = st.lists(
    st.builds(
        lambda key, name, value: {
            "division": key[0],
            "series": name,
            "year": key[1],
            "value": value,
            "unit": UNITS[name],
        },
        st.tuples(st.sampled_from(("371502", "3715", "37", "", "330206")), st.integers(2008, 2026)),
        st.sampled_from(tuple(UNITS)),
        cents(20_000),
    ),
    max_size=12,
    unique_by=lambda r: (r["division"], r["series"], r["year"]),
)


def toml(value: Any) -> str:
    """A value as inline TOML."""
    if isinstance(value, dict):
        return "{" + ", ".join(f'"{k}" = {toml(v)}' for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(toml(v) for v in value) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f'"{value}"'
    return value.isoformat() if isinstance(value, date) else str(value)


def source(text: dict[str, Any]) -> str:
    """A generated text as the file that a jurist would write."""
    return "\n".join(f"{key} = {toml(value)}" for key, value in text.items())
