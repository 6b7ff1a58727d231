"""The risk review page: its routes for a browser, and the page itself."""
