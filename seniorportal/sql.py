"""Statements that the migrations of every app need; where the role portal_app is missing, nothing is granted."""

from collections.abc import Sequence
from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

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

# What one request may see of a walled table: rows of the office it works for AND of the body that employs the person.
# Whoever is granted a row of another body's case by a Share gets it here, and only here: "OR an unexpired Share".
WALL = """
office_id = nullif(current_setting('portal.office', true), '')::bigint
AND (
  body_id = nullif(current_setting('portal.body', true), '')::bigint
)
"""
MAINTENANCE = "current_setting('portal.maintenance', true) = 'on'"

BUILD_WALL = """
DO $$ DECLARE owner text := CASE
  WHEN EXISTS (SELECT FROM pg_roles WHERE rolname = 'portal_owner') THEN 'portal_owner' ELSE current_user END;
BEGIN
  ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
  ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
  CREATE POLICY wall ON {table} USING ({wall}) WITH CHECK ({wall});
  EXECUTE format('CREATE POLICY maintenance ON {table} TO %I USING ({maintenance})', owner);
END $$
"""


class Together(Operation):
    """Operations as one step, none of which looks at a model that another one makes.

    Django renders all models anew for every single operation: setting up took a minute, and takes seconds this way.
    """

    reversible = True

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = operations

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        state.__dict__.pop("apps", None)  # rendered when it is next asked for
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for operation in reversed(self.operations):
            operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return f"{len(self.operations)} operations together"


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


class BuildWall(migrations.RunPython):
    """Puts a walled model and the table of its history behind the wall; for both in the migration that makes them."""

    def __init__(self, app_label: str, model_name: str) -> None:
        self.app_label, self.model_name = app_label, model_name
        super().__init__(self.build, migrations.RunPython.noop)

    def build(self, apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
        for name in (self.model_name, f"{self.model_name}Event"):
            table = schema_editor.quote_name(apps.get_model(self.app_label, name)._meta.db_table)
            schema_editor.execute(
                BUILD_WALL.format(table=table, wall=WALL, maintenance=MAINTENANCE.replace("'", "''")),
                params=None,
            )
