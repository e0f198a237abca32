"""What happens if the largest headquarters leave."""
