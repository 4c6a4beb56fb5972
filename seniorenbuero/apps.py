from django.apps import AppConfig


class SeniorenbueroConfig(AppConfig):
    name = "seniorenbuero"
    verbose_name = "Seniorenbüros"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from seniorenbuero import access, doors, figures, personal  # noqa: F401  (all register themselves)
        from seniorenbuero.helping import personal as helping  # noqa: F401
        from seniorenbuero.helping import stop_page  # noqa: F401
        from seniorenbuero.network import attending  # noqa: F401
        from seniorenbuero.office import leaving  # noqa: F401
        from seniorenbuero.referring import hooks  # noqa: F401
        from seniorenbuero.tables import remarks  # noqa: F401
