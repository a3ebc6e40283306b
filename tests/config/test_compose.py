"""docker-compose.yml is valid, and starts nothing that runs as root or carries a secret."""

import importlib.resources
import json
import re
from pathlib import Path

import jsonschema
import pytest
import yaml

from config.embedded import VERSION
from ops.steps import STEPS

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
LASTING = sorted(name for name, service in SERVICES.items() if service["restart"] != "no")


def test_compose_file_follows_the_specification() -> None:
    vendor = importlib.resources.files("check_jsonschema.builtin_schemas.vendor")
    schema = json.loads((vendor / "compose-spec.json").read_text())

    errors = [error.message for error in jsonschema.Draft7Validator(schema).iter_errors(COMPOSE)]

    assert errors == []


def test_lasting_services_are_the_three_of_the_design() -> None:
    assert LASTING == ["app", "caddy", "db"]


@pytest.mark.parametrize("name", LASTING)
def test_lasting_service_runs_without_root_and_says_how_it_is(name: str) -> None:
    service = SERVICES[name]

    assert service["user"].split(":")[0] not in {"root", "0"}
    assert service["cap_drop"] == ["ALL"]
    # The application's health check is in its Dockerfile, beside what it asks for.
    assert "healthcheck" in service or "HEALTHCHECK" in (ROOT / "Dockerfile").read_text()


def test_database_is_of_the_embedded_version_and_keeps_its_data() -> None:
    assert SERVICES["db"]["image"] == f"postgres:{VERSION}"
    assert "database:/var/lib/postgresql" in SERVICES["db"]["volumes"]
    assert "ports" not in SERVICES["db"]
    assert COMPOSE["networks"]["inside"]["internal"] is True


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_secret_reaches_a_service_by_file_only(name: str) -> None:
    service = SERVICES[name]

    for variable, value in service.get("environment", {}).items():
        if re.search("PASSWORD_FILE|_KEY|SECRET|URL", variable):
            assert variable.endswith("_FILE")
            assert value.removeprefix("/run/secrets/") in service["secrets"]


def test_served_application_never_gets_the_owner_s_password() -> None:
    assert SERVICES["app"]["secrets"] == [
        "secret_key",
        "identity_key",
        "database_url",
        "email_url",
    ]
    assert SERVICES["migrate"]["secrets"] == ["secret_key", "identity_key", "database_owner_url"]


def test_each_secret_is_made_by_the_script() -> None:
    script = (ROOT / "ops" / "secrets.sh").read_text()

    made = set(re.findall(r"^make (\w+) ", script, re.MULTILINE))

    assert made == set(COMPOSE["secrets"])


def test_image_is_built_by_the_steps_of_run() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text()
    run = (ROOT / "run").read_text()

    installing = re.findall(r"ops/install\.sh \S+ (\S+)", dockerfile + run)
    commands = " ".join([dockerfile, *SERVICES["migrate"]["command"]])
    steps = re.findall(r'--step"?,? "?(\w+)', commands)

    assert installing == ["requirements.lock", "requirements.lock"]
    assert set(steps) == {*STEPS, "serve"} - {"demo"}
    assert not re.search(r"\bpip |manage\.py|gunicorn ", dockerfile)
