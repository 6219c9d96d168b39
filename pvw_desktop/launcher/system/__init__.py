"""What the operating system gives: locks, displays, programs that are asked, tasks that end."""
