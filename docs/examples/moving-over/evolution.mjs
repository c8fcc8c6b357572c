// A text, a picture, a reaction and a poll, as a client of Evolution API asks for them.
// Needs Node 20 or newer, and in the environment: KEY, SESSION (the instance), TO, PICTURE (the URL of a PNG file)
const { GATEWAY = 'http://127.0.0.1:3000', KEY, SESSION, TO, PICTURE } = process.env

async function send(type, body) {
	const response = await fetch(`${GATEWAY}/message/${type}/${SESSION}`, {
		method: 'POST',
		headers: { apikey: KEY, 'content-type': 'application/json' },
		body: JSON.stringify(body),
	})
	const answer = await response.json()
	if (!response.ok) throw new Error(`${response.status} ${JSON.stringify(answer)}`)
	console.log(type, answer)
	return answer
}

// A text
const { key } = await send('sendText', { number: TO, text: 'Hello!' })

// A picture
const picture = { mediatype: 'image', media: PICTURE, caption: 'Look' }
await send('sendMedia', { number: TO, ...picture })

// What is typical: a reaction to the text, and a poll
await send('sendReaction', { key, reaction: '👍' })
const poll = { name: 'Lunch?', selectableCount: 1, values: ['Pizza', 'Soup'] }
await send('sendPoll', { number: TO, ...poll })
