"""Publishing a text adds its subjects, so that no text is published past the exclusion of overlaps."""

from django.db import migrations

# The owner's function, because the application itself may not add or remove these rows.
ADD_ANSWERS = """
CREATE FUNCTION policy_add_answers() RETURNS trigger AS $$
BEGIN
    INSERT INTO policy_policysubject (text_id, authority, subject, validity)
    SELECT NEW.id, NEW.authority, subject, daterange(NEW.effective_from, NEW.effective_until)
    FROM unnest(NEW.subjects) AS subject ORDER BY subject;
    RETURN NULL;
END $$ LANGUAGE plpgsql SECURITY DEFINER SET search_path = public;

CREATE TRIGGER add_answers AFTER UPDATE OF status ON policy_policytext FOR EACH ROW
WHEN (OLD.status = 'draft' AND NEW.status = 'published') EXECUTE FUNCTION policy_add_answers();

REVOKE INSERT, DELETE, TRUNCATE ON policy_policysubject FROM gov_app
"""
UNDO = """
GRANT INSERT, DELETE ON policy_policysubject TO gov_app;
DROP TRIGGER add_answers ON policy_policytext;
DROP FUNCTION policy_add_answers
"""


class Migration(migrations.Migration):
    dependencies = [("policy", "0003_row_security")]
    operations = [migrations.RunSQL(ADD_ANSWERS, UNDO)]
