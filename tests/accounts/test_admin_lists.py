"""Lists in the admin answer any address: a hostile filter leads to the whole list."""

import pytest
from django.contrib import admin
from django.db import connection

from accounts.admin import BureauModelAdmin
from accounts.models import User
from communities.models import Community
from tests.conftest import Browse
from tests.factories import make_community, make_facts

LISTS = [
    "accounts/accesslog",
    "accounts/role",
    "accounts/user",
    "communities/annualfacts",
    "communities/community",
    "communities/division",
    "policy/exemption",
    "policy/indexvalue",
    "policy/policytext",
]
HOSTILE = [
    *(f"{name}/?{query}" for name in LISTS for query in ("code__regex=(", "id__in=x", "zzz=%00")),
    "communities/division/?valid_from__year=99999999999",
    "communities/division/?name=%00",
    "communities/division/?level__exact=%00",
    "communities/community/?search_grams__contains={",
    "communities/community/?area_kind__exact=a%00",
    "communities/annualfacts/?status__exact=%00",
    "communities/annualfacts/?community__name__regex=(",
    "accounts/user/?last_login__year=999999",
    "accounts/user/?password__startswith=p",
    "accounts/user/?role__key__exact=%00",
    "accounts/user/?_to_field=password",
    "accounts/accesslog/?address=zzz",
    "accounts/accesslog/?at__year=99999999999",
    "accounts/accesslog/?at__year=0&at__month=13",
    "accounts/accesslog/?act__exact=%00",
    "policy/indexvalue/?value=1e999999",
    "policy/indexvalue/?series__exact=%00",
    "policy/policytext/?status__exact=%00",
]


@pytest.mark.parametrize("address", HOSTILE)
def test_list_when_the_filter_is_hostile_then_the_whole_list(
    administrator: User, browse: Browse, address: str
) -> None:
    make_facts(make_community())
    client = browse(administrator)
    path = f"/admin/{address.split('?')[0]}"

    response = client.get(f"/admin/{address}")

    assert (response.status_code, response["Location"]) == (302, f"{path}?e=1")
    assert Community.objects.count() == 1  # the transaction can still be used
    whole = client.get(response["Location"])
    assert whole.status_code == 200
    assert "地址里的筛选条件不对，显示的是全部" in whole.content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "communities/division/?q=%00",
        "communities/division/?o=99.zzz",
        "communities/division/?all=%00",
        "accounts/user/?q=%00",
        "communities/annualfacts/?year=9999999999999999999",
        "policy/policytext/?level=%00",
    ],
)
def test_list_when_search_or_order_is_hostile_then_shown(
    administrator: User, browse: Browse, address: str
) -> None:
    assert browse(administrator).get(f"/admin/{address}").status_code == 200


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("communities/division/?level__exact=street", 1),
        ("communities/division/?central_urban__isnull=True", 4),
        ("communities/division/?central_urban__exact=1", 0),
        ("communities/community/?is_demo__exact=0&q=gcsq", 1),
        ("communities/annualfacts/?year=2026&status__exact=confirmed", 1),
        ("accounts/user/?role__key__exact=administrator", 1),
        ("accounts/user/?role__key__exact=auditor&is_active__exact=1", 0),
        ("accounts/accesslog/?at__year=2026&at__month=11&at__day=21", 0),
    ],
)
def test_list_when_filtered_beside_it_then_those_rows(
    administrator: User, browse: Browse, address: str, shown: int
) -> None:
    make_facts(make_community())

    response = browse(administrator).get(f"/admin/{address}")

    assert response.status_code == 200
    assert len(response.context["cl"].result_list) == shown


@pytest.mark.parametrize(
    "path",
    ["/admin/accounts/role/%00/change/", "/admin/r/%00/1/", "/admin/communities/division/%00/"],
)
def test_row_when_its_key_is_a_control_character_then_not_found(
    administrator: User, browse: Browse, path: str
) -> None:
    assert browse(administrator).get(path).status_code == 404


def test_every_table_of_the_admin_has_the_same_base() -> None:
    others = [
        model._meta.label
        for model, table in admin.site._registry.items()
        if not isinstance(table, BureauModelAdmin)
    ]

    assert others == []
    assert {model._meta.label_lower.replace(".", "/") for model in admin.site._registry} == {*LISTS}


def test_list_when_the_database_fails_by_itself_then_not_hidden(
    administrator: User, browse: Browse
) -> None:
    make_community()
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute("ALTER TABLE communities_division RENAME COLUMN name TO other")
        cursor.execute("SET LOCAL ROLE gov_app")
    client = browse(administrator)
    client.raise_request_exception = False

    assert client.get("/admin/communities/division/").status_code == 500
