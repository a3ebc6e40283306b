"""Slow exact stack of texts, levels, payers and roll-up, from docs/policy-format.md alone."""

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from tests.policy.oracle import (
    FEN,
    Band,
    MissingError,
    Place,
    Table,
    UnaskedError,
    by_unit,
    evaluate,
    holds,
    number,
)
from tests.policy.oracle_shares import Split, largest_remainder, split

CATALOGUE = tomllib.loads(
    (Path(__file__).parents[2] / "policy/engine/catalogue.toml").read_text("utf-8")
)
WIDTH = {"person": 12, "estate": 12, "community": 12, "street": 9, "district": 6, "city": 4}
WIDTH["province"] = 2
FLOORS = ("at_least", "range", "quota", "recurrence")
CEILINGS = ("at_most", "range", "deadline")
TARGETS = ("exact", "about", "assessed")
UNADOPTED = "****"


@dataclass(frozen=True)
class Answer:
    """What one community must have of one subject; None where nothing is said."""

    low: Fraction | None = None
    high: Fraction | None = None
    required: Fraction | None = None
    unclamped: Fraction | None = None
    payers: Split = field(default_factory=dict)
    conflict: bool = False
    status: str = "ok"


@dataclass(frozen=True)
class Case:
    """One question: rows of facts, the texts, the day, and what was decided locally."""

    rows: Sequence[Table]
    texts: Sequence[Table]
    on: date
    options: Mapping[str, str] = field(default_factory=dict)
    exemptions: Mapping[str, set[str]] = field(default_factory=dict)
    series: Sequence[Table] = ()

    def place(self, provision: Table, text: Table, row: Table, code: str) -> Place:
        others = {p["id"]: p for p in text["provision"]}
        return Place(
            code=code,
            on=self.on,
            facts=row,
            options=self.readings(provision, text),
            series=self.series,
            catalogue=CATALOGUE,
            provision=lambda name: by_subject(
                evaluate(others[name]["value"], self.place(others[name], text, row, code)),
                others[name]["subject"],
            ),
        )

    def readings(self, provision: Table, text: Table) -> dict[str, Any]:
        """Its own options by name, and those of the whole text as PROVISION.option."""
        readings = {}
        for other in text["provision"]:
            for name, option in other.get("options", {}).items():
                full = f"{other['id']}.{name}"
                readings[full] = self.options.get(full, option.get("default"))
                if other is provision:
                    readings[name] = readings[full]
        return readings


@dataclass(frozen=True)
class Claim:
    """One provision's figure for one community, and whose it is."""

    provision: Table
    authority: str
    band: Band
    place: Place


def unit_of(subject: str) -> str:
    return CATALOGUE["subjects"][subject]["unit"]


def by_subject(band: Band, subject: str) -> Band:
    """A provision's figures, rounded by the unit of its subject."""
    unit = unit_of(subject)
    before = band.unclamped and by_subject(replace(band.unclamped, unclamped=None), subject)
    return Band(by_unit(band.low, unit), by_unit(band.high, unit), before)


def provision_band(provision: Table, place: Place) -> Band:
    """The rounded value of a provision; its components are rounded one by one, then summed."""
    if "when" in provision:
        truth = holds(provision["when"], place)
        if truth is None:
            raise MissingError("when")
        if not truth:
            raise UnaskedError
    if "component" not in provision:
        return by_subject(evaluate(provision["value"], place), provision["subject"])
    bands = [
        by_subject(evaluate(part["value"], place), provision["subject"])
        for part in provision["component"]
    ]
    return Band(sum((b.low for b in bands), Fraction()), sum((b.high for b in bands), Fraction()))


def applies(text: Table, code: str, on: date) -> bool:
    head = text["text"]
    if not (head["jurisdiction"] == "*" or code.startswith(head["jurisdiction"])):
        return False
    since, until = head.get("effective_from"), head.get("effective_until")
    return (since is None or since <= on) and (until is None or on < until)


def authority_of(text: Table, provision: Table) -> str:
    """Whose rule it is; a text that nobody has adopted ranks like a city's."""
    head = text["text"]
    own = head.get("authority", head["jurisdiction"])
    return provision.get("superior", UNADOPTED if own == "*" else own)


