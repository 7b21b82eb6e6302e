"""What console and desk share: sign-in, sessions, roles, CSRF, audit, layout, static files.

A door of staff lists its routes as ``access.Page`` values (path, handler, roles) and gets Starlette
routes from ``access.guarded``. A handler is a plain function of an ``access.Call`` and runs in a
worker thread, so it may use the database directly.
"""
