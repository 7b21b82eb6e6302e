"""Content that changes while the service runs: merge with the shipped files, serve, publish, switch off.

Why this package exists: every door serves from the same source; the console publishes into it. It must
not know pages.
"""
