"""What the service remembers: tables, migrations and small functions on connections.

Why this package exists: SQLAlchemy is fenced here; callers see plain functions, dataclasses and
``store.errors``. It must not know WeChat, Rasa or web frameworks.
"""
