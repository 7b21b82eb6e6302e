"""Rasa's extension points: importer, pipeline, decision, channel, tracker store, action call.

Everything here is named by module path in config.yml, endpoints.yml or credentials.yml. Rasa is
imported here and in nlu/training.py and nlu/serve.py only.
"""
