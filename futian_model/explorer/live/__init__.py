"""The page that computes without a kernel: what it carries, and the page itself."""

from futian_model.explorer.live.page import page
