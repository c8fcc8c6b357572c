import { fine, wrong, type Check, type Finding } from '../check.ts'
import type { VersionInfo } from '../../session/version/versions.ts'

/** Whether WhatsApp takes the version of WhatsApp Web as which the sessions connect. */
export const versionCheck: Check = {
	name: 'version',
	title: 'Version',
	run: ({ running }) => (running ? findingOf(running.version()) : []),
}

function findingOf({ version, origin, checked_at, refused }: VersionInfo): Finding {
	if (refused) {
		const sentence = `WhatsApp refuses version ${version} of its web client.`
		return wrong(sentence, origin === 'setting' ? OWN_ADVICE : ADVICE)
	}
	const where = { whatsapp: "WhatsApp's page", baileys: "Baileys' file" }
	const from =
		origin === 'setting'
			? 'which WHATSAPP_VERSION names'
			: origin === 'built_in'
				? 'which is built in'
				: `as ${where[origin]} said on ${checked_at!.slice(0, 10)}`
	return fine(`Sessions connect as WhatsApp Web ${version}, ${from}.`)
}

const OWN_ADVICE = 'Set a newer one or remove the setting, and restart the gateway.'
const ADVICE =
	'The gateway looks for a newer one and connects by itself. If this lasts, update the gateway, or set WHATSAPP_VERSION to the version of web.whatsapp.com.'
