"""Files: bytes named by their hash, written before the row that names them, and opened only through a permission rule."""
