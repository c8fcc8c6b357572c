import { useState } from 'preact/hooks'
import { ask } from '../../data/api.ts'
import type { SessionView } from '../../data/console-state.ts'
import { Button } from '../../parts/button.tsx'
import { Copy } from '../../parts/copy.tsx'
import { Field } from '../../parts/field.tsx'
import { useAction } from '../../parts/use-action.ts'

type Pairing = { code: string; timeout_seconds: number }

/** Links a number by a code that is typed into the phone. */
export function PairingCode({ session }: { session: SessionView }) {
	const [pairing, setPairing] = useState<Pairing>()
	const pair = useAction(async (phone: string) => {
		const path = `/sessions/${encodeURIComponent(session.id)}/pair`
		setPairing(await ask<Pairing>('POST', path, { phone_number: phone }))
	})
	return (
		<form
			class="stack"
			onSubmit={(event) => {
				event.preventDefault()
				void pair.run(String(new FormData(event.currentTarget).get('phone')))
			}}
		>
			<Field
				label="Phone number"
				hint="With its country code: +49 151 12345678"
				error={pair.problem?.message}
			>
				{(attributes) => <input {...attributes} name="phone" type="tel" required />}
			</Field>
			<div class="row">
				<Button kind="main" type="submit" disabled={pair.isBusy}>
					{pairing ? 'New code' : 'Get a code'}
				</Button>
			</div>
			{pairing && (
				<div class="stack" role="status">
					<p class="pairing-code" data-copy aria-label={spelt(pairing.code)}>
						{pairing.code}
					</p>
					<Copy text={pairing.code} />
					<p class="quiet">
						On the phone: Linked devices, Link a device, Link with phone number instead. Valid for{' '}
						{Math.round(pairing.timeout_seconds / 60)} minutes.
					</p>
				</div>
			)}
		</form>
	)
}

/** For screen readers, letter by letter. */
const spelt = (code: string) => [...code].join(' ')
