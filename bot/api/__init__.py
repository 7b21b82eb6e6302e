"""``/api/v1``: search, answers, eligibility, contact points and feedback for other systems.

Why this package exists: a CTI or a bank's own desk uses the same content through tokens with scopes. It
must not know staff sessions or WeChat.
"""
