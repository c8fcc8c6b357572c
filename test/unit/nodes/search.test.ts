import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import type { INodeType } from 'n8n-workflow'
import { ROOT } from '../../support/paths.ts'
import { askNode, sendNode, triggerNode } from './harness.ts'

type Searched = { key: string; properties: { displayName: string; codex: { alias: string[] } } }

/** What the node panel of n8n 2.41.1 searches with: names count 1.3 times, other names once. */
const require = createRequire(createRequire(import.meta.url).resolve('n8n-core'))
const { sublimeSearch } = require('@n8n/utils/search/sublime-search') as {
	sublimeSearch(filter: string, items: Searched[]): { score: number; item: Searched }[]
}

function searched(directory: string, { description }: INodeType): Searched {
	const path = join(ROOT, 'nodes', directory, `${directory}.node.json`)
	const codex = JSON.parse(readFileSync(path, 'utf8'))
	return { key: directory, properties: { displayName: description.displayName, codex } }
}

const SEND = 'WhatsAppGateway'
const ASK = 'WhatsAppSendAndWait'
const TRIGGER = 'WhatsAppGatewayTrigger'

const ours = [searched(SEND, sendNode), searched(ASK, askNode), searched(TRIGGER, triggerNode)]

/** As the panel does it. */
const found = (words: string) =>
	sublimeSearch(words.toLowerCase().replace('trigger', '').trimEnd(), ours)

/** Words in one piece score 60 for each letter after the first; scattered letters do not come near. */
const inOnePiece = (words: string) => 100 + 60 * (words.length - 1) - 2.5 * 40

describe("n8n's node search finds", () => {
	const wanted: [words: string, node: string][] = [
		['create group', SEND],
		['voice note', SEND],
		['send image', SEND],
		['wait for reply', ASK],
		['whatsapp group', SEND],
		['whatsapp poll', SEND],
		['send whatsapp', SEND],
		['send file', SEND],
		['send pdf', SEND],
		['approval', ASK],
		['send and wait', ASK],
		['whatsapp bot', TRIGGER],
		['receive message', TRIGGER],
	]
	for (const [words, node] of wanted)
		it(`${node} by "${words}"`, () => {
			const match = found(words).find(({ item }) => item.key === node)
			assert.ok(match, 'it is among the results')
			assert.ok(match.score >= inOnePiece(words), `${match.score}: the words are in one piece`)
		})

	it('nothing of ours by words for something else', () => {
		assert.deepEqual(found('quickbooks invoice xyz'), [])
	})
})
