#!/usr/bin/env bash
# A text, a picture, a reaction and a poll, as a client of WA-RS sends them.
# Needs curl and, in the environment: KEY, SESSION, TO, PICTURE (a URL)
set -euo pipefail
at=${GATEWAY:-http://127.0.0.1:3000}/api/v1/sessions/$SESSION/messages

post() {
	curl --silent --show-error --fail-with-body --header "Authorization: Bearer $KEY" --json @- "$at/$1"
	echo
}

# A text
sent=$(post text <<END
{"to": "$TO", "text": "Hello!"}
END
)
echo "$sent"
id=$(sed 's/.*"message_id":"\([^"]*\)".*/\1/' <<<"$sent")

# A picture
post image <<END
{"to": "$TO", "image": {"url": "$PICTURE"}, "caption": "Look"}
END

# What is typical: a reaction to the text, and a poll
post react <<END
{"to": "$TO", "message_id": "$id", "emoji": "👍"}
END
post poll <<END
{"to": "$TO", "name": "Lunch?", "options": ["Pizza", "Soup"], "selectable_count": 1}
END
