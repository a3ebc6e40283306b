"""Settings, routes, the WSGI entry and the database server of the house."""
