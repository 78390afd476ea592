"""What pages show, put together from regimes, cases and events; plain records without HTML."""
