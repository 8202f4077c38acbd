"""The auditor: a visitor who only looks, and tells those outside what is wrong."""