def assess(case: Case) -> dict[tuple[str, str], Answer]:
    """The answer of every community and subject about which a text in force says something."""
    shared = {
        (text["text"]["id"], provision["id"]): distributed(case, text, provision)
        for text in case.texts
        for provision in text["provision"]
        if is_shared(provision)
    }
    answers = {}
    for row in case.rows:
        claims: dict[str, list[Claim]] = defaultdict(list)
        gaps = set()
        for text, provision in provisions_for(case, row["code"]):
            place = case.place(provision, text, row, row["code"])
            try:
                if is_shared(provision):
                    band = shared[text["text"]["id"], provision["id"]][row["code"]]
                    if isinstance(band, Exception):
                        raise band
                else:
                    band = provision_band(provision, place)
            except UnaskedError:
                continue
            except MissingError:
                gaps.add(provision["subject"])
                continue
            authority = authority_of(text, provision)
            claims[provision["subject"]].append(Claim(provision, authority, band, place))
        for subject in gaps | set(claims):
            known = None if subject in gaps else combined(claims[subject])
            answers[row["code"], subject] = known or Answer(status="cannot_compute")
    return answers


def provisions_for(case: Case, code: str) -> Iterable[tuple[Table, Table]]:
    """The computable provisions in force for a code, without superseded and exempted ones."""
    texts = [text for text in case.texts if applies(text, code, case.on)]
    for text in texts:
        for provision in text["provision"]:
            if "value" not in provision and "component" not in provision:
                continue
            if WIDTH[provision.get("level", "community")] < 12 and not is_shared(provision):
                continue
            if provision["id"] in case.exemptions.get(code, ()):
                continue
            cited = "superior" in provision or text["text"]["jurisdiction"] == "*"
            if cited or not any(supersedes(t, text, provision["subject"]) for t in texts):
                yield text, provision


def supersedes(later: Table, earlier: Table, subject: str) -> bool:
    """Whether a later text of the same authority names the subject."""
    new, old = later["text"], earlier["text"]
    if new.get("authority", new["jurisdiction"]) != old.get("authority", old["jurisdiction"]):
        return False
    if new.get("effective_from", date.min) <= old.get("effective_from", date.min):
        return False
    return any(p["subject"] == subject for p in later["provision"])


def combined(claims: Sequence[Claim]) -> Answer | None:
    """Several claims on one subject: floor, ceiling and the target of the nearest authority."""
    nearest_first = sorted(claims, key=lambda c: -len(c.authority))
    floors, ceilings, targets = (
        [c for c in nearest_first if c.provision["binding"] in bindings]
        for bindings in (FLOORS, CEILINGS, TARGETS)
    )
    floor = max((c.band.low for c in floors), default=None)
    ceiling = min((c.band.high for c in ceilings), default=None)
    target = targets[0] if targets else None
    required = target.band.low if target else ceiling if floor is None else floor
    if required is not None and ceiling is not None:
        required = min(required, ceiling)
    if required is not None and floor is not None:
        required = max(required, floor)
    crossed = floor is not None and ceiling is not None and floor > ceiling
    low, high = floor, floor if crossed else ceiling
    exact = target is not None and target.provision["binding"] != "about"
    if exact:
        low = high = required
    first = target or next(c for c in nearest_first if required in deciding(c))
    return Answer(
        low=low,
        high=high,
        required=required,
        unclamped=(first.band.unclamped or first.band).low,
        payers=who_pays(deciders(nearest_first, target, required, low), nearest_first, required),
        conflict=crossed or (exact and required != first.band.low),
    )


def deciders(
    claims: Sequence[Claim],
    target: Claim | None,
    required: Fraction | None,
    low: Fraction | None,
) -> list[Claim]:
    """The provisions that determined the figure.

    A ceiling does where it lowered the target, or where nothing binds from below; a target that a
    nearer one has displaced does not.
    """
    lowered = low is None or (
        target is not None and required is not None and target.band.low > required
    )
    found = []
    for claim in claims:
        binding = claim.provision["binding"]
        figures = {claim.band.low} if binding in FLOORS or claim is target else set()
        if binding in CEILINGS and lowered:
            figures.add(claim.band.high)
        found += [claim] if required in figures else []
    return found


def who_pays(
    deciding: Sequence[Claim], nearest_first: Sequence[Claim], required: Fraction | None
) -> Split:
    """The split by the nearest deciding provision that names payers, else by any that does."""
    naming = [c for c in nearest_first if names_payers(c.provision)]
    if required is None or not naming:
        return {}
    claim = next((c for c in deciding if names_payers(c.provision)), naming[0])
    try:
        return payers_of(claim, required)
    except MissingError:
        return {}


def names_payers(provision: Table) -> bool:
    return "payers" in provision or "component" in provision


def deciding(claim: Claim) -> set[Fraction]:
    """The figures by which a provision may decide what is required."""
    binding = claim.provision["binding"]
    if binding == "range":
        return {claim.band.low, claim.band.high}
    return {claim.band.high if binding in CEILINGS else claim.band.low}


