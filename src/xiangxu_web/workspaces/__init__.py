"""What the office works in, one folder a matter; another workspace is reached only through its api."""
