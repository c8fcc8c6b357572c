import { isDoor, type Answer, type Question } from './messages.ts'

const WHATSAPP_WEB = 'https://web.whatsapp.com'

/** Asks the gateway for a request, or sends the answer. Its token is the only secret: no cookie goes along. */
async function pass(question: Question): Promise<Answer> {
	const { door } = question
	if (!isDoor(door)) return { error: 'This is no address of a gateway.' }
	const response = await fetch(door, {
		credentials: 'omit',
		...(question.type === 'answer' && {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(question.answer),
		}),
	})
	if (response.status === 204) return {}
	const said = (await response.json()) as { options?: object; detail?: string }
	if (response.ok && said.options) return { options: said.options }
	return { error: said.detail ?? `The gateway answered ${response.status}.` }
}

chrome.runtime.onMessage.addListener((question, { url, origin = new URL(url!).origin }, reply) => {
	if (origin !== WHATSAPP_WEB) return undefined
	pass(question as Question)
		.catch(() => ({ error: 'The gateway does not answer.' }))
		.then(reply)
	// The reply comes later.
	return true
})
