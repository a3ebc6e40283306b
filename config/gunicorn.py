"""How gunicorn serves: threads for waiting on the database, two processes for two cores."""

import os

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
wsgi_app = "config.wsgi:application"
preload_app = True  # loaded once, not once per worker; it opens no connection before the fork
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 8
timeout = 60  # a worker that hangs longer is replaced; queries stop at 15 s
graceful_timeout = 20
max_requests = 20_000
max_requests_jitter = 2_000
control_socket_disable = True
loglevel = "warning"  # no access log: its lines would hold what people search for
