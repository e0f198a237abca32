"""Where the assumptions of one scenario lead."""
