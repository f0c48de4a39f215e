"""Files in, files out: the only layer that touches the disk."""
