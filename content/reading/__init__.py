"""One module per kind of record: strict readers from plain values to the frozen model."""
