#!/bin/sh
# Make the secrets that docker-compose.yml reads, in secrets/; those already there are kept.
set -eu
cd "$(dirname "$0")/.."
# The containers run as other users than the one who starts them: the folder is private, the files readable.
umask 077
mkdir -p secrets
cd secrets
make() {
    [ -s "$1" ] || printf '%s' "$2" >"$1"
    chmod 444 "$1"
}
random() {
    od -An -N32 -tx1 /dev/urandom | tr -d ' \n'
}
make postgres_password "$(random)"
make owner_password "$(random)"
make app_password "$(random)"
make secret_key "$(random)"
# Under it identity numbers are hashed: it is never changed, and kept apart from the dumps.
make identity_key "$(random)"
make database_owner_url "postgres://gov_owner:$(cat owner_password)@db:5432/gov"
make database_url "postgres://gov_app:$(cat app_password)@db:5432/gov"
# The mail server for reminders, smtp+tls://USER:PASSWORD@HOST:587; empty: no e-mail is sent.
make email_url ""
