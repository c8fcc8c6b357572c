import type { proto } from '@whiskeysockets/baileys'

/** What can be read of a text that is a template of its own: its filled form, or the values to fill it with. */
export function textOfParameters(
	hsm: proto.Message.IHighlyStructuredMessage | null | undefined,
): string | undefined {
	const filled = hsm?.hydratedHsm
	const whole =
		filled?.hydratedTemplate?.hydratedContentText ||
		filled?.hydratedFourRowTemplate?.hydratedContentText
	const defaults = hsm?.localizableParams?.flatMap(({ default: text }) => text ?? [])
	const values = hsm?.params?.length ? hsm.params : defaults
	return whole || values?.join('\n') || undefined
}
