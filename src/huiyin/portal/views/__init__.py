"""One module per page: addresses in huiyin.portal.urls lead here."""
