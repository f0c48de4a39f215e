"""The domain: records and rules. Pure: no files, no clock, no language, no other layer."""
