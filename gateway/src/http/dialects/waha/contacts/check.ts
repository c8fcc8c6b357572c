import { z } from '@hono/zod-openapi'
import { checkNumbers } from '../../../../session/actions/contacts/check-numbers.ts'
import { endpoint, type Endpoint, type Services } from '../../dialect.ts'
import { withForeignFieldNames } from '../../foreign-field-names.ts'
import { chatIdOf } from '../chat-id.ts'
import { sessionField } from '../fields.ts'
import { workingSession } from '../session.ts'

const checkedSchema = z
	.object({
		numberExists: z.boolean(),
		chatId: z
			.string()
			.optional()
			.meta({ description: 'To send to; WhatsApp may spell the number differently' }),
	})
	.openapi('WahaCheckedNumber')

/** Whether a phone number is on WhatsApp. The second path is the older one. */
export const numberChecks = (services: Services): Endpoint[] =>
	['/api/contacts/check-exists', '/api/checkNumberStatus'].map((path) =>
		endpoint({
			method: 'get',
			path,
			summary: 'Check whether a phone number is on WhatsApp',
			action: 'read',
			body: z.object({ session: sessionField, phone: z.string().min(1) }),
			response: checkedSchema,
			async run(call) {
				const session = await workingSession(services, call)
				const phone = call.body.phone.replace(/@(c\.us|s\.whatsapp\.net)$/, '')
				const [found] = await withForeignFieldNames({ 'phone.0': 'phone' }, () =>
					session.withSocket((deps) => checkNumbers(deps, [phone], 'phone')),
				)
				if (!found?.jid) return call.c.json({ numberExists: false })
				const chatId = chatIdOf(await session.identity(found.jid))
				return call.c.json({ numberExists: true, chatId })
			},
		}),
	)
