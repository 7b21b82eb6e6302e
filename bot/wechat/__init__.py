"""The WeChat door: from signed bytes to an Inbound and back, and the calls we make to WeChat.

wechatpy is fenced in ``client.py``. See docs/architecture.md and docs/decisions/0004.
"""
