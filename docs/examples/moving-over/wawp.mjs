// A text, a picture and the list of groups, as a client of Wawp asks for them.
// Needs Node 20 or newer, and in the environment: KEY, SESSION, TO (…@c.us), PICTURE (a file)
import { openAsBlob } from 'node:fs'
import { basename } from 'node:path'

const { GATEWAY = 'http://127.0.0.1:3000', KEY, SESSION, TO, PICTURE } = process.env
const who = { instance_id: SESSION, access_token: KEY }

async function call(path, options) {
	const response = await fetch(`${GATEWAY}/v2${path}`, options)
	const answer = await response.json()
	if (!response.ok) throw new Error(`${response.status} ${JSON.stringify(answer)}`)
	console.log(path, answer)
	return answer
}

// A text: the key is in the body
await call('/send/text', {
	method: 'POST',
	headers: { 'content-type': 'application/json' },
	body: JSON.stringify({ ...who, chatId: TO, message: 'Hello!' }),
})

// A picture: a form, and the key is in a header
const form = new FormData()
form.set('chatId', TO)
form.set('file', await openAsBlob(PICTURE), basename(PICTURE))
form.set('caption', 'Look')
const headers = { authorization: `Bearer ${KEY}`, 'x-instance-id': SESSION }
await call('/send/image', { method: 'POST', headers, body: form })

// What is typical: everything in the address
await call(`/groups?${new URLSearchParams(who)}`)
