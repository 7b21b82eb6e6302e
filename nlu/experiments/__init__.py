"""Reruns the comparisons that the choices of nlu/model rest on. Rasa environment; never served."""
