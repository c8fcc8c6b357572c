import { useState } from 'preact/hooks'
import { Button } from './button.tsx'
import { Copy } from './copy.tsx'
import { Field } from './field.tsx'
import { useAction } from './use-action.ts'

export type Pairing = { code: string; timeout_seconds: number }

/** Links a phone by a code that is typed into it. @param props.request asks for a code for a phone number */
export function PairingCode({ request }: { request(phone: string): Promise<Pairing> }) {
	const [pairing, setPairing] = useState<Pairing>()
	const pair = useAction(async (phone: string) => setPairing(await request(phone)))
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
