from django.apps import AppConfig


class SeniorenbueroConfig(AppConfig):
    name = "seniorenbuero"
    verbose_name = "Seniorenbüros"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from seniorenbuero import access, figures, personal  # noqa: F401  (all register themselves)
        from seniorenbuero.helping import personal as helping  # noqa: F401
