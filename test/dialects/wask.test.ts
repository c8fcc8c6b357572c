import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openDialects } from './support.ts'

test('a file that came in is got as base64, with its type and name', async (t) => {
	const { ask, keys, budi, owner, budiWrites } = await openDialects(t)
	await budiWrites('first')
	const data = Buffer.from('%PDF-1.4\n%%EOF\n')
	const file = { data, mimetype: 'application/pdf', filename: 'report.pdf' }
	const message = await budi.media.attach('document', file)
	const id = await budi.sends(message, { to: owner })
	await budiWrites('second')
	const headers = { 'x-api-key': keys.session }
	const { status, body } = await ask({ method: 'GET', path: `/sessions/main/media/${id}`, headers })
	assert.equal(status, 200)
	const media = { data: data.toString('base64'), mimetype: file.mimetype, filename: file.filename }
	assert.deepEqual(body, { success: true, media })
})
