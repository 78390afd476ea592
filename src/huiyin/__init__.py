"""Huiyin 回音 runs an organisation's complaint regime."""
