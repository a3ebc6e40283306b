#!/bin/sh
# First start of the postgres container: the roles of ops/roles.sql, with passwords from the secrets.
set -eu
psql -X -q -v ON_ERROR_STOP=1 -U postgres -d postgres -f /ops/roles.sql
psql -X -q -v ON_ERROR_STOP=1 -U postgres -d postgres \
    -v owner="$(cat /run/secrets/owner_password)" -v app="$(cat /run/secrets/app_password)" <<'SQL'
ALTER ROLE gov_owner PASSWORD :'owner';
ALTER ROLE gov_app PASSWORD :'app';
SQL
