import type { JSX } from 'preact'
import type { Bubble, BubbleKind, Content } from '../../src/sandbox/view/bubble.ts'
import { Card, Choosing } from './choices.tsx'
import { EventCard } from './event-card.tsx'
import { FileOf } from './media.tsx'
import { Poll } from './poll.tsx'
import { RichText } from './rich-text.tsx'
import { does } from './acts.ts'
import { Button } from '../parts/button.tsx'

/** The content of a kind, also where several kinds share one form. */
type Of<K extends BubbleKind, C = Content> = C extends { kind: BubbleKind }
	? K extends C['kind']
		? C
		: never
	: never

type Drawn<K extends BubbleKind> = (
	content: Of<K>,
	bubble: Bubble,
	onJson: () => void,
) => JSX.Element

const choosing = (content: Of<'buttons'>, { id }: Bubble) => <Choosing id={id} {...content} />
const file = (content: Of<'photo'>, { id, mine }: Bubble) => (
	<FileOf id={id} content={content} mine={mine} />
)

/** Each kind of message. */
const drawn: { [K in BubbleKind]: Drawn<K> } = {
	text: ({ text, preview }) => (
		<>
			{preview && (
				<div class="card-in">
					<strong>{preview.title}</strong>
					<p class="note">{preview.description || preview.url}</p>
				</div>
			)}
			<RichText text={text} />
		</>
	),
	photo: file,
	video: file,
	gif: file,
	round_video: file,
	voice: file,
	audio: file,
	document: file,
	sticker: file,
	album: ({ photos, videos }) => (
		<p>
			Album: {photos} photos, {videos} videos
		</p>
	),
	location: ({ live, name, address, text, latitude, longitude }) => (
		<div class="card-in">
			<strong>{name ?? (live ? 'Live location' : 'Location')}</strong>
			{address && <p>{address}</p>}
			<p class="note">
				{latitude}, {longitude}
			</p>
			{text && <RichText text={text} />}
		</div>
	),
	contacts: ({ contacts }) => (
		<ul class="card-in">
			{contacts.map(({ name, phones }) => (
				<li key={name}>
					<strong>{name}</strong>
					<p class="note">{phones.join(', ')}</p>
				</li>
			))}
		</ul>
	),
	poll: (poll, { id }) => <Poll id={id} poll={poll} />,
	event: (event, { id }) => <EventCard id={id} event={event} />,
	buttons: choosing,
	list: choosing,
	native_flow: choosing,
	template: choosing,
	carousel: ({ text, cards }, { id }) => (
		<>
			<RichText text={text} />
			<ul class="cards-row" tabIndex={0} aria-label="Cards">
				{cards.map((card, place) => (
					<li key={place}>
						<Choosing id={id} {...card} />
					</li>
				))}
			</ul>
		</>
	),
	product: ({ text, description, price, file: image }, { id }) => (
		<Card id={id} title={text} file={image} note={[price, description]} />
	),
	order: ({ text, items, total, note }, { id }) => (
		<Card id={id} title={text} note={[`${items} items`, total, note]} />
	),
	payment: ({ text, amount }, { id }) => <Card id={id} title={amount ?? 'Payment'} note={[text]} />,
	invitation: ({ to, text, code, note }, { id, mine }) => (
		<Card id={id} title={text} note={[`Invitation to a ${to}`, note]}>
			{code && !mine && <Button onClick={() => does('join', { code })}>Join</Button>}
		</Card>
	),
	system: ({ text }) => <p>{text}</p>,
	deleted: ({ text }) => (
		<p class="note">
			<em>{text}</em>
		</p>
	),
	unreadable: ({ why }) => <p class="bad">Could not be decrypted: {why}</p>,
	other: ({ name, text }, _, onJson) => (
		<>
			<p>Kind {name}</p>
			{text && <RichText text={text} />}
			<Button onClick={onJson}>Show as JSON</Button>
		</>
	),
}

/** What a message says. */
export function BubbleContent({ bubble, onJson }: { bubble: Bubble; onJson(): void }) {
	const draw = drawn[bubble.content.kind] as Drawn<BubbleKind>
	return draw(bubble.content as never, bubble, onJson)
}
