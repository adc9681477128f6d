"""Reading and writing files that strangers made: bounded, safe, free of Django."""
