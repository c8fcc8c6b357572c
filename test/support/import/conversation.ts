import assert from 'node:assert/strict'
import type { Phone } from '../../../gateway/src/sandbox/index.ts'
import type { Sandbox } from '../../../gateway/src/sandbox/sandbox.ts'
import type { BinaryNode } from '../../../gateway/src/sandbox/wire/node.ts'
import type { TestGateway } from '../gateway/gateway.ts'
import { until } from '../wait.ts'

/** What is said once a device was moved: twice in each direction. */
export async function conversationGoesOn(
	gateway: TestGateway,
	session: string,
	owner: Phone,
	peer: Phone,
): Promise<void> {
	for (const turn of [1, 2]) {
		const [question, answer] = [`${session} asks ${turn}`, `${session} hears ${turn}`]
		await peer.says(question, { to: owner })
		await until(`${session} receives`, async () => {
			const { body } = await gateway.request('GET', `/api/v1/sessions/${session}/events?limit=1000`)
			return (body.events as { type: string; data: { text?: string } }[]).some(
				({ type, data }) => type === 'message.received' && data.text === question,
			)
		})
		const sent = await gateway.request('POST', `/api/v1/sessions/${session}/messages/text`, {
			to: peer.account.phone,
			text: answer,
		})
		assert.equal(sent.status, 200, sent.text)
		await peer.receives(answer)
	}
}

/** Since a number of the log no message was asked for again, and none was refused. */
export function assertNoRetry(sandbox: Sandbox, since: number): void {
	const found = (fits: (stanza: BinaryNode) => boolean) =>
		sandbox.whatsapp.log.list(({ seq, stanza }) => seq > since && fits(stanza))
	const retries = found(({ tag, attrs }) => tag === 'receipt' && attrs.type === 'retry')
	const refusals = found(({ tag, attrs }) => tag === 'ack' && attrs.error !== undefined)
	assert.deepEqual([...retries, ...refusals], [])
}
