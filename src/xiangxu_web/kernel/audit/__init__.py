"""Every change leaves a row; rows are sealed in order into a hash chain that tampering breaks."""
