"""What shows the page: the native window, a browser, or an address in the terminal."""
