"""What every request passes through: limits, headers, sign-in, forms, and how problems are told."""
