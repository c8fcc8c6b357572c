import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ADMIN_KEY, linkedGateway } from '../../support/gateway/gateway.ts'

/** What is given as the name of a document, and what recipients see; `own` is the name of the file. */
const names: [given: string, shown: string][] = [
	['report.pdf', 'report.pdf'],
	['grüße 日本 👩‍👩‍👧.pdf', 'grüße 日本 👩‍👩‍👧.pdf'],
	['a\r\nb.pdf', 'ab.pdf'],
	['a\0.pdf', 'a.pdf'],
	['a\u001b[31m.pdf', 'a[31m.pdf'],
	['a\u2028b\u2029.pdf', 'ab.pdf'],
	['../../etc/passwd', 'passwd'],
	['..\\..\\boot.ini', 'boot.ini'],
	['C:\\Users\\a\\b.pdf', 'b.pdf'],
	['/tmp/a.pdf', 'a.pdf'],
	['fdp.\u202eexe', 'fdp.exe'],
	['\u2066a\u2069\u200f\u200e\u061c.pdf', 'a.pdf'],
	['\ufeffa.pdf', 'a.pdf'],
	['  a.pdf  ', 'a.pdf'],
	['..', 'own'],
	['a/', 'own'],
	['\r\n', 'own'],
	['.hidden', '.hidden'],
	['a"b;c=d%00.pdf', 'a"b;c=d%00.pdf'],
	['x'.repeat(251) + '.pdf', 'x'.repeat(251) + '.pdf'],
]

test('the name of a document has no folders and no characters that deceive', async (t) => {
	const { gateway, ada } = await linkedGateway(t)
	const to = ada.account.phone

	async function shown(body: FormData | string, type?: string) {
		const answer = await gateway.app.request('/api/v1/sessions/main/messages/document', {
			method: 'POST',
			headers: { 'x-api-key': ADMIN_KEY, ...(type && { 'content-type': type }) },
			body,
		})
		const { message_id: id } = (await answer.json()) as any
		const { message } = await ada.receives((received) => received.id === id)
		const content = message!.documentWithCaptionMessage?.message ?? message!
		const { fileName, title } = content.documentMessage!
		assert.equal(title, fileName)
		return fileName
	}

	function formWith(fields: Record<string, string>, name: string) {
		const form = new FormData()
		for (const [field, value] of Object.entries({ to, ...fields })) form.append(field, value)
		form.append('document', new File(['bytes'], name, { type: 'application/pdf' }))
		return form
	}

	for (const [given, expected] of names) {
		const what = JSON.stringify(given)
		assert.equal(await shown(formWith({ filename: given }, 'own')), expected, `field ${what}`)
		if (expected === 'own') continue
		const document = { data: Buffer.from('bytes').toString('base64') }
		const json = JSON.stringify({ to, filename: given, document })
		assert.equal(await shown(json, 'application/json'), expected, `JSON ${what}`)
	}
	// A client of forms writes line ends and quotes of its file names as codes.
	for (const [given, expected] of names.filter(([given]) => !/[\r\n\0"%\\\u001b]/.test(given))) {
		if (expected !== 'own') assert.equal(await shown(formWith({}, given)), expected, given)
	}
})

test('a long name keeps its extension, and a name without anything is refused', async (t) => {
	const { gateway, ada } = await linkedGateway(t)
	const form = new FormData()
	form.append('to', ada.account.phone)
	form.append('document', new File(['bytes'], `${'😀'.repeat(200)}.pdf`))
	const path = '/api/v1/sessions/main/messages/document'
	const headers = { 'x-api-key': ADMIN_KEY }
	await gateway.app.request(path, { method: 'POST', headers, body: form })
	const { message } = await ada.receives(({ message }) => !!message?.documentMessage)
	const { fileName } = message!.documentMessage!
	assert.match(fileName!, /^(😀)+\.pdf$/u)
	assert.ok(fileName!.length <= 255)

	const body = { to: ada.account.phone, document: { data: 'aGk=' }, filename: '../' }
	const answer = await gateway.request('POST', path, body)
	assert.deepEqual([answer.status, answer.body.field], [400, 'filename'])
})
