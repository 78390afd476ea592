"""Documents on paper: sheets become print pages, PDF and Word files, registers become XLSX as well. No rule lives here."""
