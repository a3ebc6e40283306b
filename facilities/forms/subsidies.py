"""What a reader of the subsidies chooses in the address."""

from accounts.scope import SHAPE, contains


class SubsidyPlace:
    """The division or community that the address names; None for one outside the scope."""

    def __init__(self, data, scope):
        given = data.get("division", "")
        inside = bool(SHAPE.fullmatch(given)) and contains(scope, given)
        self.chosen: str | None = (given if inside else None) if given else scope


ALL, DIFFERING = "all", "differing"
SHOWS = {"": "有补助的和不能测算的", DIFFERING: "与年度数据不一致的", ALL: "全部"}


class SubsidyFilter:
    """Which lines are listed; an unknown value is taken as none."""

    def __init__(self, data):
        given = data.get("show", "")
        self.show: str = given if given in SHOWS else ""

    def kept(self, lines):
        """The lines that are asked for, in their order."""
        if self.show == ALL:
            return lines
        if self.show == DIFFERING:
            return [one for one in lines if one.differs or one.claim.conflicts]
        return [one for one in lines if one.fen != 0]
