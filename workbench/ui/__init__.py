"""What every page is made of: frame, components, styles and small scripts."""
