import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { openGateway } from '../../../support/gateway/gateway.ts'

/** An example in the document, and the JSON pointer of the schema that it must satisfy. */
type Example = { pointer: string; value: unknown }

/** Whole values of the document, which are no schemas themselves. */
const VALUES = ['example', 'examples', 'default', 'const', 'enum']

const escaped = (key: string) => encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'))

/** Every example below a node: `examples` of a schema, `example` of a schema, a media type or a parameter. */
function* examplesIn(node: unknown, pointer: string): Generator<Example> {
	if (typeof node !== 'object' || node === null) return
	const { schema, example, examples } = node as Record<string, unknown>
	const own = schema ? `${pointer}/schema` : pointer
	if (example !== undefined) yield { pointer: own, value: example }
	if (Array.isArray(examples)) for (const value of examples) yield { pointer: own, value }
	else if (examples)
		for (const { value } of Object.values(examples as Record<string, { value: unknown }>))
			yield { pointer: own, value }
	for (const [key, child] of Object.entries(node))
		// A property may be called `example`: below `properties` every key is a name.
		if (!VALUES.includes(key) || pointer.endsWith('/properties'))
			yield* examplesIn(child, `${pointer}/${escaped(key)}`)
}

test('every example in the OpenAPI document satisfies its own schema', async (t) => {
	const gateway = await openGateway(t)
	const { body: document } = await gateway.request('GET', '/openapi.json', undefined, {})
	const ajv = new Ajv2020({ strict: false, allErrors: true })
	formats.default(ajv)
	ajv.addSchema(document, 'openapi')
	const examples = [...examplesIn(document, '')]
	assert.ok(examples.length > 500, `${examples.length} examples`)
	const wrong = examples.flatMap(({ pointer, value }) => {
		const validate = ajv.compile({ $ref: `openapi#${pointer}` })
		return validate(value)
			? []
			: [`${pointer}: ${JSON.stringify(value)} ${ajv.errorsText(validate.errors)}`]
	})
	assert.deepEqual(wrong, [])
})
