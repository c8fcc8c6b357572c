import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { credentialType, sendNode, triggerNode } from './harness.ts'

/** Every string anywhere in a description. */
function strings(value: unknown): string[] {
	if (typeof value === 'string') return [value]
	if (typeof value !== 'object' || value === null) return []
	return Object.values(value).flatMap(strings)
}

describe('The descriptions of the nodes', () => {
	it('encode every parameter that goes into a URL', () => {
		const urls = strings(sendNode.description).filter((text) => text.startsWith('=/'))
		assert.ok(urls.length > 0)
		for (const url of urls)
			for (const [expression] of url.matchAll(/\{\{.*?\}\}/g))
				assert.match(expression, /^\{\{ encodeURIComponent\(.*\) \}\}$/, url)
	})

	it('let both nodes pick a session from what the gateway has', () => {
		for (const node of [sendNode, triggerNode])
			assert.equal(typeof node.methods?.listSearch?.searchSessions, 'function')
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