def payers_of(claim: Claim, amount: Fraction) -> Split:
    """The amount among the payers that a provision names, component by component.

    Where bounds have moved their sum, each keeps its own figure as far as it goes, in listed
    order, and the last takes the rest.
    """
    if "component" not in claim.provision:
        return split(amount, claim.provision["payers"], claim.place)
    *first, last = claim.provision["component"]
    total: Split = defaultdict(Fraction)
    left = amount
    for part in (*first, last):
        own = by_subject(evaluate(part["value"], claim.place), claim.provision["subject"]).low
        figure = left if part is last else min(own, left)
        left -= figure
        shares = split(figure, part["payers"], claim.place) if figure else {}
        for payer, paid in shares.items():
            total[payer] += paid
    return dict(total)


def is_shared(provision: Table) -> bool:
    """Whether a wider unit's figure is given to its communities."""
    pooled = provision.get("value", {}).get("among") == "community"
    return pooled or "distribute" in provision


def distributed(case: Case, text: Table, provision: Table) -> dict[str, Band | Exception]:
    """A wider unit's figures given to its communities."""
    width = WIDTH[provision["level"]]
    units: dict[str, list[Table]] = defaultdict(list)
    for row in case.rows:
        if applies(text, row["code"], case.on):
            units[row["code"][:width]].append(row)
    given: dict[str, Band | Exception] = {}
    for code, rows in units.items():
        place = case.place(provision, text, summed(rows), code)
        try:
            given |= (
                pooled(provision, rows, place)
                if "among" in provision["value"]
                else spread(provision, rows, place)
            )
        except (MissingError, UnaskedError) as gap:
            given |= {row["code"]: gap for row in rows}
    return given


def spread(provision: Table, rows: Sequence[Table], place: Place) -> dict[str, Band | Exception]:
    """A quota by largest remainder: the low end, then the rest of the high end on top of it."""
    band = provision_band(provision, place)
    weights = weights_of(rows, provision["distribute"])
    step = FEN if unit_of(provision["subject"]) in ("money", "area") else Fraction(1)
    lows = largest_remainder(int(band.low / step), weights)
    rests = largest_remainder(int((band.high - band.low) / step), weights)
    return {code: Band(lows[code] * step, (lows[code] + rests[code]) * step) for code in weights}


def pooled(provision: Table, rows: Sequence[Table], place: Place) -> dict[str, Band | Exception]:
    """A fixed sum to the fen among the communities by their weights."""
    if "when" in provision and not holds(provision["when"], place):
        raise UnaskedError
    fen = int(number(place.option(provision["value"]["pool"])) / FEN)
    weights = weights_of(rows, provision["value"]["weights"])
    if not sum(weights.values()):
        raise MissingError("weights")
    shares = largest_remainder(fen, weights)
    return {code: Band(share * FEN, share * FEN) for code, share in shares.items()}


def weights_of(rows: Sequence[Table], name: str) -> dict[str, Fraction]:
    """The weight of every community; raises MissingError if one is not reported."""
    if any(row.get(name) is None for row in rows):
        raise MissingError(name)
    return {row["code"]: number(row[name]) for row in rows}


def summed(rows: Sequence[Table]) -> dict[str, Any]:
    """A wider unit's facts: amounts are added up, what all rows agree on is kept."""
    total: dict[str, Any] = {}
    for name, fact in CATALOGUE["facts"].items():
        values = [row.get(name) for row in rows]
        if any(value is None for value in values):
            continue
        if (
            fact["kind"] in ("count", "area", "money")
            and fact.get("level", "community") == "community"
        ):
            total[name] = sum((number(value) for value in values), Fraction())
        elif all(value == values[0] for value in values):
            total[name] = values[0]
    return total


def rollup(answers: Mapping[tuple[str, str], Answer], width: int) -> dict[tuple[str, str], Answer]:
    """The sums of the communities' rounded figures by the first digits of their codes."""
    lines: dict[tuple[str, str], list[Answer]] = defaultdict(list)
    for (code, subject), answer in answers.items():
        if answer.status == "ok":
            lines[code[:width], subject].append(answer)
    sums = {}
    for key, parts in lines.items():
        payers: Split = defaultdict(Fraction)
        for part in parts:
            for payer, paid in part.payers.items():
                payers[payer] += paid
        ends = [
            sum((x for x in column if x is not None), Fraction())
            if any(x is not None for x in column)
            else None
            for column in (
                [p.low for p in parts],
                [p.high for p in parts],
                [p.required for p in parts],
            )
        ]
        sums[key] = Answer(*ends, payers=dict(payers))
    return sums
