// A text, a picture, a reaction and a poll, as a client of WAHA asks for them.
// Needs Node 20 or newer, and in the environment: KEY, SESSION, TO (digits), PICTURE (the URL of a PNG file)
const { GATEWAY = 'http://127.0.0.1:3000', KEY, SESSION, TO, PICTURE } = process.env

async function call(method, path, body) {
	const response = await fetch(`${GATEWAY}/api/${path}`, {
		method,
		headers: { 'X-Api-Key': KEY, 'content-type': 'application/json' },
		body: JSON.stringify({ session: SESSION, ...body }),
	})
	const answer = await response.json()
	if (!response.ok) throw new Error(`${response.status} ${JSON.stringify(answer)}`)
	console.log(path, answer)
	return answer
}

const chatId = `${TO}@c.us`

// A text
const { id: messageId } = await call('POST', 'sendText', { chatId, text: 'Hello!' })

// A picture
const file = { mimetype: 'image/png', url: PICTURE }
await call('POST', 'sendImage', { chatId, file, caption: 'Look' })

// What is typical: a reaction to the text, and a poll
await call('PUT', 'reaction', { messageId, reaction: '👍' })
const poll = { name: 'Lunch?', options: ['Pizza', 'Soup'] }
await call('POST', 'sendPoll', { chatId, poll })
