import { bytesOf } from './ask.ts'
import type { Generated } from './generate.ts'
import type { Random } from '../../../support/random.ts'

/** Makes of a request that fits one that hardly does. */
export function mutated(request: Generated, random: Random): Generated {
	const { pick } = random
	if (request.body === undefined) return pick(ofHeads)(request, random)
	const isForm = request.headers['content-type']?.startsWith('multipart/')
	return pick([...ofFields, ...ofFields, ...ofHeads, ...(isForm ? ofForms : ofBodies)])(
		request,
		random,
	)
}

type Mutation = (request: Generated, random: Random) => Generated

const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)
const deep = JSON.parse(nested(3_000)) as unknown

const odd: readonly unknown[] = [
	...[null, true, false, 0, -1, 1.5, 1e308, -1e308, 2 ** 53, 1e21],
	...['', ' ', '\u0000', '\ud800', '𝕏'.repeat(500), 'x'.repeat(70_000), '1', 'null', '[]'],
	...[
		'../../etc/passwd',
		'file:///etc/passwd',
		'http://127.0.0.1:1/',
		'data:,',
		'data:image/png;base64,%%',
	],
	...[
		'%s%n',
		'${jndi}',
		'0@s.whatsapp.net',
		'@',
		'a@b@c',
		'status@broadcast',
		'4915112345678:3@lid',
	],
	...[[], [null], {}, { a: 1 }, [[]], { toString: 1, constructor: null }, deep],
]

const withBody = (request: Generated, body: unknown): Generated => ({ ...request, body })

type Place = { holder: Record<string, unknown>; name: string }

function placesIn(value: unknown): Place[] {
	if (typeof value !== 'object' || value === null) return []
	const holder = value as Record<string, unknown>
	return Object.keys(holder).flatMap((name) => [{ holder, name }, ...placesIn(holder[name])])
}

/** Changes one field, however deep it lies. */
function changing(change: (place: Place, random: Random) => void): Mutation {
	return (request, random) => {
		const body = structuredClone(request.body)
		const places = placesIn(body)
		if (!places.length) return withBody(request, random.pick(odd))
		change(random.pick(places), random)
		return withBody(request, body)
	}
}

const ofFields: Mutation[] = [
	changing(({ holder, name }, { pick }) => (holder[name] = pick(odd))),
	changing(({ holder, name }, { pick }) => (holder[name] = pick(odd))),
	changing(({ holder, name }) => delete holder[name]),
	changing(({ holder, name }) => (holder[name] = [holder[name]])),
	changing(({ holder, name }) => (holder[name] = String(holder[name]).repeat(300))),
	changing(
		({ holder }, { pick }) => (holder[pick(['extra', 'constructor', 'toJSON', ''])] = pick(odd)),
	),
]

const ofBodies: Mutation[] = [
	(request, { pick }) => withBody(request, pick(odd)),
	(request, { below }) => {
		const text = JSON.stringify(request.body)
		return withBody(request, text.slice(0, below(text.length)))
	},
	(request) =>
		withBody(request, `{"__proto__":{"to":"1"},${JSON.stringify(request.body).slice(1)}`),
	(request, { pick }) =>
		withBody(request, pick(['', '\ufeff{}', '{}{}', '{"a":1,}', 'NaN', '\u0000'])),
	(request) => withBody(request, `{"text":"${'x'.repeat(1_200_000)}"}`),
	(request, { pick }) => ({
		...request,
		headers: { ...request.headers, 'content-type': pick(types) },
	}),
	(request) => withBody(request, nested(100_000)),
]

const types = [
	...['text/plain', 'application/xml', 'multipart/form-data', 'application/x-www-form-urlencoded'],
	...[
		'multipart/form-data; boundary=x',
		'application/json; charset=utf-16',
		'nonsense',
		';',
		'application/json-p',
	],
]

const ofForms: Mutation[] = [
	(request, { below }) => {
		const headers = { ...request.headers }
		const text = bytesOf(request.body, headers)!
		return { ...request, headers, body: text.slice(0, below(text.length)) }
	},
	(request, { pick }) => ({
		...request,
		headers: {
			...request.headers,
			'content-type': pick(['multipart/form-data', 'multipart/form-data; boundary=""', ...types]),
		},
		body: bytesOf(request.body, { ...request.headers }),
	}),
	(request) => ({
		...request,
		headers: { ...request.headers, 'content-type': 'multipart/form-data; boundary=b' },
		body: '--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b\r\n\r\n--b--',
	}),
]

const ofHeads: Mutation[] = [
	({ path, ...request }, { pick }) => ({
		...request,
		path: `${path}${path.includes('?') ? '&' : '?'}${pick(queries)}`,
	}),
	({ headers, ...request }, { pick }) => ({
		...request,
		headers: { ...headers, ...pick(oddHeaders) },
	}),
]

const queries = [
	...[
		'limit=-1',
		'limit=1e9',
		'limit=x',
		'after=-1',
		'after=99999999999999999999',
		'limit=1&limit=2',
	],
	...['format=exe', 'search=%00', 'search=%ff', `search=${'x'.repeat(5_000)}`, 'x[y]=1', '=', '%'],
]

const oddHeaders: Record<string, string>[] = [
	{ 'idempotency-key': '' },
	{ 'idempotency-key': 'x'.repeat(300) },
	{ 'batch-item': 'nonsense' },
	{ 'batch-item': 'a;0' },
	{ accept: 'text/html' },
	{ 'accept-encoding': 'br;q=x' },
	{ 'x-forwarded-for': '127.0.0.1' },
	{ range: 'bytes=5-1' },
	{ 'last-event-id': '-1' },
	{ 'content-encoding': 'gzip' },
]
