"""The Learn page: areas, concepts, the map of their links, and learning paths."""
