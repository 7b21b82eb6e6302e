"""What loading cannot refuse: wording, figures, dates, sizes, worked cases. One module per subject."""
