import assert from 'node:assert/strict'
import { test } from 'node:test'
import { urlencodedFields } from '../../../../gateway/src/http/request/urlencoded.ts'

const read = (body: string) => JSON.parse(JSON.stringify(urlencodedFields(body)))

test('brackets in the names of a form lead into objects and lists', () => {
	const cases: [body: string, fields: object][] = [
		['', {}],
		['a=1&b=x+y%20z', { a: '1', b: 'x y z' }],
		['a=1&a=2', { a: '2' }],
		['key[id]=3EB0&key[fromMe]=true', { key: { id: '3EB0', fromMe: 'true' } }],
		['m[]=1&m[]=2', { m: ['1', '2'] }],
		['m[0]=1&m[1]=2', { m: { 0: '1', 1: '2' } }],
		['b[][type]=reply', { b: [{ type: 'reply' }] }],
		['a[b][c][d][e]=1', { a: { b: { c: { d: { e: '1' } } } } }],
		['a[b][c][d][e][f]=1', { 'a[b][c][d][e][f]': '1' }],
		['a[=1&]b=2', { 'a[': '1', ']b': '2' }],
		['a=1&a[b]=2', { a: { b: '2' } }],
	]
	for (const [body, fields] of cases) assert.deepEqual(read(body), fields, body)
})

test('no name reaches what all objects have', () => {
	const fields = urlencodedFields('__proto__[x]=1&constructor[prototype][x]=1&toString=1')
	assert.equal(({} as any).x, undefined)
	assert.deepEqual(Object.keys(fields), ['__proto__', 'constructor', 'toString'])
})
