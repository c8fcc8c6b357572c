#!/usr/bin/env bash
# A text, a picture, a reaction and a poll, as a client of WaSphere sends them.
# Needs curl and, in the environment: KEY, WORKSPACE, SESSION, TO, PICTURE (a URL)
set -euo pipefail
at=${GATEWAY:-http://127.0.0.1:3000}/workspaces/$WORKSPACE/proxy/api/sessions/$SESSION/messages

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
id=$(sed 's/.*"messageId":"\([^"]*\)".*/\1/' <<<"$sent")

# A picture
post image <<END
{"to": "$TO", "url": "$PICTURE", "caption": "Look"}
END

# What is typical: a reaction to the text, and a poll
post reaction <<END
{"to": "$TO", "messageId": "$id", "emoji": "👍"}
END
post poll <<END
{"to": "$TO", "name": "Lunch?", "options": ["Pizza", "Soup"]}
END
