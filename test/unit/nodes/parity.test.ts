import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { resolveConfig, format } from 'prettier'
import { dialects } from '../../../gateway/src/http/dialects/index.ts'
import { nodeFiles } from '../../../gateway/codegen/n8n/index.ts'
import { openGateway } from '../../support/gateway/gateway.ts'
import { ROOT } from '../../support/paths.ts'
import { sendNode } from './harness.ts'
import { notInTheNode } from './not-in-the-node.ts'

const GENERATED = join(ROOT, 'nodes/WhatsAppGateway/generated')

/** Every `routing.request` anywhere in a description, as the API writes it: `GET /sessions/{session}/qr`. */
function requestsOf(value: unknown): string[] {
	if (typeof value !== 'object' || value === null) return []
	const { routing } = value as { routing?: { request?: { method?: string; url?: string } } }
	const { method, url } = routing?.request ?? {}
	const own = method && url ? [`${method} ${pathOf(url)}`] : []
	return [...own, ...Object.values(value).flatMap(requestsOf)]
}

/** Where the API has another name for what a parameter of the node says. */
const namesInPaths: Record<string, string> = { messageId: 'message_id', to: 'jid' }

const pathOf = (url: string): string =>
	url
		.replace(/^=?\/api\/v1/, '')
		.replace(/\?.*$/, '')
		.replaceAll(
			/\{\{ encodeURIComponent\(\$parameter\.(\w+)\) \}\}/g,
			(_, name: string) => `{${namesInPaths[name] ?? name}}`,
		)

describe('What the node can do', () => {
	it('is made from the message types as they are now (else: npm run generate)', async () => {
		const style = { ...(await resolveConfig(join(GENERATED, 'index.ts'))), parser: 'typescript' }
		const wanted: Record<string, string> = {}
		for (const [name, text] of Object.entries(nodeFiles())) wanted[name] = await format(text, style)
		const names = globSync('**/*.ts', { cwd: GENERATED })
		const found = Object.fromEntries(
			names.map((name) => [name, readFileSync(join(GENERATED, name), 'utf8')]),
		)
		for (const name of Object.keys({ ...wanted, ...found }))
			assert.equal(found[name], wanted[name], `${name} is not up to date: npm run generate`)
	})

	it('is everything that the API can do, but for a list with reasons', async (t) => {
		const gateway = await openGateway(t as never)
		const { body } = await gateway.request('GET', '/openapi.json')
		const foreign = new Set(dialects.map(({ name }) => name))
		const isOurs = ({ tags }: { tags?: string[] }) => !tags?.some((tag) => foreign.has(tag))
		const paths = body.paths as Record<string, Record<string, { tags?: string[] }>>
		const offered = Object.entries(paths).flatMap(([path, methods]) =>
			Object.entries(methods)
				.filter(([, operation]) => isOurs(operation))
				.map(([method]) => `${method.toUpperCase()} ${path.replace('/api/v1', '')}`),
		)
		const covered = new Set(requestsOf(sendNode.description))
		const reasons = Object.keys(notInTheNode)
		const missing = offered.filter(
			(operation) => !covered.has(operation) && !(operation in notInTheNode),
		)
		assert.deepEqual(missing, [], 'give the node an operation, or not-in-the-node.ts a reason')
		const stale = reasons.filter(
			(operation) => !offered.includes(operation) || covered.has(operation),
		)
		assert.deepEqual(stale, [], 'these are in the node by now, or no longer in the API')
		const invented = [...covered].filter((operation) => !offered.includes(operation))
		assert.deepEqual(invented, [], 'the API has none of these')
	})
})
