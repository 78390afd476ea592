"""Django's backend for PostgreSQL, with connections that do not wait for ever: DATABASES names this folder as ENGINE."""
