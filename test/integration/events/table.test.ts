import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eventTypes } from '../../../gateway/src/events/index.ts'
import { eventSchemaOf } from '../../../gateway/src/http/openapi/events.ts'
import { openGateway } from '../../support/gateway/gateway.ts'
import { messageCases, type Case } from './support/message-cases.ts'
import {
	channelCases,
	groupCases,
	historyCases,
	peopleCases,
	sessionCases,
} from './support/other-cases.ts'
import { logOf, openWorld } from './support/world.ts'

const cases: Record<string, Case> = {
	...messageCases,
	...peopleCases,
	...groupCases,
	...channelCases,
	...sessionCases,
	...historyCases,
}

/** What somebody hears must be all that is described, and as it is described. */
function assertDescribed(event: any) {
	const definition = eventTypes.find(({ type }) => type === event.type)
	assert.ok(definition, `${event.type} is described nowhere`)
	const { error } = eventSchemaOf(definition).safeParse(event)
	assert.equal(error, undefined, `${event.type}: ${error?.message} ${JSON.stringify(event)}`)
}

test('every event happens, has the expected data, and satisfies its schema', async (t) => {
	const world = await openWorld(t)
	for (const { type } of eventTypes)
		assert.ok(cases[type], `${type} has no case: write one in test/events`)
	for (const [type, happens] of Object.entries(cases)) {
		await t.test(type, async () => {
			const { event, says } = await happens(world)
			assert.equal(event.type, type)
			assert.deepEqual({ ...event.data, ...says }, event.data)
			if (type.startsWith('webhook.')) return
			const logged = (await logOf(world.gateway)).find(({ id }) => id === event.id)
			assert.deepEqual(logged, event)
		})
	}
	await t.test('and so is everything else that was heard meanwhile', () => {
		const heard = world.receiver.posts.map(({ event }) => event)
		for (const event of heard) assertDescribed(event)
		assert.equal(new Set(heard.map(({ id }) => id)).size, heard.length, 'each is told once')
	})
})

test('every event has words, and an example that its schema accepts', () => {
	for (const definition of eventTypes) {
		const { type, title, description, data, example } = definition
		assert.match(type, /^[a-z]+\.[a-z_]+$/)
		assert.ok(title && !title.endsWith('.') && description.endsWith('.'), type)
		assert.deepEqual(data.parse(example), example, type)
	}
})

test('every event is in the OpenAPI document, with its schema and its example', async (t) => {
	const gateway = await openGateway(t)
	const { body } = await gateway.request('GET', '/openapi.json', undefined, {})
	assert.deepEqual(
		Object.keys(body.webhooks).sort(),
		eventTypes.map(({ type }) => type as string).sort(),
	)
	for (const { type, example } of eventTypes) {
		const { content } = body.webhooks[type].post.requestBody
		assert.deepEqual(content['application/json'].example.data, example)
		assert.ok(content['application/json'].schema.$ref)
	}
})
