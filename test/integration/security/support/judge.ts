import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { INTERNAL_ERROR_DETAIL } from '../../../../gateway/src/http/errors/problem.ts'
import type { Heard } from './ask.ts'
import type { Document, Operation } from './operations.ts'

/** Compares responses with what the OpenAPI document says about them. */
export function createJudge(document: Document) {
	const ajv = new Ajv2020({ strict: false, allErrors: true })
	formats.default(ajv)
	ajv.addSchema(document, 'openapi')
	const known = new Map<string, ValidateFunction>()

	function validatorAt(...steps: string[]): ValidateFunction {
		const pointer = steps.map((step) => step.replaceAll('~', '~0').replaceAll('/', '~1')).join('/')
		const found = known.get(pointer) ?? ajv.compile({ $ref: `openapi#/${encodeURI(pointer)}` })
		known.set(pointer, found)
		return found
	}

	/** What is wrong with a response, or undefined. */
	return function judge(operation: Operation, { status, type, text }: Heard): string | undefined {
		const { method, path, responses } = operation
		const key = String(status) in responses ? String(status) : 'default'
		const response = responses[key]
		if (!response || (key === 'default' && status < 400)) return 'the status is not documented'
		if (text.includes(INTERNAL_ERROR_DETAIL)) return 'it is an internal error'
		if (!response.content) return text === '' ? undefined : 'there is a body, and none documented'
		if (text === '' && response['x-may-be-empty']) return undefined
		const bare = type.split(';')[0]!.trim()
		const content = response.content[bare] ? bare : anyFile(response.content, type)
		if (!content) return `the content type ${type} is not documented`
		if (!/json$/.test(bare)) return undefined
		const place = [
			'paths',
			path,
			method.toLowerCase(),
			'responses',
			key,
			'content',
			content,
			'schema',
		]
		const validate = validatorAt(...place)
		if (validate(JSON.parse(text))) return undefined
		return `the body does not fit: ${ajv.errorsText(validate.errors)}`
	}
}

// The type of a file is its own.
const anyFile = (content: object, type: string) =>
	type && 'application/octet-stream' in content ? 'application/octet-stream' : undefined
