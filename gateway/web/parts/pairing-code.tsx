import { useContext, useState } from 'preact/hooks'
import { Button } from './button.tsx'
import { Copy } from './copy.tsx'
import { Field } from './field.tsx'
import { WordsOfLinking } from './linking-words.ts'
import { useAction } from './use-action.ts'

export type Pairing = { code: string; timeout_seconds: number }

/** Links a phone by a code that is typed into it. @param props.request asks for a code for a phone number */
export function PairingCode({ request }: { request(phone: string): Promise<Pairing> }) {
	const words = useContext(WordsOfLinking)
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
			<Field label={words.phoneNumber} hint={words.phoneHint} error={pair.problem?.message}>
				{(attributes) => <input {...attributes} name="phone" type="tel" required />}
			</Field>
			<div class="row">
				<Button kind="main" type="submit" disabled={pair.isBusy}>
					{pairing ? words.newCode : words.getCode}
				</Button>
			</div>
			{pairing && (
				<div class="stack" role="status">
					<p class="pairing-code" data-copy aria-label={spelt(pairing.code)}>
						{pairing.code}
					</p>
					<Copy text={pairing.code} words={words.copy} />
					<p class="quiet">{words.typeIt(Math.round(pairing.timeout_seconds / 60))}</p>
					<p class="quiet">{words.fullList}</p>
				</div>
			)}
		</form>
	)
}

/** For screen readers, letter by letter. */
const spelt = (code: string) => [...code].join(' ')
