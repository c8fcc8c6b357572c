import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import type { TestContext } from 'node:test'
import { temporaryDirectory } from '../../../../support/gateway/gateway.ts'
import { clip, h264, make, plain, tone } from '../../../../support/media/fixtures.ts'
import { openServer } from '../../../../support/media/server.ts'
import { until } from '../../../../support/wait.ts'
import { filled, type Documented } from './documents.ts'
import { openDialects, WORKSPACE } from './gateway.ts'

/** Which messages the requests are about that are not about a text that the session has sent. */
const about: Record<string, 'poll' | 'received' | 'of-sari' | 'picture'> = {
	'poll-update': 'poll',
	'mark-read': 'received',
	read: 'received',
	'read-curl': 'received',
	'send-text-reply': 'received',
	'send-text-query-args': 'received',
	'read-group-sender': 'of-sari',
	'revoke-group-admin': 'of-sari',
	'media-download': 'picture',
}

/** Everybody and everything that the documents' requests name. */
export async function openDocuments(t: TestContext) {
	const samples = await samplesIn(await temporaryDirectory(t))
	const files = await openServer(t, ({ url = '' }, response) => {
		response.end(samples[extname(url)])
	})
	const world = await openDialects(t)
	const { ask, budi, sari, owner, sandbox, group, gateway, keys } = world

	async function send(type: string, body: object): Promise<string> {
		const sent = await gateway.request('POST', `/api/v1/sessions/main/messages/${type}`, body)
		assert.equal(sent.status, 200, sent.text)
		return sent.body.message_id
	}

	const known = (id: string) =>
		until('the gateway has the message', async () => {
			const { status } = await gateway.request('GET', `/api/v1/sessions/main/messages/${id}`)
			return status === 200
		})

	/** The person of a request; of a group, one who reads there. */
	function personOf({ path, body, form }: Documented) {
		const { to, chat, chat_jid, chatId, number } = { ...body, ...form?.fields } as any
		const words = String(to ?? chat ?? chat_jid ?? chatId ?? number ?? path)
		const given = /(?<!\d)\d{10,}(?!.*@g\.us)/.exec(words)?.[0]
		return given ? sandbox.phone(given) : budi
	}

	/** Makes the message that a request is about. */
	async function messageFor(request: Documented) {
		const person = personOf(request)
		const isGroup = /@g\.us|group-id-here/.test(JSON.stringify(request.body ?? ''))
		const chat = isGroup ? group : person.account.phone
		const kind = about[request.name]
		const poll = { to: chat, name: 'Colour?', options: ['Red', 'Blue'] }
		if (kind === 'poll') return { message: await send('poll', poll), author: owner }
		if (!kind) return { message: await send('text', { to: chat, text: 'hello' }), author: owner }
		const picture = { data: samples['.jpg']!, mimetype: 'image/jpeg' }
		const content =
			kind === 'picture' ? await person.media.attach('image', picture) : { conversation: 'hello' }
		const author = kind === 'of-sari' ? sari : person
		const id: string = await author.sends(content, { to: isGroup ? group : owner })
		await known(id)
		return { message: id, author }
	}

	return {
		...world,
		samples,
		personOf,
		/** The request with what is real here in the place of what the document leaves open. */
		async real(request: Documented) {
			const { message, author } = await messageFor(request)
			const person = personOf(request)
			await person.settled()
			const key = request.system === 'wasphere' ? keys.workspace : keys.session
			const real = filled(request, {
				session: 'main',
				workspace: WORKSPACE,
				key,
				group,
				message,
				phone: person.account.phone,
				files: files.url,
				picture: samples['.jpg']!,
				owner: `${owner.account.lid}@lid`,
				sari: `${sari.account.lid}@lid`,
			})
			return { real, message, author, person }
		},
		send: ({ method, path, headers, body, form }: Documented) =>
			ask({ method, path, headers, body, ...(form && { form: formOf(form) }) }),
	}

	function formOf({ fields, files }: NonNullable<Documented['form']>): FormData {
		const form = new FormData()
		for (const [name, value] of Object.entries(fields)) form.append(name, value)
		for (const { field, filename, content_type: type } of files) {
			const bytes = new Uint8Array(samples[extname(filename)]!)
			form.append(field, new Blob([bytes], { type }), filename)
		}
		return form
	}
}

/** A file of each kind that the documents name, by its ending. */
async function samplesIn(directory: string): Promise<Record<string, Buffer>> {
	const [mp4, mp3, ogg] = await Promise.all([
		make(directory, 'mp4', ...clip(1), ...h264),
		make(directory, 'mp3', ...tone(1)),
		make(directory, 'ogg', ...tone(1), '-c:a', 'libopus'),
	])
	return {
		'.jpg': await plain(64, 64).jpeg().toBuffer(),
		'.png': await plain(64, 64).png().toBuffer(),
		'.webp': await plain(64, 64).webp().toBuffer(),
		'.mp4': await readFile(mp4),
		'.mp3': await readFile(mp3),
		'.ogg': await readFile(ogg),
		'.pdf': Buffer.from('%PDF-1.4\n%%EOF\n'),
	}
}
