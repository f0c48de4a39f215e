"""Views → text or bytes: pure functions, one module per form."""
