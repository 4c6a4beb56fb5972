"""Statements that the migrations of every app need; where the role portal_app is missing, nothing is granted."""

from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

GRANT_TO_APP = """
DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'portal_app') THEN
    ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO portal_app;
    ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO portal_app;
    GRANT USAGE ON SCHEMA public TO portal_app;
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO portal_app;
    GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO portal_app;
    REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM portal_app;
  END IF;
END $$
"""

SEAL_HISTORY = """
DO $$ DECLARE history record; BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'portal_app') THEN
    FOR history IN SELECT table_name FROM information_schema.columns
                   WHERE table_schema = 'public' AND column_name = 'pgh_obj_id' OR column_name = 'pgh_label' LOOP
      EXECUTE format('REVOKE UPDATE, DELETE ON %I FROM portal_app', history.table_name);
    END LOOP;
  END IF;
END $$
"""


class InstallTriggers(migrations.RunPython):
    """Installs every trigger that the models of an app have at this point of their history.

    One step instead of one operation a trigger: rendering the state for each of them made setting up take 20 seconds.
    """

    def __init__(self, app_label: str) -> None:
        self.app_label = app_label
        super().__init__(self.install, migrations.RunPython.noop)

    def install(self, apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
        for model in apps.get_app_config(self.app_label).get_models():
            for trigger in getattr(model._meta, "triggers", ()):
                schema_editor.execute(trigger.install_sql, params=None)
