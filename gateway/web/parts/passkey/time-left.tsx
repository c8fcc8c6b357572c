import { useContext, useEffect, useState } from 'preact/hooks'
import { WordsOfLinking } from '../linking-words.ts'

const secondsTo = (moment: string) =>
	Math.max(0, Math.round((Date.parse(moment) - Date.now()) / 1000))

/** How much time a person has: `4:59`. */
export function TimeLeft({ until }: { until: string }) {
	const words = useContext(WordsOfLinking).passkeyStep
	const [seconds, setSeconds] = useState(secondsTo(until))
	useEffect(() => {
		setSeconds(secondsTo(until))
		const timer = setInterval(() => setSeconds(secondsTo(until)), 1000)
		return () => clearInterval(timer)
	}, [until])
	const shown = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
	return <p class="quiet">{words.timeLeft(shown)}</p>
}
