import { z } from '@hono/zod-openapi'
import {
	profileOf,
	removeOwnPicture,
	setAbout,
	setName,
	setOwnPicture,
} from '../../../session/actions/profile/profile.ts'
import type { SessionDeps } from '../../../session/session-deps.ts'
import { endpoint, type Endpoint, type Services } from '../dialect.ts'
import { actIn } from './act.ts'
import { chatIdOfJid } from './chat-id.ts'
import { fileField, mediaSourceOf } from './file.ts'
import { workingSession } from './session.ts'

const path = '/api/{session}/profile'
const done = z.object({ success: z.literal(true) })

/** What others see of the account. */
export function profile(services: Services): Endpoint[] {
	const set = <Name extends string>(
		name: Name,
		summary: string,
		most: number,
		act: (deps: SessionDeps, text: string) => Promise<void>,
	) =>
		endpoint({
			method: 'put',
			path: `${path}/${name}`,
			summary,
			action: 'setting',
			body: z.object({ [name]: z.string().max(most) } as Record<Name, z.ZodString>),
			response: done,
			async run(call) {
				const text = (call.body as Record<Name, string>)[name]
				await actIn(services, call, {}, (deps) => act(deps, text))
				return call.c.json({ success: true })
			},
		})

	return [
		{
			method: 'get',
			path,
			summary: 'Get the profile of the account',
			action: 'read',
			response: z.object({
				id: z.string(),
				name: z.string().nullable(),
				picture: z.string().nullable(),
			}),
			async run(call) {
				const session = await workingSession(services, call)
				const { jid, name, picture_url: picture } = await session.withSocket(profileOf)
				return call.c.json({ id: chatIdOfJid(jid), name, picture })
			},
		},
		set('name', 'Set the name of the account', 25, setName),
		set('status', 'Set the about text of the account', 139, setAbout),
		endpoint({
			method: 'put',
			path: `${path}/picture`,
			summary: 'Set the picture of the account',
			action: 'setting',
			body: z.object({ file: fileField }),
			response: done,
			async run(call) {
				const session = await workingSession(services, call)
				const jpeg = await session.pictureFrom(mediaSourceOf(call.body.file), 'file')
				await session.withSocket((deps) => setOwnPicture(deps, jpeg))
				return call.c.json({ success: true })
			},
		}),
		{
			method: 'delete',
			path: `${path}/picture`,
			summary: 'Remove the picture of the account',
			action: 'setting',
			response: done,
			async run(call) {
				await actIn(services, call, {}, removeOwnPicture)
				return call.c.json({ success: true })
			},
		},
	]
}
