// A text, a picture, "is typing" and a place, as a client of wask sends them.
// Needs Node 20 or newer, and in the environment: KEY, SESSION, TO, PICTURE (a URL)
const { GATEWAY = 'http://127.0.0.1:3000', KEY, SESSION, TO, PICTURE } = process.env

async function call(method, path, body) {
	const response = await fetch(GATEWAY + path, {
		method,
		headers: { 'x-api-key': KEY, 'content-type': 'application/json' },
		body: body && JSON.stringify(body),
	})
	const answer = await response.json()
	if (!response.ok) throw new Error(`${response.status} ${JSON.stringify(answer)}`)
	console.log(path, answer)
	return answer
}

const at = `/sessions/${SESSION}`

// A text
await call('POST', `${at}/send`, { to: TO, text: 'Hello!' })

// A picture
await call('POST', `${at}/send/image`, { to: TO, image: PICTURE, caption: 'Look' })

// What is typical: somebody is typing, and then sends a place
await call('POST', `${at}/typing`, { to: TO, isTyping: true })
const place = { latitude: -6.2, longitude: 106.8, description: 'Jakarta' }
await call('POST', `${at}/send/location`, { to: TO, ...place })
