"""What gunicorn serves: always as portal_app, the role without rights of its own."""

import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "seniorportal.settings")
os.environ.setdefault("PORTAL_DATABASE_ROLE", "app")

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

try:
    application = get_wsgi_application()
except ImproperlyConfigured as problem:
    sys.exit(f"Das Portal startet nicht: {problem}")

from seniorportal.production import refusals, warnings

if reasons := refusals():
    sys.exit("Das Portal startet nicht: " + " ".join(reasons))
for warning in warnings():
    print(f"Achtung: {warning} Einzutragen unter /verwaltung/seniorportal/page/.", file=sys.stderr)
