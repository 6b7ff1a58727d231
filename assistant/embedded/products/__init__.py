"""Reads what a manager says of products into evidence for Fisher's criteria."""
