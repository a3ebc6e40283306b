"""Triggers of plans, their measures, pools and their lines: what was handed in and decided stays.

What the services do passes; whatever else would rewrite a decision is refused by the database. A
re-coding of places moves plans and pools by whole ten thousands of years and back: that passes too.
"""

from __future__ import annotations

import pgtrigger

from communities.choices import DecisionState

DRAFT, PROPOSED, APPROVED, RETURNED = (
    DecisionState.DRAFT.value,
    DecisionState.PROPOSED.value,
    DecisionState.APPROVED.value,
    DecisionState.RETURNED.value,
)
STEPS = [
    (DRAFT, PROPOSED),
    (PROPOSED, APPROVED),
    (PROPOSED, RETURNED),
    (APPROVED, RETURNED),
    (RETURNED, DRAFT),
]

# what a plan or pool says stays from its proposal on, and the words of a decision with it
DECIDED_STAYS = """
    IF (<said>) OR (NEW.<year> <> OLD.<year> AND abs(NEW.<year> - OLD.<year>) <> 10000) THEN
        RAISE EXCEPTION 'what was proposed stays until it is returned'
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.state = OLD.state AND (<decision>) THEN
        RAISE EXCEPTION 'a decision stays' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""
SAID = ("made_by_id", "made_at", "title", "is_demo")
DECISION = ("decided_by_id", "decided_at", "decision", "doc_no")

# no measure gets more than it costs, from whatever pools are proposed or approved
COST = """(<row>.province_yuan + <row>.city_yuan + <row>.district_yuan + <row>.street_yuan
    + <row>.other_yuan)"""
POOL_WITHIN_COSTS = """
    PERFORM FROM facilities_spacemeasure m WHERE m.id IN (
        SELECT l.measure_id FROM facilities_spacepoolline l WHERE l.pool_id = NEW.id
    ) ORDER BY m.id FOR UPDATE;
    IF EXISTS (
        SELECT FROM facilities_spacemeasure m
        JOIN facilities_spacepoolline l ON l.measure_id = m.id
        JOIN facilities_spacepool p ON p.id = l.pool_id
        WHERE (p.id = NEW.id OR p.state IN ('proposed', 'approved'))
        AND m.id IN (
            SELECT o.measure_id FROM facilities_spacepoolline o WHERE o.pool_id = NEW.id
        )
        GROUP BY m.id HAVING sum(l.amount_yuan) > <cost>
    ) THEN
        RAISE EXCEPTION 'pools give a measure more than it costs' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""
MEASURE_PAID = """
    IF <cost> < (
        SELECT coalesce(sum(l.amount_yuan), 0) FROM facilities_spacepoolline l
        JOIN facilities_spacepool p ON p.id = l.pool_id
        WHERE l.measure_id = NEW.id AND p.state IN ('proposed', 'approved')
    ) THEN
        RAISE EXCEPTION 'a measure costs less than pools give' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""
# what is planned changes in a draft; in an approved plan it is an adjustment with its time
MEASURE_STAYS = """
    DECLARE _state text;
    BEGIN
    SELECT p.state INTO _state FROM facilities_spaceplan p WHERE p.id = OLD.plan_id;
    IF TG_OP = 'DELETE' THEN
        IF _state IN ('proposed', 'approved') THEN
            RAISE EXCEPTION 'a measure of a plan that was handed in is dropped'
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN OLD;
    END IF;
    IF NEW.plan_id <> OLD.plan_id OR _state = 'proposed' OR (
        _state = 'approved'
        AND (NEW.adjusted_at IS NULL OR NEW.adjusted_at IS NOT DISTINCT FROM OLD.adjusted_at)
    ) THEN
        RAISE EXCEPTION 'a measure of an approved plan is adjusted'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
    END;
