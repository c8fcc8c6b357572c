import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sendBodySchema } from '../../../gateway/src/http/request/send-route.ts'
import type { MessageDefinition } from '../../../gateway/src/messages/define.ts'
import { messageTypes } from '../../../gateway/src/messages/index.ts'
import { openGateway } from '../../support/gateway/gateway.ts'

type Schema = MessageDefinition['schema']
const definitions: readonly MessageDefinition[] = messageTypes

test('the example of every type, as the OpenAPI document shows it, is accepted', async (t) => {
	const gateway = await openGateway(t)
	const { body: document } = await gateway.request('GET', '/openapi.json')
	for (const definition of definitions) {
		const { type } = definition
		await t.test(type, () => {
			const path = `/api/v1/sessions/{session}/messages/${type}`
			const { content } = document.paths[path].post.requestBody
			const { example } = content['application/json']
			assert.ok(example.to)
			const parsed = sendBodySchema(definition).safeParse(example)
			assert.ok(parsed.success, JSON.stringify([example, parsed.error?.issues]))
		})
	}
})

test('every field of every type has a title, a description, and an example that it accepts', async (t) => {
	for (const definition of definitions) {
		const { shape } = sendBodySchema(definition) as { shape: Record<string, Schema> }
		for (const [name, field] of Object.entries(shape)) {
			await t.test(`${definition.type}: ${name}`, () => {
				const { title, description, examples } = field.meta() ?? {}
				assert.ok(title && description, 'it has words')
				const [example] = (examples as unknown[] | undefined) ?? []
				assert.notEqual(example, undefined, 'it has an example')
				const parsed = field.safeParse(example)
				assert.ok(parsed.success, JSON.stringify([example, parsed.error?.issues]))
			})
		}
	}
})
