import { useState } from 'preact/hooks'
import type { SessionView } from '../../data/console-state.ts'
import { linkTo } from '../../data/location.ts'
import { Tabs } from '../../parts/tabs.tsx'
import type { PageProps } from '../index.ts'
import { PairingCode } from './pairing-code.tsx'
import { PairingLinks } from './pairing-links.tsx'
import { QrCode } from './qr-code.tsx'

type LinkingProps = { session: SessionView; state: PageProps['state'] }

const ways = { qr: 'Scan a QR code', code: 'Type a code', link: 'Send a link' } as const

/** Links a number: with a QR code or a code to type, until it is linked. */
export function Linking({ session, state }: LinkingProps) {
	const [way, setWay] = useState<keyof typeof ways>('qr')
	if (session.me && session.status !== 'logged_out') return <Linked session={session} />
	return (
		<>
			<Tabs label="How to link" tabs={ways} chosen={way} onChoose={(chosen) => setWay(chosen)} />
			{way === 'qr' && <QrCode session={session} state={state} />}
			{way === 'code' && <PairingCode session={session} />}
			{way === 'link' && <PairingLinks session={session} state={state} />}
			<details>
				<summary>The phone asks for a passkey</summary>
				<p>
					WhatsApp asks for a passkey for this number. Programs can do that step: docs/passkeys.md.
				</p>
			</details>
		</>
	)
}

function Linked({ session }: { session: SessionView }) {
	const isOpen = session.status === 'open'
	return (
		<div class="stack" role="status">
			<p>{isOpen ? `Connected as +${session.me!.phone ?? ''}` : 'Finishing on the phone…'}</p>
			{isOpen && (
				<div class="row">
					<a class="button main" {...linkTo('/webhooks/new')}>
						Add a webhook
					</a>
					<a class="button" {...linkTo('/try')}>
						Try a send
					</a>
					<a class="button" {...linkTo('')}>
						Numbers
					</a>
				</div>
			)}
		</div>
	)
}
