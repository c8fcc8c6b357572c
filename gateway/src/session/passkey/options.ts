import type { PasskeyTimes } from './times.ts'

export type PasskeyOptions = {
	/** Whether this gateway links with passkeys. */
	isOn: boolean
	times: PasskeyTimes
}
