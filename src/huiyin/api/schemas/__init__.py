"""What goes in and comes out: the shapes of the interface."""
