"""What pages show: projections and cases put into words and rows. Nothing here decides anything."""
