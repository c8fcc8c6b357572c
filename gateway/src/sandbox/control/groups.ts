import { Hono } from 'hono'
import { z } from 'zod'
import type { Sandbox } from '../sandbox.ts'
import { body, ControlError, personIn, phoneNumber, phoneOf } from './context.ts'

const newGroup = z.strictObject({
	subject: z.string().min(1).max(100),
	owner: phoneNumber,
	participants: z.array(phoneNumber).min(1),
	addressing: z.enum(['pn', 'lid']).default('lid'),
})
const newCommunity = newGroup.pick({ subject: true, owner: true })
/** Ids of groups. */
const communityChange = z.strictObject({
	by: phoneNumber,
	link: z.string().optional(),
	unlink: z.string().optional(),
})
const invite = z.strictObject({ code: z.string() })
const which = z.strictObject({ group: z.string() })
const people = z.array(phoneNumber).optional()
const groupChange = z.strictObject({
	by: phoneNumber,
	subject: z.string().min(1).max(100).optional(),
	/** Seconds after which messages disappear; 0 turns it off. */
	timer: z.number().int().min(0).optional(),
	/** How many people fit into it. */
	most_members: z.number().int().min(1).optional(),
	add: people,
	remove: people,
	promote: people,
	demote: people,
})

/** Groups of the people here. */
export function groupRoutes(sandbox: Sandbox): Hono {
	const app = new Hono()
	const groupJson = (id: string) => {
		const group = sandbox.whatsapp.directory.groups.get(id)
		if (!group) throw new ControlError(404, `Group ${id} does not exist.`)
		const { picture: _, ...described } = group
		return described
	}

	app.post('/groups', async (c) => {
		const { subject, owner, participants, addressing } = await body(c, newGroup)
		const members = participants.map((number) => personIn(sandbox, number))
		const id = personIn(sandbox, owner).createsGroup(subject, members, { addressing })
		return c.json(groupJson(id), 201)
	})
	app.post('/groups/:id', async (c) => {
		const { by, most_members, ...change } = await body(c, groupChange)
		const { id } = groupJson(c.req.param('id'))
		if (most_members) sandbox.whatsapp.directory.groups.get(id)!.mostMembers = most_members
		personIn(sandbox, by).groups.changes(id, change)
		return c.json(groupJson(id))
	})
	app.post('/phones/:phone/join', async (c) => {
		phoneOf(sandbox, c).groups.joins((await body(c, invite)).code)
		return c.json({ joined: true })
	})
	app.post('/phones/:phone/leave', async (c) => {
		phoneOf(sandbox, c).groups.leaves((await body(c, which)).group)
		return c.json({ left: true })
	})
	app.post('/communities', async (c) => {
		const { subject, owner } = await body(c, newCommunity)
		return c.json(groupJson(personIn(sandbox, owner).groups.createsCommunity(subject)), 201)
	})
	app.post('/communities/:id', async (c) => {
		const { by, link, unlink } = await body(c, communityChange)
		const { id } = groupJson(c.req.param('id'))
		if (link) personIn(sandbox, by).groups.links(id, link)
		if (unlink) personIn(sandbox, by).groups.unlinks(id, unlink)
		return c.json(groupJson(id))
	})
	app.get('/groups', (c) =>
		c.json({ groups: [...sandbox.whatsapp.directory.groups.keys()].map(groupJson) }),
	)
	app.get('/groups/:id', (c) => c.json(groupJson(c.req.param('id'))))
	return app
}
