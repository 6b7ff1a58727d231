"""The quiz page and the routes that its script calls."""
