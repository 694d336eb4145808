"""What the classes of other libraries mean in our ops, a room or a module for each library."""
