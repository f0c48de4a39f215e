"""cchc: plans for administrative reform as plain text, with deadlines that explain themselves."""

__version__ = "0.1.0"
