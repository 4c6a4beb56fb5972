"""What gunicorn serves: always as portal_app, the role without rights of its own."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "seniorportal.settings")
os.environ.setdefault("PORTAL_DATABASE_ROLE", "app")

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
