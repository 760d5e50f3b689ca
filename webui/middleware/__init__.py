"""What every answer passes on its way out."""
