import { useEffect, useState } from 'preact/hooks'
import { ask } from '../../data/api.ts'
import type { SessionView } from '../../data/console-state.ts'
import { Passkey, type PasskeyProps } from '../../parts/passkey/passkey-step.tsx'
import type { PageProps } from '../index.ts'

type StepProps = { session: SessionView; state: PageProps['state']; again(): void }

const unknown: PasskeyProps['step'] = {
	stage: 'none',
	options: null,
	code: null,
	expires_at: null,
	hint: '',
	token: null,
}

/** The passkey step of a number, as its events tell it. */
export function PasskeyOfNumber({ session, state, again }: StepProps) {
	const path = `/sessions/${encodeURIComponent(session.id)}/passkey`
	const newest = state.events.find(
		({ type, session: id }) => type === 'session.passkey' && id === session.id,
	)?.id
	const [step, setStep] = useState(unknown)
	useEffect(() => {
		let isGone = false
		ask<PasskeyProps['step']>('GET', path).then(
			(told) => !isGone && setStep(told),
			() => {},
		)
		return () => {
			isGone = true
		}
	}, [path, newest, session.status])
	return (
		<Passkey
			step={step}
			answer={(assertion) => ask('POST', path, assertion)}
			confirm={() => ask('POST', `${path}/confirm`)}
			again={again}
		/>
	)
}
