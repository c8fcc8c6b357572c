import { useContext, useEffect, useState } from 'preact/hooks'
import type { Problem } from '../data/api.ts'
import { Button } from './button.tsx'
import { WordsOfLinking } from './linking-words.ts'
import { Notice } from './notice.tsx'

type QrProps = {
	svg: string | undefined
	/** ISO 8601. */
	expiresAt: string | undefined
	problem: Problem | undefined
	retry(): void
}

const SLOW_MS = 20_000

/** A QR code that links a phone, with what to do on the phone; or what it waits for. */
export function QrPicture({ svg, expiresAt, problem, retry }: QrProps) {
	const words = useContext(WordsOfLinking)
	const url = useObjectUrl(svg)
	const left = useSecondsTo(expiresAt)
	const isSlow = useSlow(!svg && !problem)
	return (
		<div class="linking">
			<ol class="steps">
				{words.steps.map((step) => (
					<li key={step}>{step}</li>
				))}
			</ol>
			<div class="qr">
				{url ? (
					<img src={url} alt={words.qrAlt} />
				) : (
					<p role="status">{isSlow ? words.slow : words.asking}</p>
				)}
			</div>
			{(problem || isSlow) && (
				<Notice kind="bad">
					{problem?.message ?? words.slowAdvice} <Button onClick={retry}>{words.tryAgain}</Button>
				</Notice>
			)}
			{left > 0 && <p class="quiet">{words.nextCode(left)}</p>}
			<p class="quiet">{words.fullList}</p>
		</div>
	)
}

function useObjectUrl(svg: string | undefined): string | undefined {
	const [url, setUrl] = useState<string>()
	useEffect(() => {
		if (!svg) return setUrl(undefined)
		const made = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }))
		setUrl(made)
		return () => URL.revokeObjectURL(made)
	}, [svg])
	return url
}

/** Counts down in silence: screen readers are not told. */
function useSecondsTo(moment: string | undefined): number {
	const leftAt = () => (moment ? Math.ceil((Date.parse(moment) - Date.now()) / 1000) : 0)
	const [left, setLeft] = useState(leftAt)
	useEffect(() => {
		setLeft(leftAt())
		const timer = setInterval(() => setLeft(leftAt()), 1000)
		return () => clearInterval(timer)
	}, [moment])
	return left
}

function useSlow(isWaiting: boolean): boolean {
	const [isSlow, setSlow] = useState(false)
	useEffect(() => {
		setSlow(false)
		if (!isWaiting) return
		const timer = setTimeout(() => setSlow(true), SLOW_MS)
		return () => clearTimeout(timer)
	}, [isWaiting])
	return isSlow
}
