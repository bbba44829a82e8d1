"""From RDF files to one Dataset."""
