"""The report of a period: what templates receive (`view`), and how it is made (`build`)."""
