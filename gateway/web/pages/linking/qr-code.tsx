import { useEffect, useState } from 'preact/hooks'
import { askForFile, Problem } from '../../data/api.ts'
import type { SessionView } from '../../data/console-state.ts'
import { Button } from '../../parts/button.tsx'
import { Notice } from '../../parts/notice.tsx'
import type { PageProps } from '../index.ts'

type QrProps = { session: SessionView; state: PageProps['state'] }

/** The QR code of a number, which renews itself, with what to do on the phone. */
export function QrCode({ session, state }: QrProps) {
	const [tries, setTries] = useState(0)
	const { url, problem } = useQr(session.id, codesOf(state, session.id), tries)
	if (
		session.last_disconnect?.reason === 'qr_expired' &&
		session.status === 'created' &&
		tries === 0
	)
		return (
			<div class="stack">
				<p>Nobody scanned in time.</p>
				<div class="row">
					<Button kind="main" onClick={() => setTries(1)}>
						New code
					</Button>
				</div>
			</div>
		)
	return (
		<div class="linking">
			<ol class="steps">
				<li>Open WhatsApp on the phone</li>
				<li>Open Settings, then Linked devices</li>
				<li>Tap Link a device and point the phone at this code</li>
			</ol>
			<div class="qr">
				{url ? (
					<img src={url} alt="QR code that links a phone. Without a camera, type a code instead." />
				) : (
					<p role="status">Asking WhatsApp for a code…</p>
				)}
			</div>
			{problem && (
				<Notice kind="bad">
					{problem.message}
					<Button onClick={() => setTries(tries + 1)}>Try again</Button>
				</Notice>
			)}
			<p class="quiet">A new code comes by itself.</p>
		</div>
	)
}

/** How many codes the number has shown: another number means that there is a new one. */
function codesOf({ events }: PageProps['state'], id: string): string {
	return events.find(({ type, session }) => type === 'session.qr' && session === id)?.id ?? ''
}

/** The picture of the code that is valid now. */
function useQr(id: string, newest: string, tries: number) {
	const [shown, setShown] = useState<{ url?: string; problem?: Problem }>({})
	useEffect(() => {
		let isGone = false
		let url: string | undefined
		askForFile(`/sessions/${encodeURIComponent(id)}/qr?format=svg`).then(
			(file) => {
				if (isGone) return
				url = URL.createObjectURL(file)
				setShown({ url })
			},
			(problem: Problem) => !isGone && setShown({ problem }),
		)
		return () => {
			isGone = true
			if (url) URL.revokeObjectURL(url)
		}
	}, [id, newest, tries])
	return shown
}
