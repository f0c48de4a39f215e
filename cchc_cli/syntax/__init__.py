"""Text ↔ records: bytes, YAML nodes, and the decoder that keeps every position."""
