"""What the application may do with the accounts' tables, and whose history it may see."""

from django.db import migrations

from accounts.scope import append_only, read_only, row_security

# Who did what is written once, inside the transaction that does it, and by the owner's function
# alone: the stock function would let a later transaction rewrite the record under the same id.
ATTACH_CONTEXT = """
CREATE OR REPLACE FUNCTION _pgh_attach_context() RETURNS pghistory_context.id%TYPE AS $$
    INSERT INTO pghistory_context (id, metadata, created_at, updated_at)
    SELECT nullif(current_setting('pghistory.context_id', true), '')::uuid,
           current_setting('pghistory.context_metadata', true)::jsonb, now(), now()
    WHERE nullif(current_setting('pghistory.context_id', true), '') IS NOT NULL
    ON CONFLICT (id) DO UPDATE SET metadata = excluded.metadata, updated_at = excluded.updated_at
        WHERE pghistory_context.created_at = now();
    SELECT nullif(current_setting('pghistory.context_id', true), '')::uuid;
$$ LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_history"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [
        row_security("accounts_userevent", "scope"),
        append_only("accounts_userevent"),
        append_only("accounts_accesslog"),
        migrations.RunSQL(ATTACH_CONTEXT, migrations.RunSQL.noop),
        read_only("pghistory_context"),
        read_only("accounts_role"),
        read_only("accounts_role_permissions"),
        read_only("accounts_role_grants"),
        read_only("auth_permission"),
        read_only("django_content_type"),
        read_only("django_migrations"),
    ]
