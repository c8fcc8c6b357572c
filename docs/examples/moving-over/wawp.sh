#!/usr/bin/env bash
# A text, a picture and the list of groups, as a client of Wawp asks for them.
# Needs curl and, in the environment: KEY, SESSION, TO (…@c.us), PICTURE (a file)
set -euo pipefail
at=${GATEWAY:-http://127.0.0.1:3000}/v2
curl=(curl --silent --show-error --fail-with-body --write-out '\n')

# A text: the key is in the body
"${curl[@]}" --json @- "$at/send/text" <<END
{"instance_id": "$SESSION", "access_token": "$KEY", "chatId": "$TO", "message": "Hello!"}
END

# A picture: a form, and the key is in a header
"${curl[@]}" --header "Authorization: Bearer $KEY" --header "X-Instance-ID: $SESSION" \
	--form "chatId=$TO" --form "file=@$PICTURE" --form 'caption=Look' "$at/send/image"

# What is typical: everything in the address
"${curl[@]}" --get --data-urlencode "instance_id=$SESSION" --data-urlencode "access_token=$KEY" "$at/groups"
