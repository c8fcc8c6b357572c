import { chatModificationToAppPatch } from '@whiskeysockets/baileys'
import { askWhatsApp } from '../../ask/ask-whatsapp.ts'
import {
	readDefaultTimer,
	readPrivacy,
	readStatusAudience,
	writePrivacy,
} from '../../ask/privacy.ts'
import { identityOf } from '../../identity.ts'
import type { SessionDeps } from '../../session-deps.ts'
import { changeShared } from '../change-shared.ts'
import {
	categoryOf,
	privacyCategories,
	type PrivacyCategory,
} from '../../ask/privacy-categories.ts'

export type PrivacyChanges = Partial<Record<PrivacyCategory, string>>

/** All settings, by our names. @throws GatewayError those of `askWhatsApp` */
export async function privacyOf({ socket, state }: SessionDeps) {
	const settings = Object.entries(await readPrivacy(socket)).map(([name, value]) => ({
		category: categoryOf(name),
		value,
	}))
	const default_disappearing = await readDefaultTimer(socket)
	return {
		settings,
		default_disappearing,
		link_previews: state.sharedSettings.of('link_previews')!,
	}
}

/** Sets what is other than before, and tells it. @throws GatewayError those of `askWhatsApp` */
export async function setPrivacy({ socket, tell }: SessionDeps, changes: PrivacyChanges) {
	const before = await readPrivacy(socket)
	for (const [setting, value] of Object.entries(changes)) {
		const { name } = privacyCategories[setting as PrivacyCategory]
		if (before[name] === value) continue
		await writePrivacy(socket, name, value)
		await tell({ type: 'settings.updated', data: { setting, value } })
	}
}

/**
 * Sets whether the account's phones and computers make previews of links.
 * @throws GatewayError those of `changeAppState`
 */
export async function setLinkPreviews(deps: SessionDeps, isOn: boolean): Promise<void> {
	if (deps.state.sharedSettings.of('link_previews') === isOn) return
	const disableLinkPreviews = { isPreviewsDisabled: !isOn }
	await changeShared(deps, [chatModificationToAppPatch({ disableLinkPreviews }, '')])
}

/** Sets after how many seconds messages of new chats disappear; 0 for never. @throws GatewayError those of `askWhatsApp` */
export async function setDefaultTimer({ socket, tell }: SessionDeps, seconds: number) {
	if ((await readDefaultTimer(socket)) === seconds) return
	await askWhatsApp(() => socket.updateDefaultDisappearingMode(seconds))
	await tell({
		type: 'settings.updated',
		data: { setting: 'default_disappearing', value: seconds },
	})
}

/** Who sees the status updates of the account. @throws GatewayError those of `askWhatsApp` */
export async function statusAudienceLists({ socket, otherName }: SessionDeps) {
	const lists = await readStatusAudience(socket)
	return lists.map(({ type, isUsed, people }) => ({
		type,
		in_use: isUsed,
		people: people.map((jid) => identityOf(jid, otherName)),
	}))
}
