"""Word lists, and the step that generates the ones that come from content."""
