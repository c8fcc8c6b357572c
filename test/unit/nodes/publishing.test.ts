import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import type { IHookFunctions } from 'n8n-workflow'
import { startRecorder } from '../../support/recorder.ts'
import { publishing, triggerNode } from './harness.ts'

const { default: hooks } = triggerNode.webhookMethods!
const publish = (hook: IHookFunctions) => hooks!.create.call(hook)
const unpublish = (hook: IHookFunctions) => hooks!.delete.call(hook)
const isPublished = (hook: IHookFunctions) => hooks!.checkExists.call(hook)

/** A gateway that keeps webhooks, as far as the trigger asks for it. */
async function gatewayWith(t: TestContext, ...ids: string[]) {
	const webhooks: { id: string; session: string; url: string }[] = []
	const recorder = await startRecorder(({ method, path, body }) => {
		const [, session = '', id] = /^\/api\/v1\/sessions\/([^/]+)\/webhooks\/?(.*)$/.exec(path) ?? []
		if (!session) return { status: 200, body: { sessions: ids.map((id) => ({ id })) } }
		if (method === 'POST') {
			webhooks.push({ ...(body as { url: string }), id: `w${webhooks.length}`, session })
			return { status: 201, body: { ...webhooks.at(-1), secret: 'whsec_AA==' } }
		}
		if (method === 'DELETE') {
			webhooks.splice(0, webhooks.length, ...webhooks.filter((webhook) => webhook.id !== id))
			return { status: 204, body: '' }
		}
		const own = webhooks.filter((webhook) => webhook.session === session)
		return { status: 200, body: { webhooks: own } }
	})
	t.after(() => recorder.stop())
	return { url: recorder.url, webhooks, ids }
}

const parameters = {
	session: { __rl: true, mode: 'list', value: '' },
	events: ['message.received'],
}

describe('WhatsApp Trigger without a chosen session', () => {
	it('registers at the only session, and leaves it although there is another one by then', async (t) => {
		const { url, webhooks, ids } = await gatewayWith(t, 'shop')
		const hook = publishing({ baseUrl: url, parameters })
		await publish(hook)
		assert.deepEqual(
			webhooks.map(({ session }) => session),
			['shop'],
		)
		assert.equal(await isPublished(hook), true)
		ids.push('second')
		await unpublish(hook)
		assert.deepEqual(webhooks, [])
	})

	it('registers at the default session of the credential', async (t) => {
		const { url, webhooks } = await gatewayWith(t, 'a', 'b')
		const credential = { session: 'b' }
		await publish(publishing({ baseUrl: url, parameters, credential }))
		assert.deepEqual(
			webhooks.map(({ session }) => session),
			['b'],
		)
	})

	it('registers nowhere when it is not clear where', async (t) => {
		const { url, webhooks } = await gatewayWith(t, 'a', 'b')
		await assert.rejects(publish(publishing({ baseUrl: url, parameters })), {
			message: 'Choose a session: there are a, b',
		})
		assert.deepEqual(webhooks, [])
	})
})
