"""Forms of the portal; those of a regime are made from its declared fields."""
