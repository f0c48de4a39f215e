"""A foreign document → a plan to be reviewed, with every doubt named."""
