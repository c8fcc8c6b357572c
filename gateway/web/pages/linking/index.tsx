import { useState } from 'preact/hooks'
import type { SessionView } from '../../data/console-state.ts'
import { linkTo } from '../../data/location.ts'
import { Tabs } from '../../parts/tabs.tsx'
import type { PageProps } from '../index.ts'
import { PairingCode } from './pairing-code.tsx'
import { PasskeyOfNumber } from './passkey.tsx'
import { PairingLinks } from './pairing-links.tsx'
import { QrCode } from './qr-code.tsx'

type LinkingProps = { session: SessionView; state: PageProps['state'] }

const ways = { qr: 'Scan a QR code', code: 'Type a code', link: 'Send a link' } as const

/** Links a number: with a QR code or a code to type, until it is linked. */
export function Linking({ session, state }: LinkingProps) {
	const [way, setWay] = useState<keyof typeof ways>('qr')
	// A failure stays until a person begins anew.
	const [dismissed, setDismissed] = useState<string>()
	const failure = session.last_disconnect
	const hasFailed = session.status === 'created' && failure?.reason.startsWith('passkey_')
	if (session.me && session.status !== 'logged_out') return <Linked session={session} />
	if (session.status === 'passkey' || (hasFailed && failure?.at !== dismissed))
		return (
			<PasskeyOfNumber session={session} state={state} again={() => setDismissed(failure?.at)} />
		)
	return (
		<>
			<Tabs label="How to link" tabs={ways} chosen={way} onChoose={(chosen) => setWay(chosen)} />
			{way === 'qr' && <QrCode session={session} state={state} />}
			{way === 'code' && <PairingCode session={session} />}
			{way === 'link' && <PairingLinks session={session} state={state} />}
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
