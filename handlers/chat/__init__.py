"""What a gesture means, in any chat: call one verb, say what came of it."""
