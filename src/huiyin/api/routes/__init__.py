"""The addresses, one file for each thing they are about."""
