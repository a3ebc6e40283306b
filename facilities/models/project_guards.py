"""Triggers that keep the order of gates and projects, and what was decided as it was decided.

What only the code kept would be open to any query that forgot it.
"""

from __future__ import annotations

from typing import Final

import pgtrigger

from facilities.choices import STAGES, GateState, ProjectState

IN_ORDER: Final = """
    IF NEW.state <> 'passed' OR (TG_OP = 'UPDATE' AND OLD.state = 'passed') THEN
        RETURN NEW;
    END IF;
    IF array_position(<stages>, NEW.stage::text) > 1 AND NOT EXISTS (
        SELECT FROM facilities_gate WHERE project_id = NEW.project_id AND state = 'passed'
        AND stage = (<stages>)[array_position(<stages>, NEW.stage::text) - 1]
    ) THEN
        RAISE EXCEPTION 'the gate before % is not passed', NEW.stage
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""
# a row follows its street to another code; all else of it is what was decided
FOLLOWED_ONLY: Final = """
    IF to_jsonb(NEW) - ARRAY['code', 'version'] <> to_jsonb(OLD) - ARRAY['code', 'version'] THEN
        RAISE EXCEPTION 'a gate that is % stays as it is', OLD.state
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""
LIST_STAYS: Final = """
    IF TG_OP = 'UPDATE'
        AND to_jsonb(NEW) - ARRAY['code', 'version'] = to_jsonb(OLD) - ARRAY['code', 'version']
    THEN
        RETURN NEW;
    END IF;
    IF EXISTS (
        SELECT FROM facilities_gate WHERE stage = 'handover' AND state IN ('waiting', 'passed')
        AND project_id IN (
            CASE WHEN TG_OP <> 'DELETE' THEN NEW.project_id END,
            CASE WHEN TG_OP <> 'INSERT' THEN OLD.project_id END
        )
    ) THEN
        RAISE EXCEPTION 'the list of a handover that is decided stays'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN COALESCE(NEW, OLD);
"""
DONE_LAST: Final = """
    IF NOT EXISTS (
        SELECT FROM facilities_gate
        WHERE project_id = NEW.id AND stage = 'in_use' AND state = 'passed'
    ) THEN
        RAISE EXCEPTION 'a project is done when its rooms are in use'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""
SIGNING, WAITING = GateState.SIGNING.value, GateState.WAITING.value
PASSED, REFUSED = GateState.PASSED.value, GateState.REFUSED.value
RUNNING = ProjectState.RUNNING.value


def _in_order() -> str:
    listed = ", ".join(f"'{one.value}'" for one in STAGES)
    return IN_ORDER.replace("<stages>", f"ARRAY[{listed}]")


GATE_GUARDS: Final = [
    pgtrigger.Trigger(
        name="gate_order",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func=_in_order(),
    ),
    pgtrigger.Trigger(
        name="gate_decided_stays",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.Q(old__state__in=[PASSED, REFUSED]),
        func=FOLLOWED_ONLY,
    ),
    pgtrigger.FSM(
        name="gate_by_steps",
        field="state",
        transitions=[
            (SIGNING, WAITING),
            (SIGNING, PASSED),
            (SIGNING, REFUSED),
            (WAITING, PASSED),
            (WAITING, REFUSED),
        ],
    ),
]
PROJECT_GUARDS: Final = [
    pgtrigger.FSM(
        name="project_by_steps",
        field="state",
        transitions=[
            (RUNNING, ProjectState.DONE.value),
            (RUNNING, ProjectState.CANCELLED.value),
        ],
    ),
    pgtrigger.Trigger(
        name="project_done_last",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.Q(new__state=ProjectState.DONE.value)
        & ~pgtrigger.Q(old__state=ProjectState.DONE.value),
        func=DONE_LAST,
    ),
]
LIST_GUARDS: Final = [
    pgtrigger.Trigger(
        name="list_stays",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=LIST_STAYS,
    ),
]
