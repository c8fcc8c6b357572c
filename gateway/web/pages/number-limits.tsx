import { useEffect, useState } from 'preact/hooks'
import { ask } from '../data/api.ts'

/** It changes by itself: first messages of the last hour are counted. */
const REFRESH_MS = 60_000

/** Whether a number may write to new people, in a sentence. WhatsApp is not asked for it. */
export function NumberLimits({ session }: { session: string }) {
	const [text, setText] = useState('')
	useEffect(() => {
		const path = `/sessions/${encodeURIComponent(session)}/limits?fresh=false`
		// It is an addition: without it the page says everything else.
		const load = () =>
			ask<{ text: string }>('GET', path).then(
				(limits) => setText(limits.text),
				() => {},
			)
		void load()
		const timer = setInterval(load, REFRESH_MS)
		return () => clearInterval(timer)
	}, [session])
	return text ? <p class="quiet">{text}</p> : null
}
