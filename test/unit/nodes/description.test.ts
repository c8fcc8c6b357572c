import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import type { INodePropertyOptions } from 'n8n-workflow'
import { ROOT } from '../../support/paths.ts'
import { credentialType, sendNode, triggerNode } from './harness.ts'

/** Every string anywhere in a description. */
function strings(value: unknown): string[] {
	if (typeof value === 'string') return [value]
	if (typeof value !== 'object' || value === null) return []
	return Object.values(value).flatMap(strings)
}

/** What n8n's node panel searches: the actions, and the other names of the node. */
function searchable() {
	const operations = sendNode.description.properties
		.filter(({ name }) => name === 'operation')
		.flatMap(({ options }) => (options ?? []) as INodePropertyOptions[])
	const codex = readFileSync(join(ROOT, 'nodes/WhatsAppGateway/WhatsAppGateway.node.json'), 'utf8')
	return { operations, alias: (JSON.parse(codex) as { alias: string[] }).alias }
}

describe('The descriptions of the nodes', () => {
	it('encode every parameter that goes into a URL', () => {
		const urls = strings(sendNode.description).filter((text) => text.startsWith('=/'))
		assert.ok(urls.length > 0)
		for (const url of urls)
			for (const [expression] of url.matchAll(/\{\{.*?\}\}/g))
				assert.match(expression, /^\{\{ encodeURIComponent\(.*\) \}\}$/, url)
	})

	it("let both nodes pick one of the gateway's sessions", () => {
		for (const node of [sendNode, triggerNode])
			assert.equal(typeof node.methods?.listSearch?.searchSessions, 'function')
	})

	it('let people find an operation by searching for what they want to send', () => {
		const { operations, alias } = searchable()
		const missing = (words: string[], texts: string[]) =>
			words.filter((word) => !texts.some((text) => text.toLowerCase().includes(word)))
		const words = ['poll', 'voice', 'react', 'sticker', 'location', 'payment', 'channel', 'status']
		const actions = operations.map(({ action = '' }) => action)
		assert.deepEqual(missing(words, actions), [])
		assert.deepEqual(missing(words, alias), [])
	})

	it('describe every operation in words of its own', () => {
		const { operations } = searchable()
		assert.ok(operations.length > 50)
		for (const { name, action, description } of operations) {
			assert.ok(action && description, `${name} has an action and a description`)
		}
		const actions = operations.map(({ action }) => action)
		const twice = actions.filter((action, index) => actions.indexOf(action) !== index)
		assert.deepEqual(twice, [])
	})

	it('have names by which n8n joins the trigger with what it triggers: x and xTrigger', () => {
		const { name } = sendNode.description
		assert.equal(triggerNode.description.name, `${name}Trigger`)
	})

	it('offer Send to AI agents', () => {
		assert.equal(sendNode.description.usableAsTool, true)
	})

	it('hide the API key and test the credential with a request that needs it', () => {
		const key = credentialType.properties.find(({ name }) => name === 'apiKey')
		assert.equal(key?.typeOptions?.password, true)
		assert.equal(credentialType.test?.request.url, '/api/v1/sessions')
	})
})
