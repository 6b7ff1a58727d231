"""The makers of questions, one file a kind."""
