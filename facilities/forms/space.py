"""What a reader of the sheets of space chooses in the address; anything wrong is said."""

from __future__ import annotations

from django import forms

from accounts.scope import CITY, COMMUNITY, DISTRICT, PROVINCE, STREET, WHOLE_COUNTRY
from communities.forms.division import DivisionForm
from facilities.choices import Measure

# how many digits the codes of a division's parts have
PARTS = {
    len(WHOLE_COUNTRY): PROVINCE,
    PROVINCE: CITY,
    CITY: DISTRICT,
    DISTRICT: STREET,
    STREET: COMMUNITY,
}
EDGES = (300, 500, 1000)
MOST_EDGES, LARGEST_EDGE = 6, 100_000
MEASURES = {Measure.USABLE.value: "使用面积", Measure.ABOVE_GROUND.value: "地上建筑面积"}


class SpaceSheetForm(DivisionForm):
    """The measure that is shown beside, and the edges of the size distribution."""

    measure = forms.CharField(required=False)
    edges = forms.CharField(required=False, max_length=60)

    @property
    def chosen_measure(self) -> str:
        """The measure beside the building area; '' for none."""
        chosen = self.cleaned_data.get("measure", "")
        return chosen if chosen in MEASURES else ""

    @property
    def chosen_edges(self) -> tuple[int, ...]:
        """The edges in m², ascending; those of the page where they cannot be read."""
        return self._edges() or EDGES

    def _edges(self) -> tuple[int, ...]:
        given = self.cleaned_data.get("edges") or ""
        parts = given.replace("，", ",").split(",")
        if not all(part.strip().isascii() and part.strip().isdigit() for part in parts):
            return ()
        numbers = sorted({int(part) for part in parts})
        fits = len(numbers) <= MOST_EDGES and numbers[0] > 0 and numbers[-1] <= LARGEST_EDGE
        return tuple(numbers) if fits else ()

    @property
    def ignored(self) -> list[str]:
        """Sentences about values in the address that could not be used."""
        said = []
        measure, edges = self.data.get("measure", ""), self.data.get("edges", "")
        if measure and measure not in (*MEASURES, Measure.BUILDING.value):
            said.append(f"没有口径“{measure[:20]}”，只列建筑面积")
        if edges and not self._edges():
            said.append(
                f"“{edges[:20]}”不是面积分档，写成300,500,1000的样子，最多{MOST_EDGES}档，"
                f"已按{'、'.join(str(one) for one in EDGES)}㎡"
            )
        return said
