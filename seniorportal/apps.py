from django.apps import AppConfig, apps


class SeniorportalConfig(AppConfig):
    name = "seniorportal"
    verbose_name = "Gemeinsames"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from seniorportal import rules  # noqa: F401  (hands the shared rules in)
        from seniorportal.accounts import rules as rules_of_accounts  # noqa: F401
        from seniorportal.privacy import declarations  # noqa: F401  (and what is said about persons)

        if apps.is_installed("allauth.socialaccount"):
            from seniorportal.accounts import oidc

            oidc.declare()
