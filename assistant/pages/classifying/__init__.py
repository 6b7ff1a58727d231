"""The classification page: products, supply positions, purchased items and stock items."""
