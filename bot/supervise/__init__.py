"""Starts, watches and stops the parts of the service: rasa, app, worker."""
