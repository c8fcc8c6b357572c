import { getBinaryNodeChild, type BinaryNode } from '@whiskeysockets/baileys'
import type { NewEvent } from '../../../events/index.ts'
import { categoryOf } from '../../ask/privacy-categories.ts'
import { categoriesIn } from '../../ask/privacy.ts'
import { defineNotification } from './define.ts'

/** By what the notification has in it. Baileys reads the timer alone, and tells it among its credentials. */
const readers: Record<string, (child: BinaryNode) => NewEvent[]> = {
	privacy: (child) =>
		Object.entries(categoriesIn(child)).map(([name, value]) => setting(categoryOf(name), value)),
	disappearing_mode: ({ attrs }) => [setting('default_disappearing', Number(attrs.duration ?? 0))],
	picture: () => [{ type: 'profile.updated', data: { picture: 'changed' } }],
}

const setting = (setting: string, value: string | number): NewEvent => ({
	type: 'settings.updated',
	data: { setting, value },
})

/** Another device has changed a setting of the account. */
export const accountSync = defineNotification('CB:notification,type:account_sync', (stanza) =>
	Object.entries(readers).flatMap(([tag, read]) => {
		const child = getBinaryNodeChild(stanza, tag)
		return child ? read(child).map((event) => ({ event })) : []
	}),
)
