"""The steps that bring a database of reviews from one version's tables to the next's."""
