"""What judging costs, measured side by side in one run: ratios and medians, for these machines are noisy."""
