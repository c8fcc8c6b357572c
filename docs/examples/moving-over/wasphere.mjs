// A text, a picture, a reaction and a poll, as a client of WaSphere sends them.
// Needs Node 20 or newer, and in the environment: KEY, WORKSPACE, SESSION, TO, PICTURE (a URL)
const { GATEWAY = 'http://127.0.0.1:3000', KEY, WORKSPACE, SESSION, TO, PICTURE } = process.env

async function call(method, path, body) {
	const response = await fetch(GATEWAY + path, {
		method,
		headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
		body: body && JSON.stringify(body),
	})
	const answer = await response.json()
	if (!response.ok) throw new Error(`${response.status} ${JSON.stringify(answer)}`)
	console.log(path, answer)
	return answer
}

const at = `/workspaces/${WORKSPACE}/proxy/api/sessions/${SESSION}/messages`

// A text
const { messageId } = await call('POST', `${at}/text`, { to: TO, text: 'Hello!' })

// A picture
await call('POST', `${at}/image`, { to: TO, url: PICTURE, caption: 'Look' })

// What is typical: a reaction to the text, and a poll
await call('POST', `${at}/reaction`, { to: TO, messageId, emoji: '👍' })
await call('POST', `${at}/poll`, { to: TO, name: 'Lunch?', options: ['Pizza', 'Soup'] })
