import { richText, type Rich } from './rich.ts'

/** A text with WhatsApp's marks. */
export function RichText({ text }: { text: string }) {
	return (
		<p class="said" dir="auto">
			<Parts parts={richText(text)} />
		</p>
	)
}

function Parts({ parts }: { parts: Rich[] }) {
	return <>{parts.map(draw)}</>
}

function draw(part: Rich) {
	if (part.is === 'text') return part.text
	if (part.is === 'code') return <code>{part.text}</code>
	if (part.is === 'link')
		return (
			<a href={part.href} target="_blank" rel="noreferrer">
				{part.text}
			</a>
		)
	const Mark = part.is
	return (
		<Mark>
			<Parts parts={part.parts} />
		</Mark>
	)
}
