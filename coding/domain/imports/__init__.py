"""What comes in whole: the reference study and the demo study from their fixtures."""
