from django.apps import AppConfig


class StadtteilzentrumConfig(AppConfig):
    name = "stadtteilzentrum"
    verbose_name = "Stadtteilzentren"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from stadtteilzentrum import access, figures, personal  # noqa: F401  (all register themselves)
