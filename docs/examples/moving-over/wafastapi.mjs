// A text, a picture, a reaction, a poll and the list of groups, as a client of WaFastApi asks for them.
// Needs Node 20 or newer, and in the environment: KEY (of one session), TO, PICTURE (a PNG file)
import { openAsBlob } from 'node:fs'
import { basename } from 'node:path'

const { GATEWAY = 'http://127.0.0.1:3000', KEY, TO, PICTURE } = process.env

async function call(method, path, body) {
	const isForm = body instanceof FormData
	const response = await fetch(`${GATEWAY}/api/whatsapp${path}`, {
		method,
		headers: { 'x-api-key': KEY, ...(!isForm && { 'content-type': 'application/json' }) },
		body: isForm ? body : body && JSON.stringify(body),
	})
	const answer = await response.json()
	if (!response.ok) throw new Error(`${response.status} ${JSON.stringify(answer)}`)
	console.log(path, answer)
	return answer
}

// A text
const { messageId } = await call('POST', '/send/text', { number: TO, message: 'Hello!' })

// A picture; up to ten are sent one by one
const form = new FormData()
form.set('number', TO)
form.append('photos', await openAsBlob(PICTURE, { type: 'image/png' }), basename(PICTURE))
form.set('caption', 'Look')
await call('POST', '/send/photo', form)

// What is typical: a reaction to the text, a poll, and the list of groups
await call('POST', '/message/react', { number: TO, messageKey: messageId, emoji: '👍' })
const poll = { name: 'Lunch?', values: ['Pizza', 'Soup'] }
await call('POST', '/send/poll', { number: TO, ...poll })
await call('GET', '/get/groups')
