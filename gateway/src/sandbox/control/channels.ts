import { proto } from '@whiskeysockets/baileys'
import { Hono } from 'hono'
import { z } from 'zod'
import { createChannel, follow } from '../server/channels.ts'
import { type Channel } from '../server/model.ts'
import type { Sandbox } from '../sandbox.ts'
import { accountOf, body, ControlError, personIn, phoneNumber } from './context.ts'
import { messageJson } from './messages.ts'

const newChannel = z.strictObject({
	name: z.string().min(1).max(100),
	description: z.string().optional(),
	owner: phoneNumber,
	followers: z.array(phoneNumber).default([]),
})
const followers = z.strictObject({ followers: z.array(phoneNumber) })

/** Routes for channels, their followers and posts. */
export function channelRoutes(sandbox: Sandbox): Hono {
	const app = new Hono()
	const channelOf = (id: string): Channel => {
		const channel = sandbox.whatsapp.directory.channels.get(id)
		if (!channel) throw new ControlError(404, `Channel ${id} does not exist.`)
		return channel
	}
	const channelJson = ({ messages, ...channel }: Channel) => ({
		...channel,
		published: messages.length,
	})

	app.post('/channels', async (c) => {
		const { owner, followers: numbers, ...asked } = await body(c, newChannel)
		const people = numbers.map((number) => accountOf(sandbox, number))
		const channel = createChannel(sandbox.whatsapp, accountOf(sandbox, owner), asked)
		for (const account of people) follow(channel, account)
		return c.json(channelJson(channel), 201)
	})
	app.get('/channels/:id', (c) => c.json(channelJson(channelOf(c.req.param('id')))))
	app.post('/channels/:id/followers', async (c) => {
		const channel = channelOf(c.req.param('id'))
		for (const number of (await body(c, followers)).followers)
			follow(channel, personIn(sandbox, number).account)
		return c.json(channelJson(channel))
	})
	app.get('/channels/:id/messages', (c) => {
		const messages = channelOf(c.req.param('id')).messages.map(
			({ id, serverId, at, message, reactions }) => ({
				id,
				server_id: serverId,
				timestamp: at,
				reactions,
				...messageJson(proto.Message.decode(message)),
			}),
		)
		return c.json({ messages })
	})
	return app
}
