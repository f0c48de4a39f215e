"""Vietnamese deadlines: words → tokens → terms → dated occurrences."""
