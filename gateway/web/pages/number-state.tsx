import { useEffect, useState } from 'preact/hooks'
import { ask } from '../data/api.ts'
import type { SessionView } from '../data/console-state.ts'
import { linkTo } from '../data/location.ts'
import { SLOW_CONNECTION, wordsOf } from '../data/words.ts'
import { Button } from '../parts/button.tsx'
import { Notice } from '../parts/notice.tsx'
import { Pill } from '../parts/pill.tsx'
import { useAction } from '../parts/use-action.ts'
import { DeleteNumber } from './delete-number.tsx'

/** The state of a number in words, with its button. */
export function NumberState({ session, isLive }: { session: SessionView; isLive: boolean }) {
	const { id, status } = session
	const { pill, mood, sentence, step, label } = wordsOf(session)
	const isSlow = useLongerThan(20_000, status === 'connecting')
	const [isDeleting, setDeleting] = useState(false)
	const [wasDisconnected, setDisconnected] = useState(false)
	const act = useAction(async () => {
		await ask('POST', `/sessions/${encodeURIComponent(id)}/${step}`)
		setDisconnected(step === 'disconnect')
	})
	const said = isSlow ? SLOW_CONNECTION : sentence
	return (
		<>
			<p>
				<Pill mood={mood}>{pill}</Pill>
			</p>
			{wasDisconnected && status === 'closed' && (
				<Notice>
					Disconnected. Messages wait on WhatsApp.
					<Button sends disabled={!isLive || act.isBusy} onClick={act.run}>
						Undo
					</Button>
				</Notice>
			)}
			{said && <p role="status">{said}</p>}
			{act.problem && <Notice kind="bad">{act.problem.message}</Notice>}
			{(step === 'qr' || step === 'passkey') && (
				<a class="button main" {...linkTo(`/add/${encodeURIComponent(id)}`)}>
					{label}
				</a>
			)}
			{(step === 'connect' || step === 'disconnect') && (
				<Button
					sends
					{...(step === 'connect' && { kind: 'main' })}
					disabled={!isLive || act.isBusy}
					onClick={act.run}
				>
					{label}
				</Button>
			)}
			{step === 'delete' && (
				<Button kind="danger" onClick={() => setDeleting(true)}>
					{label}
				</Button>
			)}
			{isDeleting && <DeleteNumber session={session} close={() => setDeleting(false)} />}
		</>
	)
}

/** True once something has been true for so many milliseconds. */
function useLongerThan(ms: number, isSo: boolean): boolean {
	const [isLong, setLong] = useState(false)
	useEffect(() => {
		setLong(false)
		if (!isSo) return
		const timer = setTimeout(() => setLong(true), ms)
		return () => clearTimeout(timer)
	}, [ms, isSo])
	return isLong
}
