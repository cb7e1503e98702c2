"""The assessment as one HTML file, to be read in a browser and printed."""
