import type { Change, StateStore } from '../../storage/driver.ts'
import { latest } from './latest.ts'

/** Settings of the account that its devices share. */
type Settings = {
	/** Its name, as others see it. */
	push_name: string
	/** Whether links in messages are shown with a preview. */
	link_previews: boolean
}

/** What the account has when nothing was said of it. */
const AT_FIRST: Partial<Settings> = { link_previews: true }

/** The settings that the account's devices share: WhatsApp tells each change once. */
export async function openSharedSettings(state: StateStore) {
	const known = (await state.list('shared-setting')) as Map<string, string | boolean>
	const of = <Name extends keyof Settings>(name: Name) =>
		(known.get(name) ?? AT_FIRST[name]) as Settings[Name] | undefined
	return {
		/** Undefined if it was never told. */
		of,
		/** Keeps it. @returns nothing if it was so before */
		set<Name extends keyof Settings>(name: Name, value: Settings[Name]): Change[] {
			if (of(name) === value) return []
			known.set(name, value)
			return [latest('shared-setting', name, known)]
		},
	}
}

export type SharedSettings = Awaited<ReturnType<typeof openSharedSettings>>
