import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Validator } from '@seriousme/openapi-schema-validator'
import { messageTypes } from '../../../../gateway/src/messages/index.ts'
import { receivedTypes } from '../../../../gateway/src/messages/received/index.ts'
import { openGateway } from '../../../support/gateway/gateway.ts'

test('the OpenAPI document is valid 3.1', async (t) => {
	const gateway = await openGateway(t)
	const { body } = await gateway.request('GET', '/openapi.json', undefined, {})
	assert.equal(body.openapi, '3.1.0')
	const { valid, errors } = await new Validator().validate(structuredClone(body))
	assert.ok(valid, JSON.stringify(errors, null, 2))
})

test('it has an operation for every message type, with its fields and what they mean', async (t) => {
	const gateway = await openGateway(t)
	const { body } = await gateway.request('GET', '/openapi.json', undefined, {})
	for (const { type, schema } of messageTypes) {
		const { post } = body.paths[`/api/v1/sessions/{session}/messages/${type}`]
		const { properties, required } = post.requestBody.content['application/json'].schema
		assert.ok(required.includes('to'))
		for (const field of ['to', 'reply_to', ...Object.keys(schema.shape)]) {
			assert.ok(properties[field].description, `${type}.${field} is not explained`)
		}
		assert.ok(post.responses['default'].content['application/problem+json'])
	}
})

test('every operation is in a chapter that is explained', async (t) => {
	const gateway = await openGateway(t)
	const { body } = await gateway.request('GET', '/openapi.json', undefined, {})
	const explained = new Set(body.tags.map(({ name }: { name: string }) => name))
	const operations = Object.entries<Record<string, { tags?: string[] }>>(body.paths)
	for (const [path, item] of operations)
		for (const [method, { tags = [] }] of Object.entries(item))
			assert.ok(tags.length === 1 && explained.has(tags[0]!), `${method} ${path}: ${tags}`)
})

test('it has the fields of every message type that is only received', async (t) => {
	const gateway = await openGateway(t)
	const { body } = await gateway.request('GET', '/openapi.json', undefined, {})
	for (const { type, description, schema } of receivedTypes) {
		const name = type.replaceAll(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase())
		const component = body.components.schemas[`Received${name}`]
		assert.equal(component.description, description)
		assert.deepEqual(Object.keys(component.properties), Object.keys(schema.shape))
	}
})
