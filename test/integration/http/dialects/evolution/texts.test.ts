import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import { openSends, TO } from '../support/evolution-sends.ts'

test('Evolution: texts, quotes, mentions and typing', async (t) => {
	const { ask, keys, sandbox, send, arrives, group, sari, budi, owner, budiWrites } =
		await openSends(t)

	await t.test('a number is taken in any form', async () => {
		const forms = [
			`${TO}@s.whatsapp.net`,
			`${TO}@c.us`,
			`+62 812-345-6789`,
			`${budi.account.lid}@lid`,
		]
		for (const number of forms) {
			const { answer } = await arrives('sendText', { number, text: 'hi' })
			assert.equal(answer.key.remoteJid, `${TO}@s.whatsapp.net`)
			assert.equal(answer.key.remoteJidAlt, `${budi.account.lid}@lid`)
		}
	})

	await t.test('a message is quoted by its id', async () => {
		const id = await budiWrites('a question')
		const { answer, message } = await arrives('sendText', { text: 'yes', quoted: { key: { id } } })
		const context = message.extendedTextMessage?.contextInfo
		assert.equal(context?.stanzaId, id)
		assert.equal(
			context?.quotedMessage?.conversation ?? context?.quotedMessage?.extendedTextMessage?.text,
			'a question',
		)
		assert.equal(answer.contextInfo.stanzaId, id)
		assert.equal(answer.contextInfo.quotedMessage.conversation, 'a question')
		assert.equal(answer.message.conversation, 'yes')
	})

	await t.test('a quote of what nobody has kept is left out', async () => {
		const quoted = { key: { id: '3EB0FFFFFFFFFFFFFFFF' } }
		const { answer, message } = await arrives('sendText', { text: 'yes', quoted })
		assert.equal(message.extendedTextMessage?.contextInfo?.stanzaId ?? null, null)
		assert.equal(answer.contextInfo, null)
	})

	await t.test('a whole message is quoted as it is, with its bytes in any form', async () => {
		const key = { id: '3EB0ABCDEF0123456789', remoteJid: `${TO}@s.whatsapp.net`, fromMe: false }
		const bytes = [1, 2, 255]
		const forms = [
			Buffer.from(bytes).toString('base64'),
			{ type: 'Buffer', data: Buffer.from(bytes).toString('base64') },
			{ type: 'Buffer', data: bytes },
			{ 0: 1, 1: 2, 2: 255 },
		]
		for (const fileSha256 of forms) {
			const imageMessage = {
				caption: 'what was said',
				fileSha256,
				fileLength: { low: 12, high: 0, unsigned: true },
			}
			const quoted = { key, message: { imageMessage } }
			const { answer, message } = await arrives('sendText', { text: 're', quoted })
			const context = message.extendedTextMessage!.contextInfo!
			assert.equal(context.stanzaId, key.id)
			assert.deepEqual([...context.quotedMessage!.imageMessage!.fileSha256!], bytes)
			assert.deepEqual(answer.contextInfo.quotedMessage.imageMessage, {
				caption: 'what was said',
				fileSha256: 'AQL/',
				fileLength: 12,
			})
		}
		const { status, body } = await send('sendText', {
			text: 're',
			quoted: { key, message: { imageMessage: 'none' } },
		})
		assert.deepEqual([status, body.error], [400, 'Bad Request'])
	})

	await t.test('the author of a quoted message of a group is kept', async () => {
		const participant = `${sari.account.phone}@s.whatsapp.net`
		const key = { id: '3EB0ABCDEF0123456789', remoteJid: group, fromMe: false, participant }
		const quoted = { key, message: { conversation: 'hello all' } }
		const { message } = await arrives('sendText', { number: group, text: 're', quoted })
		const { participant: author } = message.extendedTextMessage!.contextInfo!
		assert.ok([participant, `${sari.account.lid}@lid`].includes(author!))
	})

	await t.test('people and everyone are mentioned in a group, and nowhere else', async () => {
		const text = `Hello @${sari.account.phone}`
		const names = [
			sari.account.phone,
			`${sari.account.phone}@s.whatsapp.net`,
			`${sari.account.lid}@lid`,
		]
		for (const name of names) {
			const { answer, message } = await arrives('sendText', {
				number: group,
				text,
				mentioned: [name, name],
			})
			const { mentionedJid } = message.extendedTextMessage!.contextInfo!
			assert.equal(mentionedJid?.length, 1)
			assert.match(mentionedJid![0]!, new RegExp(`^(${sari.account.phone}|${sari.account.lid})@`))
			assert.equal(message.extendedTextMessage?.text, `Hello @${mentionedJid![0]!.split('@')[0]}`)
			assert.equal(answer.key.remoteJid, group)
		}
		for (const field of ['mentionsEveryOne', 'everyOne']) {
			const { message } = await arrives('sendText', { number: group, text: 'all', [field]: true })
			assert.equal(message.extendedTextMessage?.contextInfo?.nonJidMentions, 1)
		}
		const { message } = await arrives('sendText', { text, mentioned: [sari.account.phone] })
		assert.deepEqual(message.extendedTextMessage?.contextInfo?.mentionedJid ?? [], [])
	})

	await t.test('a form without files is read as what it is', async () => {
		const id = await budiWrites('a question of a form')
		const fields = { number: TO, text: 'by form', linkPreview: 'false', 'quoted[key][id]': id }
		const { status, body, text } = await ask({
			path: '/message/sendText/main',
			headers: { apikey: keys.session, 'content-type': 'application/x-www-form-urlencoded' },
			raw: new URLSearchParams(fields).toString(),
		})
		assert.equal(status, 201, text)
		assert.equal(body.message.conversation, 'by form')
		assert.equal(body.contextInfo.stanzaId, id)
	})

	await t.test('of the spellings of a number the one that WhatsApp has is written to', async () => {
		const queries = () =>
			sandbox.whatsapp.log.list(
				({ direction, stanza }) =>
					direction === 'in' && /"tag":"contact"/.test(JSON.stringify(stanza)),
			).length
		const long = sandbox.phone('5531987654321', { name: 'Bia' })
		const short = sandbox.phone('553188887777', { name: 'Caio' })
		const mexican = sandbox.phone('5215512345678', { name: 'Ximena' })
		for (const [phone, number, asked] of [
			[long, '+55 (31) 98765-4321', 1],
			[long, '553187654321@c.us', 0],
			[short, '5531988887777', 1],
			[short, '5531988887777@s.whatsapp.net', 0],
			[mexican, '525512345678', 1],
		] as const) {
			const before = queries()
			const { answer } = await arrives('sendText', { number, text: `for ${number}` }, phone)
			assert.equal(answer.key.remoteJid, `${phone.account.phone}@s.whatsapp.net`, number)
			assert.equal(queries() - before, asked, number)
		}
	})

	await t.test('a message has the id that the client has chosen, once', async () => {
		const messageId = '3EB0C0FFEE0000000001'
		const { answer } = await arrives('sendText', { text: 'chosen', messageId })
		assert.equal(answer.key.id, messageId)
		assert.equal((await send('sendText', { text: 'chosen', messageId })).body.key.id, messageId)
		const other = await send('sendText', { text: 'another', messageId })
		assert.ok(other.status >= 400, other.text)
		const got = budi.inbox.entries.filter(({ id }) => id === messageId)
		assert.equal(got.length, 1)
	})

	await t.test('the chat shows typing for the delay', async () => {
		for (const delay of [300, '300']) {
			const begins = once(budi.events, 'typing')
			const { status } = await send('sendText', { text: 'slow', delay })
			assert.equal(status, 201)
			assert.equal((await begins)[0].state, 'composing')
		}
	})

	await t.test('the shapes of version 1 are taken', async () => {
		const id = await budiWrites('another question')
		const { message } = await arrives('sendText', {
			textMessage: { text: 'old' },
			options: { presence: 'composing', linkPreview: false, quoted: { key: { id } } },
		})
		assert.equal(message.extendedTextMessage?.text, 'old')
		assert.equal(message.extendedTextMessage?.contextInfo?.stanzaId, id)
		const mentions = { everyOne: true, mentioned: [] }
		const all = await arrives('sendText', {
			number: group,
			textMessage: { text: 'old' },
			options: { mentions },
		})
		assert.equal(all.message.extendedTextMessage?.contextInfo?.nonJidMentions, 1)
		assert.equal(owner.account.phone.length > 0, true)
	})
})
