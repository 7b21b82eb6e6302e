"""``scripts/bench``: end-to-end load in safe mode, beside a stock Rasa in the same run."""
