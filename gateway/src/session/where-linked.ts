import type { Network } from './connection/network.ts'
import type { AuthState } from './signal/auth-state.ts'

/** Baileys leaves this part of the credentials to its users. */
type Own = { simulated?: boolean } | undefined

export type WhereLinked = ReturnType<typeof whereLinkedOf>

/**
 * Where a device is linked: at WhatsApp, or at a simulated one. A server unlinks a device that it does not know, so no
 * device connects to the other. An imported device, or one linked by version 0.2.0, has no note until it has connected
 * once.
 */
export function whereLinkedOf(
	{ creds, save }: Pick<AuthState, 'creds' | 'save'>,
	{ isSimulated }: Pick<Network, 'isSimulated'>,
) {
	const noted = () => (creds.additionalData as Own)?.simulated

	return {
		/** It is linked, or about to be, at the WhatsApp of this network. Resolves when that is durable. */
		async note(): Promise<void> {
			if (noted() === isSimulated) return
			creds.additionalData = { ...(creds.additionalData as Own), simulated: isSimulated }
			await save()
		},
		/** Whether it is linked at another WhatsApp than that of this network. */
		isOther: () => noted() === !isSimulated,
		/** Whether it may be linked at WhatsApp while this network leads to a simulated one. */
		mayBeOther: () => isSimulated && noted() === undefined,
	}
}
