import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { openDialects } from './gateway.ts'

/** The number to which everything is sent: Budi's. */
export const TO = '628123456789'

/** A gateway that is asked as Evolution API is, to send to Budi. */
export async function openSends(t: TestContext, options: Parameters<typeof openDialects>[1] = {}) {
	const world = await openDialects(t, options)
	const headers = { apikey: world.keys.session }

	const send = (name: string, body: object) =>
		world.ask({ path: `/message/${name}/main`, headers, body: { number: TO, ...body } })

	return {
		...world,
		send,
		form(name: string, fields: Record<string, string | File>) {
			const form = new FormData()
			for (const [field, value] of Object.entries({ number: TO, ...fields }))
				form.append(field, value)
			return world.ask({ path: `/message/${name}/main`, headers, form })
		},
		/** Sends, and gives the answer and what the phone has decrypted. */
		async arrives(name: string, body: object, phone = world.budi) {
			const { status, body: answer, text } = await send(name, body)
			assert.equal(status, 201, text)
			const { message } = await world.decrypted(answer.key.id, phone)
			return { answer, message: message! }
		},
		/** Sends, and gives what is said against it. */
		async refused(name: string, body: object) {
			const { status, body: answer } = await send(name, body)
			assert.deepEqual([status, answer.error], [400, 'Bad Request'])
			return answer.response.message
		},
	}
}
