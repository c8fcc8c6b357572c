import type { TestGateway } from '../../../support/gateway/gateway.ts'

/** What one of our own pages sends with all that it asks. */
export const ownPage = {
	'x-console': '1',
	'content-type': 'application/json',
	host: 'localhost:3000',
}

/** Signs in. @returns the headers of a page that is signed in */
export async function signedIn(gateway: TestGateway, key: string) {
	const answer = await gateway.request('POST', '/console/api/sign-in', { key }, ownPage)
	const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? ''
	return { answer, headers: { ...ownPage, cookie } }
}

/** The name and data of each message of a stream of server-sent events, as they come. */
export async function* messagesOf(response: Response): AsyncGenerator<{ name: string; data: any }> {
	const decoder = new TextDecoder()
	let text = ''
	for await (const bytes of response.body!) {
		text += decoder.decode(bytes, { stream: true })
		const parts = text.split('\n\n')
		text = parts.pop()!
		for (const part of parts) {
			const name = /^event: (.*)$/m.exec(part)?.[1]
			const data = /^data: (.*)$/m.exec(part)?.[1]
			if (name && data) yield { name, data: JSON.parse(data) }
		}
	}
}
