"""A window of pywebview with a line of text: what the application's own window is measured against."""

import sys

import webview

webview.create_window(sys.argv[1], html="<!doctype html><p>Starting…</p>", width=1440, height=900)
webview.start(private_mode=False, storage_path=sys.argv[2])
