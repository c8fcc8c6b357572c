import { useContext, useState } from 'preact/hooks'
import type { PasskeyStep } from '../../../src/events/types/session-passkey.ts'
import { Button } from '../button.tsx'
import { WordsOfLinking } from '../linking-words.ts'
import { Notice } from '../notice.tsx'
import { useAction } from '../use-action.ts'
import { Challenge } from './challenge.tsx'
import { TimeLeft } from './time-left.tsx'

export type PasskeyProps = {
	/** `none`: it is over, or not known yet. */
	step: Omit<PasskeyStep, 'stage'> & { stage: PasskeyStep['stage'] | 'none'; token: string | null }
	/** Sends the answer of the browser. */
	answer(assertion: object): Promise<unknown>
	/** Says that the codes are the same. */
	confirm(): Promise<unknown>
	/** Begins anew after a failure. */
	again(): void
}

/** Linking with a passkey: what to do now. */
export function Passkey({ step, answer, confirm, again }: PasskeyProps) {
	const { stage, hint, code, options, expires_at, token } = step
	const words = useContext(WordsOfLinking).passkeyStep
	if (stage === 'none') return null
	if (stage === 'failed')
		return (
			<div class="stack">
				<Notice kind="bad">{words.failed(hint)}</Notice>
				<div class="row">
					<Button kind="main" onClick={again}>
						{words.newQr}
					</Button>
				</div>
			</div>
		)
	return (
		<div class="stack">
			<h2>{words.titles[stage]}</h2>
			<p role="status">{words.hints[stage]}</p>
			{expires_at && <TimeLeft until={expires_at} />}
			{stage === 'challenge' && options && (
				<Challenge
					key={String(options.challenge)}
					options={options}
					token={token}
					answer={answer}
				/>
			)}
			{stage === 'confirm' && code && <Comparison code={code} confirm={confirm} />}
		</div>
	)
}

function Comparison({ code, confirm }: { code: string; confirm(): Promise<unknown> }) {
	const words = useContext(WordsOfLinking).passkeyStep
	const act = useAction(confirm)
	const [isOther, setOther] = useState(false)
	return (
		<>
			<p class="pairing-code" aria-label={[...code].join(' ')}>
				{code}
			</p>
			{isOther && <Notice kind="warn">{words.doNotConfirm}</Notice>}
			{act.problem && <Notice kind="bad">{act.problem.message}</Notice>}
			<div class="row">
				<Button kind="main" sends disabled={act.isBusy || isOther} onClick={() => act.run()}>
					{words.same}
				</Button>
				<Button onClick={() => setOther(true)}>{words.other}</Button>
			</div>
		</>
	)
}
