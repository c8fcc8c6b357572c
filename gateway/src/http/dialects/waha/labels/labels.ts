import { isGatewayError } from '../../../../errors.ts'
import { z } from '@hono/zod-openapi'
import { createLabel, deleteLabel, editLabel } from '../../../../session/actions/labels/edit.ts'
import type { Session } from '../../../../session/session.ts'
import { endpoint, type Endpoint, type Services } from '../../dialect.ts'
import { notFound, unprocessable } from '../errors.ts'
import { workingSession } from '../session.ts'
import { colorOf, labelBody, labelSchema, wahaLabel } from './label.ts'

const at = '/api/{session}/labels'

/** Labels of business accounts. */
export const ownLabels = (services: Services): Endpoint[] => [
	{
		method: 'get',
		path: at,
		summary: 'Get the labels',
		action: 'read',
		response: z.array(labelSchema),
		async run(call) {
			const session = await workingSession(services, call)
			return call.c.json((await session.directory.labels()).map(wahaLabel))
		},
	},
	endpoint({
		method: 'post',
		path: at,
		summary: 'Create a label',
		action: 'setting',
		body: labelBody,
		response: labelSchema,
		statuses: [201],
		async run(call) {
			const session = await workingSession(services, call)
			const { name } = call.body
			const color = colorOf(call.body)
			const made = await namingTheOther(session, name, () =>
				session.withSocket((deps) => createLabel(deps, { name, color })),
			)
			return call.c.json(wahaLabel(made), 201)
		},
	}),
	endpoint({
		method: 'put',
		path: `${at}/{labelId}`,
		summary: 'Update a label',
		action: 'setting',
		body: labelBody,
		response: labelSchema,
		async run(call) {
			const session = await workingSession(services, call)
			const { name } = call.body
			const color = colorOf(call.body)
			const changed = await namingTheOther(session, name, () =>
				knownLabel(() =>
					session.withSocket((deps) => editLabel(deps, call.param('labelId'), { name, color })),
				),
			)
			return call.c.json(wahaLabel(changed))
		},
	}),
	{
		method: 'delete',
		path: `${at}/{labelId}`,
		summary: 'Delete a label',
		action: 'delete',
		response: z.object({ result: z.literal(true) }),
		async run(call) {
			const session = await workingSession(services, call)
			await knownLabel(() => session.withSocket((deps) => deleteLabel(deps, call.param('labelId'))))
			return call.c.json({ result: true })
		},
	},
]

/** @throws WahaError in WAHA's words if there is no such label */
export async function knownLabel<T>(act: () => Promise<T>): Promise<T> {
	try {
		return await act()
	} catch (error) {
		if (isGatewayError(error, 'label_not_found'))
			throw notFound('Label not found', 'label_not_found')
		throw error
	}
}

/** @throws WahaError that says which label has the name already */
async function namingTheOther<T>(
	{ directory }: Session,
	name: string,
	act: () => Promise<T>,
): Promise<T> {
	try {
		return await act()
	} catch (error) {
		if (!isGatewayError(error, 'name_taken')) throw error
		const same = (other: string) => other.toLowerCase() === name.toLowerCase()
		const other = (await directory.labels()).find((label) => same(label.name))
		throw unprocessable(`Label with '${name}' already exists, id: ${other?.label_id}`, 'name_taken')
	}
}
