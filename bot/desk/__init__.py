"""The hotline desk（坐席工作台）: search while the caller speaks, take over a WeChat conversation.

Why this package exists: operators work in their own pages on the same content and the same tickets as the
assistant. It must not know how messages are signed or sent: it writes to the outbox.
"""
