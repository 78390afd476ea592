"""Bringing in cases from CSV and XLSX by a mapping file: in batches, resumable, idempotent, with a report line by line."""
