import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, it } from 'node:test'
import type { INode, INodeType } from 'n8n-workflow'
import { ROOT } from '../../support/paths.ts'
import { askNode, NodeHelpers, sendNode, triggerNode } from './harness.ts'

const EXAMPLES = join(ROOT, 'docs/examples')
const PACKAGE = 'n8n-nodes-whatsapp-gateway.'
const PICTURE_BYTES = 150_000

const ours: Record<string, INodeType> = {
	whatsAppGateway: sendNode,
	whatsAppGatewayTool: sendNode,
	whatsAppGatewayTrigger: triggerNode,
	whatsAppSendAndWait: askNode,
}

/** What n8n adds to a node that an agent uses as a tool. */
const OF_TOOLS = ['descriptionType', 'toolDescription']

const nodesOf = (file: string): INode[] =>
	JSON.parse(readFileSync(join(EXAMPLES, file), 'utf8')).nodes

/** The paths of all values; a list of values is one. */
function pathsOf(value: unknown, path = ''): string[] {
	if (Array.isArray(value) && value.some((item) => typeof item === 'object'))
		return value.flatMap((item, index) => pathsOf(item, `${path}.${index}`))
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return [path]
	return Object.entries(value).flatMap(([key, item]) =>
		pathsOf(item, path ? `${path}.${key}` : key),
	)
}

/** What n8n would drop or complain of when a person opens the node. */
function wrongWith(node: INode): string[] {
	const type = ours[node.type.slice(PACKAGE.length)]
	if (!type) return [`there is no node ${node.type}`]
	const { description } = type
	const parameters = Object.fromEntries(
		Object.entries(node.parameters).filter(([name]) => !OF_TOOLS.includes(name)),
	) as INode['parameters']
	const { properties } = description
	const kept = NodeHelpers.getNodeParameters(properties, parameters, true, false, node, description)
	const known = new Set(pathsOf(kept))
	const dropped = pathsOf(parameters).filter((path) => !known.has(path))
	const given = { ...node, parameters, credentials: {} }
	const issues = NodeHelpers.getNodeParametersIssues(properties, given, description)
	return [
		...dropped.map((path) => `there is no parameter ${path}`),
		...Object.values(issues?.parameters ?? {}).flat(),
	]
}

describe('The example workflows', () => {
	const files = globSync('*.json', { cwd: EXAMPLES })
	const page = readFileSync(join(EXAMPLES, 'README.md'), 'utf8')

	it('are fifteen or more', () => assert.ok(files.length >= 15))

	for (const file of files) {
		const name = basename(file, '.json')

		it(`${name} has only nodes, operations and parameters that there are`, () => {
			const own = nodesOf(file).filter(({ type }) => type.startsWith(PACKAGE))
			assert.ok(own.length > 0)
			const wrong = own.flatMap((node) => wrongWith(node).map((text) => `${node.name}: ${text}`))
			assert.deepEqual(wrong, [])
		})

		it(`${name} says what it does in a note, and has a picture and a place on the page`, () => {
			assert.ok(nodesOf(file).some(({ type }) => type === 'n8n-nodes-base.stickyNote'))
			const picture = `screens/${name}.png`
			assert.ok(page.includes(`(${file})`))
			assert.ok(page.includes(`(${picture})`))
			assert.ok(existsSync(join(EXAMPLES, picture)))
			assert.ok(statSync(join(EXAMPLES, picture)).size < PICTURE_BYTES)
		})
	}

	it('are checked: what is not there is found', () => {
		const node = nodesOf('answer-hello.json').find(({ type }) => type.endsWith('whatsAppGateway'))!
		const changed = (parameters: INode['parameters']) =>
			wrongWith({ ...node, parameters: { ...node.parameters, ...parameters } })
		assert.deepEqual(wrongWith(node), [])
		assert.deepEqual(changed({ txt: 'x' }), ['there is no parameter txt'])
		assert.deepEqual(changed({ additionalFields: { reply: 'x' } }), [
			'there is no parameter additionalFields.reply',
		])
		assert.notDeepEqual(changed({ operation: 'say' }), [])
		assert.notDeepEqual(changed({ resource: 'messages' }), [])
		assert.notDeepEqual(changed({ text: '' }), [])
		assert.deepEqual(wrongWith({ ...node, type: `${PACKAGE}whatsAppSend` }), [
			`there is no node ${PACKAGE}whatsAppSend`,
		])
	})
})
