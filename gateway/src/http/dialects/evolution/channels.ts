import { z } from '@hono/zod-openapi'
import { listChannels } from '../../../session/actions/channels/list.ts'
import { endpoint, type Endpoint, type Services } from '../dialect.ts'
import { wholeNumber } from './fields.ts'
import { sessionOf } from './session.ts'

const USUAL_ON_PAGE = 50

/** `POST /chat/fetchChannels/{instance}` of version 2.4. */
export const channels = (services: Services): Endpoint =>
	endpoint({
		method: 'post',
		path: '/chat/fetchChannels/{instance}',
		summary: 'List the channels that the account follows',
		body: z.object({ page: wholeNumber().optional(), limit: wholeNumber().optional() }),
		response: z.object({
			total: z.number().int(),
			pages: z.number().int(),
			currentPage: z.number().int(),
			limit: z.number().int(),
			records: z.array(z.looseObject({ remoteJid: z.string(), pushName: z.string() })),
		}),
		async run(call) {
			const currentPage = Math.max(1, call.body.page ?? 1)
			const limit = Math.max(0, call.body.limit ?? 0) || USUAL_ON_PAGE
			const session = sessionOf(services, call)
			const all = await session.withSocket((deps) => listChannels(deps, { search: '' }))
			const page = all.slice((currentPage - 1) * limit, currentPage * limit)
			const records = page.map(({ jid, name, ...channel }) => ({
				...{ remoteJid: jid, pushName: name, description: channel.description },
				...{ profilePicUrl: channel.picture, role: channel.role },
				subscribers: channel.subscribers,
			}))
			const total = all.length
			return call.c.json({ total, pages: Math.ceil(total / limit), currentPage, limit, records })
		},
	})
