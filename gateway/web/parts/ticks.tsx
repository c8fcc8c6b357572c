import type { Tick } from '../../src/sandbox/view/bubble.ts'
import { Icon, type IconName } from './icon.tsx'

const shown: Record<Tick, { icon: IconName; word: string }> = {
	waiting: { icon: 'waiting', word: 'Waiting' },
	sent: { icon: 'one', word: 'Sent' },
	delivered: { icon: 'two', word: 'Delivered' },
	read: { icon: 'two', word: 'Read' },
	played: { icon: 'two', word: 'Played' },
	refused: { icon: 'failed', word: 'Refused' },
}

/** How far a message got, as a picture and a word. */
export function Ticks({ tick }: { tick: Tick }) {
	const { icon, word } = shown[tick]
	return (
		<span class={`ticks ${tick}`}>
			<Icon name={icon} size={16} />
			<span class="hidden">{word}</span>
		</span>
	)
}
