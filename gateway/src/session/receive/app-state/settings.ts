import type { SharedReader } from './define.ts'

/** The account has another name. */
export const readPushName: SharedReader = ({ value }, { state }) => {
	const name = value.pushNameSetting?.name
	if (!name) return []
	const changes = state.sharedSettings.set('push_name', name)
	return changes.length ? [{ event: { type: 'profile.updated', data: { name } }, changes }] : []
}

/** Links in messages are shown with a preview, or no longer. */
export const readLinkPreviews: SharedReader = ({ value: set }, { state }) => {
	const isOn = !set.privacySettingDisableLinkPreviewsAction?.isPreviewsDisabled
	const changes = state.sharedSettings.set('link_previews', isOn)
	if (!changes.length) return []
	const data = { setting: 'link_previews', value: isOn }
	return [{ event: { type: 'settings.updated', data }, changes }]
}
