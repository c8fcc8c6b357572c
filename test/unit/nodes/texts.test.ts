import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow'
import { sendNode, triggerNode } from './harness.ts'

type Field = INodeProperties & { values?: INodeProperties[] }

/** Every field, those in collections as well. */
function fieldsIn(fields: Field[]): Field[] {
	return fields.flatMap((field) => {
		const inner = (field.options ?? []) as Field[]
		const isContainer = ['collection', 'fixedCollection'].includes(field.type)
		const within = isContainer ? inner.flatMap((one) => one.values ?? [one]) : []
		return [field, ...fieldsIn(within as Field[])]
	})
}

const { properties } = sendNode.description
const ours = [...properties, ...triggerNode.description.properties]
	// n8n adds these.
	.filter(({ name }) => name !== 'requestOptions')
const fields = fieldsIn(ours as Field[])

/** The optional fields of an operation, by name. */
function optionsOf(resource: string, operation: string): string[] {
	const collection = properties.find(
		({ name, displayOptions }) =>
			name === 'additionalFields' &&
			displayOptions?.show?.resource?.includes(resource) &&
			displayOptions.show.operation?.includes(operation),
	)
	return (collection?.options ?? []).map(({ name }) => name).sort()
}

const mainFieldsOf = (resource: string, operation: string) =>
	properties.filter(
		({ displayOptions }) =>
			displayOptions?.show?.resource?.includes(resource) &&
			displayOptions.show.operation?.includes(operation),
	)

const rules: [rule: string, of: (field: Field) => boolean, isBroken: (text: string) => boolean][] =
	[
		[
			'a switch says "Whether" and a clause: whether it is so, or whether to do so',
			({ type }) => type === 'boolean',
			(text) => !/^Whether (?:(?:this|[a-z]+s) [a-z]+|(?!\w+s\b)[a-z]+)/.test(text),
		],
		[
			'no text speaks of itself being on',
			() => true,
			(text) => /\bis on\. (False|True)\b/.test(text),
		],
		['a text begins with a capital, a digit or a sign', () => true, (text) => /^[a-z]/.test(text)],
		[
			'one sentence has no full stop, several have',
			() => true,
			(text) => /\.$/.test(text) !== /\. [A-Z]/.test(text) && !/…/.test(text),
		],
		['no word stands twice', () => true, (text) => /\b(\w+) \1\b/i.test(text)],
		['no name of another system', () => true, (text) => /WA-RS|wafast|wawp/i.test(text)],
		['no code quotes, no double spaces', () => true, (text) => /`|  /.test(text)],
	]

describe('What people read in the panel', () => {
	for (const [rule, applies, isBroken] of rules)
		it(`is plain English: ${rule}`, () => {
			const broken = fields
				.filter(applies)
				.filter(({ description }) => description && isBroken(description))
				.map(({ displayName, description }) => `${displayName}: ${description}`)
			assert.deepEqual([...new Set(broken)], [])
		})

	it('has placeholders that are examples', () => {
		const odd = fields
			.filter(({ placeholder }) => placeholder && !/^(e\.g\. |Add )/.test(placeholder))
			.map(({ displayName, placeholder }) => `${displayName}: ${placeholder}`)
		assert.deepEqual(odd, [])
		assert.ok(fields.every(({ placeholder = '' }) => !/WA-RS|undefined/.test(placeholder)))
	})

	it('offers only options that have an effect', () => {
		const own = [
			...['dry_run', 'idempotency_key', 'more_fields', 'on_limit', 'pause_seconds'],
			'wait_at_most',
		]
		assert.deepEqual(
			optionsOf('messageAction', 'react'),
			['check_recipient', 'from_me', 'participant', ...own].sort(),
		)
		assert.deepEqual(
			optionsOf('messageAction', 'revoke'),
			['check_recipient', 'original_sender', ...own].sort(),
		)
		for (const option of ['audience', 'background_color', 'font'])
			assert.ok(!optionsOf('message', 'text').includes(option), option)
		assert.deepEqual(
			['background_color', 'font'].filter((name) => optionsOf('status', 'text').includes(name)),
			['background_color', 'font'],
		)
		for (const name of ['expiration', 'check_recipient', 'reply_to'])
			assert.ok(!optionsOf('channel', 'text').includes(name), name)
	})

	it('shows a caption beside its file', () => {
		for (const type of ['image', 'video', 'document', 'gif'])
			assert.ok(
				mainFieldsOf('media', type).some(({ name }) => name === 'caption'),
				type,
			)
	})

	it('marks what is required', () => {
		const required = (resource: string, operation: string, name: string) =>
			mainFieldsOf(resource, operation).find((field) => field.name === name)
		// n8n reports a missing text, and no missing number.
		for (const name of ['latitude', 'longitude'])
			assert.partialDeepStrictEqual(required('message', 'location', name), {
				required: true,
				type: 'string',
			})
		assert.equal(required('status', 'text', 'audience')?.required, true)
	})

	it('has one form for how long messages stay: a list, everywhere', () => {
		const timers = fields.filter(({ displayName }) => displayName === 'Disappears After')
		assert.ok(timers.length > 1)
		const offered = timers.map(({ options = [] }) => options.map(({ name }) => name).join())
		assert.deepEqual([...new Set(offered)], ['1 Day,7 Days,90 Days,None'])
	})

	it('says that a choice is one of words that fit', () => {
		const modes = fields.flatMap(({ modes = [] }) => modes.map(({ displayName }) => displayName))
		assert.deepEqual(
			modes.filter((name) => name.length > 9),
			[],
		)
	})

	it('has the resources in the order in which people look for them', () => {
		const [resource] = properties
		const names = (resource?.options as INodePropertyOptions[]).map(({ name }) => name)
		const at = (name: string) => names.indexOf(name)
		assert.ok(at('Interactive') < at('Response'))
		for (const name of ['Chat', 'Group', 'Contact'])
			assert.ok(at(name) < at('Payment and Business') && at(name) < at('Call'), name)
		assert.ok(!names.some((name) => /action/i.test(name)))
	})
})

describe('Short texts in the panel', () => {
	const locators = fields.filter(({ type }) => type === 'resourceLocator')

	it('labels of the modes of a picker are not cut off', () => {
		assert.ok(locators.length > 3)
		for (const { name, modes = [] } of locators)
			for (const { displayName } of modes)
				assert.ok(displayName.length <= 9, `${name}: "${displayName}" is cut off`)
		const to = locators.find(({ name }) => name === 'to')!
		assert.ok(to.modes?.some(({ displayName }) => displayName === 'Phone'))
	})

	const subtitles: [resource: string, operation: string, shown: string][] = [
		['group', 'getAll', 'group: get many'],
		['messageAction', 'markAsRead', 'message action: mark as read'],
		['group', 'addParticipant', 'group: add participant'],
		['interactive', 'product-list', 'interactive: product list'],
	]
	for (const [resource, operation, shown] of subtitles)
		it(`the subtitle of ${resource} ${operation} is in words`, () => {
			const expression = String(sendNode.description.subtitle).replace(/^=\{\{|\}\}$/g, '')
			const evaluate = new Function('$parameter', `return ${expression}`)
			assert.equal(evaluate({ resource, operation }), shown)
		})
})
