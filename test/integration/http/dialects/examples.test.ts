import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { globSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { dialects } from '../../../../gateway/src/http/dialects/index.ts'
import { listen } from '../../../support/delivery/listener.ts'
import { temporaryDirectory } from '../../../support/gateway/gateway.ts'
import { clip, make } from '../../../support/media/fixtures.ts'
import { openServer } from '../../../support/media/server.ts'
import { openDialects, WORKSPACE } from './support/gateway.ts'

const EXAMPLES = join(import.meta.dirname, '../../../../docs/examples/moving-over')
const run = promisify(execFile)

/** What arrives besides the text and the picture; and how the example names its people and its file. */
const examples: Record<
	string,
	{ typical: string[]; to?: string; hasFile?: boolean; hasGroups?: boolean }
> = {
	'wa-rs': { typical: ['reactionMessage', 'pollCreationMessageV3'] },
	wask: { typical: ['locationMessage'] },
	wasphere: { typical: ['reactionMessage', 'pollCreationMessageV3'] },
	wawp: { typical: [], to: '628123456789@c.us', hasFile: true, hasGroups: true },
	wafastapi: {
		typical: ['reactionMessage', 'pollCreationMessageV3'],
		hasFile: true,
		hasGroups: true,
	},
	evolution: { typical: ['reactionMessage', 'pollCreationMessageV3'] },
	waha: { typical: ['reactionMessage', 'pollCreationMessageV3'] },
}

test('every system has an example in curl and one in Node', () => {
	const names = ['wa-rs', ...dialects.map(({ name }) => name)]
	const expected = names.flatMap((name) => [`${name}.mjs`, `${name}.sh`])
	assert.deepEqual(globSync('*', { cwd: EXAMPLES }).sort(), expected.sort())
})

test('the examples for those who move over do what they say', async (t) => {
	const picture = await make(await temporaryDirectory(t), 'png', ...clip(1), '-frames:v', '1')
	const bytes = await readFile(picture)
	const host = await openServer(t, (_, response) => void response.end(bytes))
	const { gateway, budi, keys } = await openDialects(t)
	const port = await listen(t, gateway)

	for (const [name, example] of Object.entries(examples)) {
		const { typical, to = '628123456789', hasFile, hasGroups } = example
		for (const [program, kind] of [
			['bash', 'sh'],
			[process.execPath, 'mjs'],
		] as const) {
			await t.test(`${name}.${kind}`, async () => {
				const before = budi.inbox.entries.length
				const { stdout } = await run(program, [join(EXAMPLES, `${name}.${kind}`)], {
					env: {
						PATH: process.env.PATH,
						GATEWAY: `http://127.0.0.1:${port}`,
						KEY: keys.session,
						WORKSPACE,
						SESSION: 'main',
						TO: to,
						PICTURE: hasFile ? picture : `${host.url}/picture.png`,
					},
					timeout: 30_000,
				})
				const kinds = ['conversation', 'imageMessage', ...typical]
				await budi.receives(() => budi.inbox.entries.length === before + kinds.length)
				const arrived = budi.inbox.entries.slice(before)
				for (const [n, { message }] of arrived.entries())
					assert.ok(message && kinds[n]! in message, `${kinds[n]} is ${JSON.stringify(message)}`)
				assert.match(arrived[1]!.media!.mimetype, /^image\//)
				if (hasGroups) assert.match(stdout, /Team/)
			})
		}
	}
})
