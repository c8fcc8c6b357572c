#!/usr/bin/env bash
# A text, a picture, a reaction, a poll and the list of groups, as a client of WaFastApi asks for them.
# Needs curl and, in the environment: KEY (of one session), TO, PICTURE (a PNG file)
set -euo pipefail
at=${GATEWAY:-http://127.0.0.1:3000}/api/whatsapp
curl=(curl --silent --show-error --fail-with-body --write-out '\n' --header "X-API-Key: $KEY")

post() {
	"${curl[@]}" --json @- "$at/$1"
}

# A text
sent=$(post send/text <<END
{"number": "$TO", "message": "Hello!"}
END
)
echo "$sent"
id=$(sed 's/.*"messageId":"\([^"]*\)".*/\1/' <<<"$sent")

# A picture; up to ten are sent one by one
"${curl[@]}" --form "number=$TO" --form "photos=@$PICTURE" --form 'caption=Look' "$at/send/photo"

# What is typical: a reaction to the text, a poll, and the list of groups
post message/react <<END
{"number": "$TO", "messageKey": "$id", "emoji": "👍"}
END
post send/poll <<END
{"number": "$TO", "name": "Lunch?", "values": ["Pizza", "Soup"]}
END
"${curl[@]}" "$at/get/groups"
