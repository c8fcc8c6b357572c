import { proto } from '@whiskeysockets/baileys'
import { Hono } from 'hono'
import { z } from 'zod'
import { stateChanged } from '../server/channel-mex.ts'
import { createChannel, follow } from '../server/channels.ts'
import { type Channel } from '../server/model.ts'
import { accountsOf, notifyChannel } from '../server/notify-channel.ts'
import type { Sandbox } from '../sandbox.ts'
import { accountOf, body, ControlError, personIn, phoneNumber, phoneOf } from './context.ts'
import { messageJson } from './messages.ts'

const newChannel = z.strictObject({
	name: z.string().min(1).max(100),
	description: z.string().optional(),
	owner: phoneNumber,
	followers: z.array(phoneNumber).default([]),
})
const followers = z.strictObject({ followers: z.array(phoneNumber) })
const state = z.strictObject({ state: z.enum(['SUSPENDED', 'GEOSUSPENDED']).nullable() })

const post = z.number().int()
/** What a person does with a channel; each field is one thing. */
const actions = z.strictObject({
	channel: z.string(),
	follow: z.boolean().optional(),
	muted: z.boolean().optional(),
	name: z.string().min(1).max(100).optional(),
	description: z.string().optional(),
	/** A JPEG. */
	picture: z.union([z.base64(), z.literal('')]).optional(),
	delete: z.literal(true).optional(),
	react: z.strictObject({ server_id: post, emoji: z.string() }).optional(),
	view: post.optional(),
	invite: phoneNumber.optional(),
	accept: z.literal(true).optional(),
	demote: phoneNumber.optional(),
	transfer: phoneNumber.optional(),
})

/** Routes for channels, their followers and posts, and for what people do with them. */
export function channelRoutes(sandbox: Sandbox): Hono {
	const app = new Hono()
	const channelOf = (id: string): Channel => {
		const channel = sandbox.whatsapp.directory.channels.get(id)
		if (!channel) throw new ControlError(404, `Channel ${id} does not exist.`)
		return channel
	}
	const channelJson = ({ messages, picture, ...channel }: Channel) => ({
		...channel,
		picture: picture?.id ?? null,
		published: messages.length,
	})

	app.post('/channels', async (c) => {
		const { owner, followers: numbers, ...asked } = await body(c, newChannel)
		const people = numbers.map((number) => accountOf(sandbox, number))
		const channel = createChannel(sandbox.whatsapp, accountOf(sandbox, owner), asked)
		for (const account of people) follow(channel, account)
		return c.json(channelJson(channel), 201)
	})
	app.get('/channels', (c) =>
		c.json({ channels: [...sandbox.whatsapp.directory.channels.values()].map(channelJson) }),
	)
	app.get('/channels/:id', (c) => c.json(channelJson(channelOf(c.req.param('id')))))
	app.post('/channels/:id/followers', async (c) => {
		const channel = channelOf(c.req.param('id'))
		for (const number of (await body(c, followers)).followers)
			follow(channel, personIn(sandbox, number).account)
		return c.json(channelJson(channel))
	})
	app.post('/channels/:id/state', async (c) => {
		const channel = channelOf(c.req.param('id'))
		const said = await body(c, state)
		channel.state = said.state ?? undefined
		const told = accountsOf(sandbox.whatsapp, channel.followers)
		const notice = stateChanged(channel.id, said.state ?? 'ACTIVE')
		notifyChannel(sandbox.whatsapp, told, notice, undefined)
		return c.json(channelJson(channel))
	})
	app.post('/phones/:phone/channel', async (c) => {
		const said = await body(c, actions)
		act(sandbox, phoneOf(sandbox, c).channels, said)
		return c.json({ channel: said.channel })
	})
	app.get('/channels/:id/messages', (c) => {
		const messages = channelOf(c.req.param('id')).messages.map(
			({ id, serverId, at, message, reactions, viewers = [] }) => ({
				id,
				server_id: serverId,
				timestamp: at,
				reactions,
				viewers,
				...messageJson(proto.Message.decode(message)),
			}),
		)
		return c.json({ messages })
	})
	return app
}

function act(
	sandbox: Sandbox,
	phone: ReturnType<Sandbox['phone']>['channels'],
	{ channel, name, description, picture, ...said }: z.output<typeof actions>,
): void {
	const updates = Object.fromEntries(
		Object.entries({ name, description, picture }).filter(([, value]) => value !== undefined),
	)
	if (Object.keys(updates).length) phone.changes(channel, updates)
	if (said.follow !== undefined) phone.follows(channel, said.follow)
	if (said.muted !== undefined) phone.mutes(channel, said.muted)
	if (said.react) phone.reacts(channel, said.react.server_id, said.react.emoji)
	if (said.view !== undefined) phone.views(channel, said.view)
	if (said.invite) phone.invitesAdmin(channel, personIn(sandbox, said.invite))
	if (said.accept) phone.acceptsInvite(channel)
	if (said.demote) phone.demotes(channel, personIn(sandbox, said.demote))
	if (said.transfer) phone.transfers(channel, personIn(sandbox, said.transfer))
	if (said.delete) phone.deletes(channel)
}
