#!/usr/bin/env bash
# A text, a picture, a reaction and a poll, as a client of WAHA asks for them.
# Needs curl and, in the environment: KEY, SESSION, TO (digits), PICTURE (the URL of a PNG file)
set -euo pipefail
at=${GATEWAY:-http://127.0.0.1:3000}/api
curl=(curl --silent --show-error --fail-with-body --write-out '\n' --header "X-Api-Key: $KEY")
chat="$TO@c.us"

# A text
sent=$("${curl[@]}" --json @- "$at/sendText" <<END
{"session": "$SESSION", "chatId": "$chat", "text": "Hello!"}
END
)
echo "$sent"
id=$(sed 's/^{"id":"\([^"]*\)".*/\1/' <<<"$sent")

# A picture
"${curl[@]}" --json @- "$at/sendImage" <<END
{"session": "$SESSION", "chatId": "$chat", "file": {"mimetype": "image/png", "url": "$PICTURE"}, "caption": "Look"}
END

# What is typical: a reaction to the text, and a poll
"${curl[@]}" --request PUT --json @- "$at/reaction" <<END
{"session": "$SESSION", "messageId": "$id", "reaction": "👍"}
END
"${curl[@]}" --json @- "$at/sendPoll" <<END
{"session": "$SESSION", "chatId": "$chat", "poll": {"name": "Lunch?", "options": ["Pizza", "Soup"]}}
END
