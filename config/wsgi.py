"""The WSGI entry: gunicorn serves `config.wsgi:application` as the weak database role."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()
