import type { proto } from '@whiskeysockets/baileys'
import { Hono } from 'hono'
import { z } from 'zod'
import type { MediaType } from '../phone/media-message.ts'
import type { Phone } from '../phone/phone.ts'
import {
	album,
	albumItem,
	awaitsSecondFile,
	contacts,
	isSecondFile,
	secondFile,
	secondFileKinds,
	type SecondFileKind,
} from '../phone/sharing.ts'
import { withContextInfo } from '../phone/context-info.ts'
import type { Sandbox } from '../sandbox.ts'
import { body, phoneNumber, phoneOf } from './context.ts'
import { attached, file } from './media.ts'

const to = z.string()
const albumSchema = z.strictObject({
	to,
	items: z
		.array(
			z
				.strictObject({
					image: file.optional(),
					video: file.optional(),
					caption: z.string().optional(),
				})
				.refine(({ image, video }) => !image !== !video, 'Give `image` or `video`.'),
		)
		.min(2),
})
const twoFiles = z.strictObject({
	to,
	kind: z.enum(secondFileKinds),
	first: file,
	second: file,
	caption: z.string().optional(),
})
const shared = z.strictObject({
	to,
	contacts: z.array(z.strictObject({ name: z.string(), phone: z.string() })).min(1),
})
const broadcast = z.strictObject({ to: z.array(phoneNumber).min(1), text: z.string() })
const timer = z.strictObject({ to, seconds: z.number().int().min(0) })

/** What the two files of a message are. */
const FILES: Record<SecondFileKind, { first: MediaType; second: MediaType }> = {
	hd_image: { first: 'image', second: 'image' },
	hd_video: { first: 'video', second: 'video' },
	hevc_video: { first: 'video', second: 'video' },
	motion_photo: { first: 'image', second: 'video' },
}

async function sendsAlbum(phone: Phone, { to, items }: z.output<typeof albumSchema>) {
	const messages: proto.IMessage[] = []
	for (const item of items) messages.push((await attached(phone.media, item))!)
	const id = await phone.sends(album(messages), { to })
	const ids: string[] = []
	for (const message of messages)
		ids.push(await phone.sends(albumItem(phone.message(id), message), { to }))
	return { id, items: ids }
}

async function sendsTwoFiles(
	phone: Phone,
	{ to, kind, first, second, caption }: z.output<typeof twoFiles>,
) {
	const types = FILES[kind]
	const one = (await attached(phone.media, { [types.first]: first, caption }))!
	const other = (await attached(phone.media, { [types.second]: second, caption }))!
	const id = await phone.sends(withContextInfo(one, awaitsSecondFile(kind)), { to })
	const child = secondFile(phone.message(id), kind, withContextInfo(other, isSecondFile(kind)))
	return { id, second: await phone.sends(child, { to }) }
}

/** Routes for what a person shares besides single messages. */
export function sharingRoutes(sandbox: Sandbox): Hono {
	const app = new Hono()
	app.post('/phones/:phone/album', async (c) => {
		const said = await body(c, albumSchema)
		return c.json(await sendsAlbum(phoneOf(sandbox, c), said), 201)
	})
	app.post('/phones/:phone/two-files', async (c) => {
		const said = await body(c, twoFiles)
		return c.json(await sendsTwoFiles(phoneOf(sandbox, c), said), 201)
	})
	app.post('/phones/:phone/contact', async (c) => {
		const said = await body(c, shared)
		const cards = said.contacts.map(({ name, phone }) => {
			const number = phone.replace(/\D/g, '')
			return { name, phone, waid: sandbox.whatsapp.directory.contact(number)?.phone }
		})
		const id = await phoneOf(sandbox, c).sends(contacts(cards), { to: said.to })
		return c.json({ id }, 201)
	})
	app.post('/phones/:phone/broadcast', async (c) => {
		const { to: people, text } = await body(c, broadcast)
		const id = await phoneOf(sandbox, c).broadcasts({ conversation: text }, people)
		return c.json({ id }, 201)
	})
	app.post('/phones/:phone/timer', async (c) => {
		const said = await body(c, timer)
		const id = await phoneOf(sandbox, c).setsTimer(said.to, said.seconds)
		return c.json({ id }, 201)
	})
	return app
}
