"""What lists, searches and rules about other cases read, computed from a case and its newest events."""
