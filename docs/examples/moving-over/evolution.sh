#!/usr/bin/env bash
# A text, a picture, a reaction and a poll, as a client of Evolution API asks for them.
# Needs curl and, in the environment: KEY, SESSION (the instance), TO, PICTURE (the URL of a PNG file)
set -euo pipefail
at=${GATEWAY:-http://127.0.0.1:3000}
curl=(curl --silent --show-error --fail-with-body --write-out '\n' --header "apikey: $KEY")

post() {
	"${curl[@]}" --json @- "$at/message/$1/$SESSION"
}

# A text
sent=$(post sendText <<END
{"number": "$TO", "text": "Hello!"}
END
)
echo "$sent"
id=$(sed 's/.*"id":"\([^"]*\)".*/\1/' <<<"$sent")

# A picture
post sendMedia <<END
{"number": "$TO", "mediatype": "image", "media": "$PICTURE", "caption": "Look"}
END

# What is typical: a reaction to the text, and a poll
post sendReaction <<END
{"key": {"id": "$id", "remoteJid": "$TO@s.whatsapp.net", "fromMe": true}, "reaction": "👍"}
END
post sendPoll <<END
{"number": "$TO", "name": "Lunch?", "selectableCount": 1, "values": ["Pizza", "Soup"]}
END
