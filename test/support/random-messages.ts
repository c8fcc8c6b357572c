import { join } from 'node:path'
import { proto } from '@whiskeysockets/baileys'
import protobuf from 'protobufjs'
import type { Random } from './random.ts'
import { ROOT } from './paths.ts'

const schema = protobuf.loadSync(
	join(ROOT, 'node_modules/@whiskeysockets/baileys/WAProto/WAProto.proto'),
)
const Message = schema.lookupType('proto.Message')

/** The names of all fields of WhatsApp's `Message`. */
export const contentFields: readonly string[] = Message.fieldsArray.map(({ name }) => name)

const MOST_LEVELS = 6

/** Numbers at the edges of their types; those of 64 bits are texts, as in JSON. */
const WIDE = ['0', '1', '9007199254740993', '9223372036854775807', '18446744073709551615', '-1']
const NARROW = [0, 1, 7, 99, 2_147_483_647, -1]
const TEXTS = [
	'',
	'hello',
	'@491700000001',
	'{"display_text":"Buy","id":"1"}',
	'{',
	'BEGIN:VCARD\nFN;QUOTED-PRINTABLE:=\nTEL;waid=x:1',
	'https://example.com/?a=1',
	'1@lid',
	'status@broadcast',
	'\u202e\u0000👩‍👩‍👧',
	'x'.repeat(5_000),
]

/** Makes messages of WhatsApp's whole schema, as JSON that `proto.Message.fromObject` reads. */
export function createMessageMaker(random: Random) {
	function valueOf(field: protobuf.Field, level: number): unknown {
		field.resolve()
		const { resolvedType: type } = field
		if (type instanceof protobuf.Enum)
			return random.pick([...Object.values(type.values), ...(random.chance(0.1) ? NARROW : [])])
		if (type instanceof protobuf.Type) return fieldsOf(type, level + 1)
		if (field.type === 'string') return random.pick(TEXTS)
		if (field.type === 'bool') return random.chance(0.5)
		if (field.type === 'bytes')
			return Buffer.alloc(random.pick([0, 1, 12, 32]), random.below(256)).toString('base64')
		if (field.type.endsWith('64')) return random.pick(WIDE)
		return random.pick(NARROW)
	}

	/** Each field is there or not; deeper ones are rarer. */
	function fieldsOf(type: protobuf.Type, level: number): Record<string, unknown> {
		const made: Record<string, unknown> = {}
		if (level > MOST_LEVELS) return made
		const share = type === Message ? 1.5 / type.fieldsArray.length : 0.9 / level ** 0.7
		for (const field of type.fieldsArray) if (random.chance(share)) set(made, field, level)
		return made
	}

	function set(made: Record<string, unknown>, field: protobuf.Field, level: number) {
		// Of several fields of which one may be set the last one counts.
		for (const { name } of field.partOf?.fieldsArray ?? []) delete made[name]
		const count = field.repeated ? random.pick([0, 1, 3]) : 1
		const values = Array.from({ length: count }, () => valueOf(field, level))
		made[field.name] = field.repeated ? values : values[0]
	}

	return {
		/** A message with a field of this name, and what may stand beside it. */
		messageOf(name: string): Record<string, unknown> {
			const made: Record<string, unknown> = {}
			set(made, Message.fields[name]!, 1)
			if (random.chance(0.3)) set(made, Message.fields['messageContextInfo']!, 2)
			return made
		},
		/** The message in some of WhatsApp's wrappers. */
		wrapped(message: Record<string, unknown>): Record<string, unknown> {
			const wrappers = Message.fieldsArray.filter(({ type }) => type === 'FutureProofMessage')
			const count = random.pick([0, 0, 1, 2, 4])
			return Array.from({ length: count }, () => random.pick(wrappers).name).reduce<
				Record<string, unknown>
			>((inner, name) => ({ [name]: { message: inner } }), message)
		},
		bytesOf: (message: Record<string, unknown>): Uint8Array =>
			proto.Message.encode(proto.Message.fromObject(message)).finish(),
		/** Its bytes, some of them changed, with fields that nobody knows, or cut off. */
		mutated(message: Record<string, unknown>): Uint8Array {
			const bytes = Buffer.from(proto.Message.encode(proto.Message.fromObject(message)).finish())
			const how = random.pick(['flip', 'unknown', 'cut'])
			if (how === 'cut') return bytes.subarray(0, random.pick([0, bytes.length >> 1, bytes.length]))
			if (how === 'unknown')
				return Buffer.concat([
					bytes,
					protobuf.Writer.create()
						.uint32((5_000 << 3) | 2)
						.string('new')
						.finish(),
				])
			for (let n = 0; n < 3 && bytes.length; n++)
				bytes[random.below(bytes.length)] = random.below(256)
			return bytes
		},
	}
}
