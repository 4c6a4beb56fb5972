from django.apps import AppConfig


class BegegnungConfig(AppConfig):
    name = "begegnung"
    verbose_name = "Begegnungsstätten"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from begegnung import access, doors, figures, personal, returns  # noqa: F401  (all register themselves)