"""
PLANNED = (
    "plan", "year", "means", "area_m2", "project",
    "province_yuan", "city_yuan", "district_yuan", "street_yuan", "other_yuan",
)  # fmt: skip
PAID = PLANNED[-5:]
# its code follows that of its measure or county
LINE_STAYS = """
    DECLARE _pool bigint := CASE WHEN TG_OP = 'INSERT' THEN NEW.pool_id ELSE OLD.pool_id END;
    BEGIN
    IF TG_OP = 'UPDATE' AND (NEW.pool_id, NEW.amount_yuan, NEW.measure_id, NEW.weight, NEW.rank,
        NEW.asked_yuan) IS NOT DISTINCT FROM (OLD.pool_id, OLD.amount_yuan, OLD.measure_id,
        OLD.weight, OLD.rank, OLD.asked_yuan) THEN
        RETURN NEW;
    END IF;
    IF (TG_OP = 'UPDATE' AND NEW.pool_id <> OLD.pool_id) OR EXISTS (
        SELECT FROM facilities_spacepool p
        WHERE p.id = _pool AND p.state IN ('proposed', 'approved')
    ) THEN
        RAISE EXCEPTION 'what a pool gives stays as it was proposed'
            USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
    END;
"""


def _differ(columns: tuple[str, ...]) -> str:
    """SQL that is true where one of the columns changes."""
    return " OR ".join(f"NEW.{one} IS DISTINCT FROM OLD.{one}" for one in columns)


def decided_stays(
    name: str, year: str, said: tuple[str, ...] = (), decision: tuple[str, ...] = ()
) -> list[pgtrigger.Trigger]:
    """The triggers of a plan or pool: its states in their order, and what it says from then on.

    year: the column by which it steps aside in a re-coding; said and decision: columns of its own.
    """
    func = DECIDED_STAYS.replace("<said>", _differ((*SAID, *said))).replace("<year>", year)
    return [
        pgtrigger.FSM(name=f"{name}_by_steps", field="state", transitions=STEPS),
        pgtrigger.Trigger(
            name=f"{name}_decided_stays",
            when=pgtrigger.Before,
            operation=pgtrigger.Update,
            condition=pgtrigger.Q(old__state__in=[PROPOSED, APPROVED]),
            func=func.replace("<decision>", _differ((*DECISION, *decision))),
        ),
    ]


def pool_guards() -> list[pgtrigger.Trigger]:
    """The triggers of a pool."""
    own = ("amount_yuan", "method", "weight_by", "pays", "ranked_by", "pays_last_in_part", "basis")
    return [
        *decided_stays("spacepool", "year", own),
        pgtrigger.Trigger(
            name="spacepool_within_costs",
            when=pgtrigger.Before,
            operation=pgtrigger.Update,
            condition=pgtrigger.Q(new__state__in=[PROPOSED, APPROVED])
            & pgtrigger.Q(new__state__df=pgtrigger.F("old__state")),
            func=POOL_WITHIN_COSTS.replace("<cost>", COST.replace("<row>", "m")),
        ),
    ]


def measure_guards() -> list[pgtrigger.Trigger]:
    """The triggers of a measure."""
    return [
        pgtrigger.Trigger(
            name="spacemeasure_adjusted",
            when=pgtrigger.Before,
            operation=pgtrigger.Update,
            condition=pgtrigger.AnyChange(*PLANNED),
            func=MEASURE_STAYS,
        ),
        pgtrigger.Trigger(
            name="spacemeasure_deleted",
            when=pgtrigger.Before,
            operation=pgtrigger.Delete,
            func=MEASURE_STAYS,
        ),
        pgtrigger.Trigger(
            name="spacemeasure_paid",
            when=pgtrigger.Before,
            operation=pgtrigger.Update,
            condition=pgtrigger.AnyChange(*PAID),
            func=MEASURE_PAID.replace("<cost>", COST.replace("<row>", "NEW")),
        ),
    ]


def line_guards() -> list[pgtrigger.Trigger]:
    """The trigger of a pool's lines."""
    return [
        pgtrigger.Trigger(
            name="spacepoolline_stays",
            when=pgtrigger.Before,
            operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
            func=LINE_STAYS,
        ),
    ]
