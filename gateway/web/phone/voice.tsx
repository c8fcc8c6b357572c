import { useState } from 'preact/hooks'

type VoiceProps = {
	url: string
	name: string
	/** The loudness over time, 0 to 100. */
	waveform: number[]
	onPlay(): void
}

/** Of the picture, in its own units: a bar and the gap after it. */
const BAR = 2
const STEP = 3
const HEIGHT = 32

/** A voice message with its waveform, which fills as it is played. */
export function Voice({ url, name, waveform, onPlay }: VoiceProps) {
	const [played, setPlayed] = useState(0)
	const heights = waveform.map((loudness) => Math.max(BAR, (loudness / 100) * HEIGHT))
	return (
		<>
			{waveform.length > 0 && (
				<svg
					class="waveform"
					viewBox={`0 0 ${waveform.length * STEP} ${HEIGHT}`}
					preserveAspectRatio="none"
					aria-hidden="true"
				>
					{heights.map((height, place) => (
						<rect
							key={place}
							class={place < played * waveform.length ? 'played' : ''}
							x={place * STEP}
							y={(HEIGHT - height) / 2}
							width={BAR}
							height={height}
						/>
					))}
				</svg>
			)}
			<audio
				src={url}
				controls
				preload="none"
				aria-label={name}
				onPlay={onPlay}
				onTimeUpdate={({ currentTarget: { currentTime, duration } }) =>
					setPlayed(duration ? currentTime / duration : 0)
				}
			/>
		</>
	)
}
