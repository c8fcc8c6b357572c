import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { ROOT } from '../support/paths.ts'
import { filesBelow } from './support/imports.ts'

/** Trees whose words are their own: WhatsApp's side of the wire, and each dialect, name their things themselves. */
const vocabularies = (file: string): string =>
	/^(src\/sandbox|src\/http\/dialects\/[^/]+)\//.exec(file)?.[1] ?? ''

const exported = /^export (?:async )?(?:function\*?|const|let|class|type|interface) (\w+)/gm

/** Names that a message type shares with the event of the same name: each is the definition of its file. */
const definitions = /^src\/(messages|events)\/types\//

test('an exported name means one thing in the gateway', () => {
	const places = new Map<string, string[]>()
	for (const file of filesBelow(join(ROOT, 'gateway'), '{src,codegen}/**/*.ts')) {
		if (definitions.test(file)) continue
		const text = readFileSync(join(ROOT, 'gateway', file), 'utf8')
		for (const [, name] of text.matchAll(exported)) {
			const key = `${vocabularies(file)} ${name}`.trim()
			places.set(key, [...(places.get(key) ?? []), file])
		}
	}
	assert.ok(places.size > 500)
	assert.deepEqual(
		[...places].filter(([, files]) => files.length > 1),
		[],
	)
})

/** The private language of 0.1.0: none of it is a file or an exported name any more. */
const retired = [
	...[
		'asked',
		'answered',
		'bookmark',
		'curtain',
		'dated',
		'desk',
		'happening',
		'hearing',
		'lane',
		'lanes',
	],
	...[
		'letter',
		'letters',
		'line',
		'lines',
		'nameless',
		'once',
		'once-records',
		'passing',
		'places',
		'reception',
	],
	...['seal', 'unreadable'],
]

test('no file and no exported name of the gateway and the nodes is of the old vocabulary', () => {
	const words = new Set(retired)
	const found: string[] = []
	for (const tree of ['gateway/src', 'gateway/codegen', 'nodes'])
		for (const file of filesBelow(join(ROOT, tree))) {
			const [, base = ''] = /([^/]+)\.ts$/.exec(file) ?? []
			if (words.has(base)) found.push(file)
			for (const [, name = ''] of readFileSync(join(ROOT, tree, file), 'utf8').matchAll(exported))
				if (words.has(name.toLowerCase())) found.push(`${file}: ${name}`)
		}
	assert.deepEqual(found, [])
})
