"""Demo profiles: what the register says of a demo community, made from its code alone."""

from datetime import date
from decimal import Decimal
from typing import Any

from communities.choices import CommunityKind, UrbanRuralClass
from communities.services.demo import Draw
from communities.typed import credit_check_character

PROFILE = (
    "kind", "urban_rural_class", "credit_code", "boundary_east", "boundary_south",
    "boundary_west", "boundary_north", "area_km2", "set_up_on", "set_up_doc_no", "address",
    "tags", "is_demo",
)  # fmt: skip
OLDER_KINDS = (
    CommunityKind.OLD,
    CommunityKind.OLD,
    CommunityKind.UNIT,
    CommunityKind.VILLAGE_TURNED,
    CommunityKind.MIXED,
)
CLASSES = {
    "0": (UrbanRuralClass.MAIN_URBAN, UrbanRuralClass.URBAN_FRINGE),
    "1": (UrbanRuralClass.TOWN_CENTRE, UrbanRuralClass.TOWN_FRINGE),
}
DIGITS = "一二三四五六七八九"
# Findings on purpose, for the checks: docs/demo-data.md lists them.
WITHOUT_CREDIT_CODE = {"371502001019"}
CREDIT_CODE_OF = {"371502001021": "371502001020"}


def profile(code: str, households: int, area_kind: str) -> dict[str, Any]:
    """Return the demo columns of one community of so many households."""
    place = Draw(f"{code} profile")
    classes = CLASSES.get(code[6], (UrbanRuralClass.SPECIAL,) * 2)
    year = place.whole(1, 2001, 2020)
    return {
        "kind": kind(place, area_kind).value,
        "urban_rural_class": classes[place.part(2) > 0.8].value,
        "credit_code": credit_code(code),
        "boundary_east": road(place.whole(3, 1, 2), "路"),
        "boundary_south": road(place.whole(4, 1, 2), "街"),
        "boundary_west": road(place.whole(5, 3, 4), "路"),
        "boundary_north": road(place.whole(6, 3, 4), "街"),
        "area_km2": Decimal(households * place.whole(7, 2, 6)) / 10_000,
        "set_up_on": date(year, place.whole(8, 1, 12), place.whole(9, 1, 28)),
        "set_up_doc_no": f"演示字〔{year}〕{place.whole(10, 1, 60)}号",
        "address": f"演示路{place.whole(11, 1, 300)}号",
        "tags": ["示范社区"] if place.part(12) < 0.06 else [],
        "is_demo": True,
    }


def kind(place: Draw, area_kind: str) -> CommunityKind:
    """Return a kind that goes with the kind of area."""
    if area_kind == "new":
        return CommunityKind.NEW
    return OLDER_KINDS[place.whole(0, 0, len(OLDER_KINDS) - 1)]


def road(number: int, word: str) -> str:
    """Return the name of a road that no town has: 演示一路."""
    return f"演示{DIGITS[number - 1]}{word}"


def credit_code(code: str) -> str:
    """Return a credit code with a right check character; DEM in it says that nobody has it."""
    if code in WITHOUT_CREDIT_CODE:
        return ""
    code = CREDIT_CODE_OF.get(code, code)
    first = f"55{code[:6]}DEM{code[6:]}"
    return first + credit_check_character(first)
