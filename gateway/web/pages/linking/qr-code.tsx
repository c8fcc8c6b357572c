import { useEffect, useState } from 'preact/hooks'
import { ask, askForFile, Problem } from '../../data/api.ts'
import type { SessionView } from '../../data/console-state.ts'
import { Button } from '../../parts/button.tsx'
import { QrPicture } from '../../parts/qr-picture.tsx'
import type { PageProps } from '../index.ts'

type QrProps = { session: SessionView; state: PageProps['state'] }

/** The QR code of a number, which renews itself until nobody has scanned it for long. */
export function QrCode({ session, state }: QrProps) {
	const [tries, setTries] = useState(0)
	const { svg, expires, problem } = useQr(session.id, newestCode(state, session.id), tries)
	const failure = session.status === 'created' ? session.last_disconnect : null
	const isOver = failure?.reason === 'qr_expired' || failure?.reason === 'link_refused'
	if (isOver && svg)
		return (
			<div class="stack">
				<p>{failure?.reason === 'qr_expired' ? 'Nobody scanned in time.' : failure?.advice}</p>
				<div class="row">
					<Button kind="main" onClick={() => setTries(tries + 1)}>
						New code
					</Button>
				</div>
			</div>
		)
	return (
		<QrPicture svg={svg} expiresAt={expires} problem={problem} retry={() => setTries(tries + 1)} />
	)
}

/** The event that told of the newest code. */
function newestCode({ events }: PageProps['state'], id: string): string {
	return events.find(({ type, session }) => type === 'session.qr' && session === id)?.id ?? ''
}

type Shown = { svg?: string; expires?: string; problem?: Problem }

function useQr(id: string, newest: string, tries: number): Shown {
	const [shown, setShown] = useState<Shown>({})
	useEffect(() => setShown({}), [id, tries])
	useEffect(() => {
		let isGone = false
		const path = `/sessions/${encodeURIComponent(id)}/qr`
		// The first answer says until when; the second draws it.
		ask<{ expires_at: string }>('GET', path)
			.then(async ({ expires_at }) => ({
				svg: await (await askForFile(`${path}?format=svg`)).text(),
				expires: expires_at,
			}))
			.catch((problem: Problem) => ({ problem }))
			.then((next) => !isGone && setShown(next))
		return () => {
			isGone = true
		}
	}, [id, newest, tries])
	return shown
}
