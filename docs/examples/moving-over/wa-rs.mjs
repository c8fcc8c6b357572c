// A text, a picture, a reaction and a poll, as a client of WA-RS sends them.
// Needs Node 20 or newer, and in the environment: KEY, SESSION, TO, PICTURE (a URL)
const { GATEWAY = 'http://127.0.0.1:3000', KEY, SESSION, TO, PICTURE } = process.env

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

const at = `/api/v1/sessions/${SESSION}/messages`

// A text
const { message_id } = await call('POST', `${at}/text`, { to: TO, text: 'Hello!' })

// A picture
await call('POST', `${at}/image`, { to: TO, image: { url: PICTURE }, caption: 'Look' })

// What is typical: a reaction to the text, and a poll
await call('POST', `${at}/react`, { to: TO, message_id, emoji: '👍' })
const poll = { name: 'Lunch?', options: ['Pizza', 'Soup'], selectable_count: 1 }
await call('POST', `${at}/poll`, { to: TO, ...poll })
