"""Commands of the store for Django's command line."""
