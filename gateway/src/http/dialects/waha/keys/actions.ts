import { z } from '@hono/zod-openapi'
import type { KeyAction } from '../../../api-keys/caller.ts'

/** What WAHA's keys may be limited to, and whether a key may do it if nothing is said. */
const defaults = {
	read: true,
	send: true,
	control: true,
	setting: true,
	app: true,
	delete: false,
}

type Action = keyof typeof defaults

const names = Object.keys(defaults) as [Action, ...Action[]]

const yes = z.boolean().nullish()

/** What a key may do: by name, or as a list; null for what is usual. */
export const actionsField = z
	.union(
		[
			z.object({ read: yes, send: yes, control: yes, setting: yes, app: yes, delete: yes }),
			z.array(z.enum(names)),
		],
		'must be an object with read, send, control, setting, app and delete',
	)
	.nullish()

/** The actions of a key in our form; undefined if none are given. */
export function actionsOf(given: z.output<typeof actionsField>): KeyAction[] | undefined {
	if (!given) return undefined
	if (Array.isArray(given)) return given
	return names.filter((name) => given[name] ?? defaults[name])
}

/** What a key may do of which nothing is said. */
export const usualActions: KeyAction[] = names.filter((name) => defaults[name])

const isUsual = (actions: readonly KeyAction[]) =>
	actions.length === usualActions.length && usualActions.every((name) => actions.includes(name))

/** The same as WAHA shows it: null for what is usual, and for no limits. */
export function shownActions(actions: readonly KeyAction[] | null) {
	if (!actions || isUsual(actions)) return null
	return Object.fromEntries(names.map((name) => [name, actions.includes(name)]))
}
