import { readTypes } from '../../src/messages/index.ts'
import type { NodeField, FieldShapes } from './field.ts'
import { commonForm, operations, type Operation } from './operations.ts'
import { resources, type Resource } from './resources.ts'
import { routeOperations, type RouteOperation } from './routes.ts'

const HEAD =
	'// Made from the definitions in gateway/src/messages and gateway/src/http/native/routes: npm run generate\n'

/** The TypeScript of the generated part of the nodes, by file name; not yet formatted. */
export function nodeFiles(): Record<string, string> {
	const all = operations()
	const used = resources.filter(({ value }) => all.some(({ resource }) => resource === value))
	const common = commonForm()
	return {
		...Object.fromEntries(
			used.map((resource) => [
				`${fileOf(resource)}.ts`,
				resourceFile(
					resource,
					all.filter((operation) => operation.resource === resource.value),
					common,
				),
			]),
		),
		'common.ts': commonFile(common),
		'index.ts': indexFile(used),
		'message-types.ts': messageTypesFile(),
		...routeFiles(),
	}
}

function routeFiles(): Record<string, string> {
	const all = routeOperations()
	const used = resources.filter(({ value }) => all.some(({ resource }) => resource === value))
	const files = used.map((resource) => [
		`routes/${fileOf(resource)}.ts`,
		routeFile(
			resource,
			all.filter((operation) => operation.resource === resource.value),
		),
	])
	const index = [
		HEAD,
		used.map(({ value }) => `${imported(value, `./${value}`)}\n`).join(''),
		'/** What the node does besides sending, by resource. */',
		`export const routes = [${used.map(({ value }) => value).join(', ')}]`,
	]
	return { ...Object.fromEntries(files), 'routes/index.ts': index.join('\n') }
}

function routeFile({ name, value, description }: Resource, operations: RouteOperation[]): string {
	const written = operations.map(({ resource: _, ...operation }) => code(operation))
	return [
		HEAD,
		imported('type RouteResource', '../../calling'),
		`export const ${value}: RouteResource = {`,
		`name: ${code(name)}, value: ${code(value)}, description: ${code(description)},`,
		`operations: [${written.join(',\n')}],`,
		'}',
	].join('\n')
}

/** In the order in which n8n wants choices. */
function messageTypesFile(): string {
	const choices = readTypes
		.map(({ type, title }) => ({ name: title, value: type }))
		.sort((a, b) => a.name.localeCompare(b.name))
	return [
		HEAD,
		imported('type INodePropertyOptions', 'n8n-workflow'),
		'/** Every type that a message in an event can have. */',
		`export const messageTypes: INodePropertyOptions[] = ${code(choices)}`,
	].join('\n')
}

type CommonForm = { fields: NodeField[]; shapes: FieldShapes }

const fileOf = ({ value }: Resource) => value

const constantOf = (name: string) =>
	name.replaceAll(/[_-](\w)/g, (_, letter: string) => letter.toUpperCase())

function commonFile({ fields, shapes }: CommonForm): string {
	const constants = fields.map(
		(field) => `export const ${constantOf(field.name)}: INodeProperties = ${code(field)}\n`,
	)
	return [
		HEAD,
		imported('type INodeProperties', 'n8n-workflow'),
		imported('type Shapes', '../../shared/body'),
		...constants,
		`export const commonShapes: Shapes = ${code(shapes)}`,
	].join('\n')
}

function indexFile(used: Resource[]): string {
	const imports = used.map((resource) => `${imported(resource.value, `./${fileOf(resource)}`)}\n`)
	return [
		HEAD,
		imports.join(''),
		'/** What can be sent, by resource, in the order in which people are shown it. */',
		`export const generated = [${used.map(({ value }) => value).join(', ')}]`,
	].join('\n')
}

function resourceFile(resource: Resource, all: Operation[], common: CommonForm): string {
	const { name, value, description } = resource
	const operations = all.map((operation) => operationCode(operation, common)).join(',\n')
	const isUsed = (constant: string) => new RegExp(`\\b${constant}\\b[ ,\\]\\n]`).test(operations)
	const names = common.fields.map(({ name }) => constantOf(name)).filter(isUsed)
	return [
		HEAD,
		imported('moreFields', '../../shared/body'),
		imported('idempotencyKey', '../../shared/idempotency'),
		imported('onLimit, waitAtMost', '../../shared/limits'),
		imported('type SendResource', '../sending'),
		imported([...names, 'commonShapes'].sort().join(', '), './common'),
		`export const ${value}: SendResource = {`,
		`name: ${code(name)}, value: ${code(value)}, description: ${code(description)},`,
		`operations: [${operations}],`,
		'}',
	].join('\n')
}

function operationCode(operation: Operation, common: CommonForm): string {
	const { name, type, action, description, fields, shapes, unverified, to } = operation
	const main = [
		...(to === 'status' ? ['{ ...audience, required: true }'] : []),
		...fields.map(code),
	]
	return `{
		name: ${code(name)}, type: ${code(type)}, action: ${code(action)},
		description: ${code(description)},
		${unverified ? 'unverified: true,' : ''}${to ? `to: ${code(to)},` : ''}shapes: ${shapesCode(shapes)},
		fields: [${main.join(',\n')}],
		additional: [${additionalCode(operation, common).join(',\n')}],
	}`
}

const shapesCode = (shapes: FieldShapes) =>
	Object.keys(shapes).length ? `{ ...commonShapes, ${code(shapes).slice(1)}` : 'commonShapes'

/** Fields that the nodes have by hand. */
const byHand = [
	{ displayName: 'Idempotency Key', code: 'idempotencyKey' },
	{ displayName: 'More Fields', code: 'moreFields' },
	{ displayName: 'On Limit', code: 'onLimit' },
	{ displayName: 'Wait at Most (Minutes)', code: 'waitAtMost' },
]

function additionalCode(
	{ additional, common: wanted, to }: Operation,
	common: CommonForm,
): string[] {
	const written = [
		...additional.map((field) => ({ displayName: field.displayName, code: code(field) })),
		...common.fields
			.filter(({ name }) => wanted.includes(name) && !(name === 'audience' && to === 'status'))
			.map(({ displayName, name }) => ({ displayName, code: constantOf(name) })),
		...byHand,
	]
	return written
		.sort((a, b) => a.displayName.localeCompare(b.displayName))
		.map((field) => field.code)
}

const imported = (names: string, module: string) => `import { ${names} } from ${code(module)}`

const code = (value: unknown) => JSON.stringify(value)
