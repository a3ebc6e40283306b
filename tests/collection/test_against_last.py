"""What is found of a figure beside last year's, where it pays only once."""

from dataclasses import replace
from decimal import Decimal

from collection.rules.checks import LOOK, check
from tests.collection.test_checks import GOOD, KNOWN


def test_check_of_a_price_when_last_year_had_one_too_then_the_contract_is_asked_about() -> None:
    bought = {"premises_tenure": "bought", "contract_price_yuan": Decimal(640_000)}
    asked = "上年也填了购房合同总价，购房补助只补一次，只填当年签订的合同，核对"

    def beside(last: int) -> list[tuple[str, str, str]]:
        before = {**GOOD, **bought, "contract_price_yuan": Decimal(last)}
        known = replace(KNOWN, last=before)
        return [(one.name, one.grade, one.message) for one in check({**GOOD, **bought}, known)]

    assert beside(640_000) == [("contract_price_yuan", LOOK, asked)]
    assert beside(550_000) == [("contract_price_yuan", LOOK, asked)]
    assert beside(0)[0][1:] != (LOOK, asked)
