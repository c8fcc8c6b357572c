import { useContext, useEffect, useState } from 'preact/hooks'
import { Problem } from '../../data/api.ts'
import { Button } from '../button.tsx'
import { Copy } from '../copy.tsx'
import { Field } from '../field.tsx'
import { WordsOfLinking } from '../linking-words.ts'
import { Notice } from '../notice.tsx'
import { useAction } from '../use-action.ts'
import { extensionPages, hasExtension, signWithExtension } from './extension.ts'
import { snippetFor } from './snippet.ts'

type ChallengeProps = { options: object; answer(assertion: object): Promise<unknown> }

/** The ways to a signature of web.whatsapp.com: an extension, or a few lines in the browser's console. */
export function Challenge({ options, token, answer }: ChallengeProps & { token: string | null }) {
	const words = useContext(WordsOfLinking).passkeyStep
	const [isInstalled, setInstalled] = useState<boolean>()
	useEffect(() => {
		void hasExtension().then(setInstalled)
	}, [])
	return (
		<>
			{isInstalled === false && token && <ByHelper token={token} />}
			{isInstalled && <ByExtension options={options} answer={answer} />}
			<details open={isInstalled === false}>
				<summary>{words.withoutExtension}</summary>
				<ByHand options={options} answer={answer} />
			</details>
			{isInstalled === false && (
				<p class="quiet">
					{words.extension} <a href={extensionPages.chromium}>Chrome, Edge, Brave</a>,{' '}
					<a href={extensionPages.firefox}>Firefox</a>
				</p>
			)}
		</>
	)
}

/** Our own extension takes the address of the request from the fragment, which no server sees. */
function ByHelper({ token }: { token: string }) {
	const words = useContext(WordsOfLinking).passkeyStep
	const door = encodeURIComponent(`${location.origin}/passkey/${token}`)
	return (
		<div class="stack">
			<p>{words.helper}</p>
			<div class="row">
				<a
					class="button"
					href={`https://web.whatsapp.com/#whatsapp-gateway-passkey=${door}`}
					target="_blank"
					rel="noreferrer"
				>
					{words.byHelper}
				</a>
			</div>
		</div>
	)
}

function ByExtension({ options, answer }: ChallengeProps) {
	const words = useContext(WordsOfLinking).passkeyStep
	const sign = useAction(async () => {
		const signed = await signWithExtension(options).catch((error: Error) => {
			throw new Problem(0, { detail: words.extensionSays(error.message) })
		})
		await answer(signed)
	})
	return (
		<>
			{sign.problem && <Notice kind="bad">{sign.problem.message}</Notice>}
			<div class="row">
				<Button kind="main" sends disabled={sign.isBusy} onClick={() => sign.run()}>
					{words.byExtension}
				</Button>
			</div>
		</>
	)
}

function ByHand({ options, answer }: ChallengeProps) {
	const words = useContext(WordsOfLinking).passkeyStep
	const snippet = snippetFor(options)
	const send = useAction(async (text: string) => answer(readAnswer(text, words.incomplete)))
	return (
		<form
			class="stack"
			onSubmit={(event) => {
				event.preventDefault()
				void send.run(String(new FormData(event.currentTarget).get('answer')))
			}}
		>
			<ol>
				<li>
					{words.byHand[0]}{' '}
					<a href="https://web.whatsapp.com" target="_blank" rel="noreferrer">
						web.whatsapp.com
					</a>
				</li>
				<li class="stack">
					{words.byHand[1]}
					<pre data-copy tabIndex={0} role="region" aria-label={words.lines}>
						{snippet}
					</pre>
					<Copy text={snippet} />
				</li>
				<li>{words.byHand[2]}</li>
				<li>{words.byHand[3]}</li>
			</ol>
			<Field label={words.answer} error={send.problem?.message}>
				{(attributes) => (
					<textarea {...attributes} name="answer" rows={3} required autocomplete="off" />
				)}
			</Field>
			<div class="row">
				<Button kind="main" type="submit" disabled={send.isBusy}>
					{words.send}
				</Button>
			</div>
		</form>
	)
}

function readAnswer(text: string, incomplete: string): object {
	try {
		const read: unknown = JSON.parse(text)
		if (typeof read === 'object' && read !== null) return read
	} catch {
		// Said below.
	}
	throw new Problem(0, { detail: incomplete })
}
