#!/usr/bin/env bash
# A text, a picture, "is typing" and a place, as a client of wask sends them.
# Needs curl and, in the environment: KEY, SESSION, TO, PICTURE (a URL)
set -euo pipefail
at=${GATEWAY:-http://127.0.0.1:3000}/sessions/$SESSION

post() {
	curl --silent --show-error --fail-with-body --header "X-API-Key: $KEY" --json @- "$at/$1"
	echo
}

# A text
post send <<END
{"to": "$TO", "text": "Hello!"}
END

# A picture
post send/image <<END
{"to": "$TO", "image": "$PICTURE", "caption": "Look"}
END

# What is typical: somebody is typing, and then sends a place
post typing <<END
{"to": "$TO", "isTyping": true}
END
post send/location <<END
{"to": "$TO", "latitude": -6.2, "longitude": 106.8, "description": "Jakarta"}
END
