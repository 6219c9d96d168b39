"""HTTP and WebSocket: the guard in front of every route, sign-in, the page, the wire's socket, hand-over."""
