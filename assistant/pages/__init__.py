"""The web pages: what each shows, and what it does when someone acts on it."""
