import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import type {
	BubbleButton,
	BubbleFile,
	BubbleMenu,
	Choices,
} from '../../src/sandbox/view/bubble.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { does } from './acts.ts'
import { FileOf } from './media.tsx'
import { RichText } from './rich-text.tsx'

type ChoosingProps = Choices & { id: string; file?: BubbleFile }

/** A text with buttons, and with menus that open a sheet. */
export function Choosing({ id, title, text, footer, buttons, menus, file }: ChoosingProps) {
	return (
		<div class="choosing">
			{file && <HeaderFile id={id} file={file} />}
			{title && <strong dir="auto">{title}</strong>}
			{text && <RichText text={text} />}
			{footer && <p class="note">{footer}</p>}
			<div class="taps">
				{buttons.map((button, place) => (
					<Tap key={place} id={id} button={button} />
				))}
				{menus.map((menu, place) => (
					<MenuSheet key={place} id={id} menu={menu} />
				))}
			</div>
		</div>
	)
}

/** The file above a text: what it is, its type says. */
function HeaderFile({ id, file }: { id: string; file: BubbleFile }) {
	const [type] = file.mimetype.split('/')
	const kind = type === 'image' ? 'photo' : type === 'video' ? 'video' : 'document'
	return <FileOf id={id} content={{ kind, file }} />
}

function Tap({
	id,
	button: { id: button, label, does: act, value },
}: {
	id: string
	button: BubbleButton
}) {
	const [shown, setShown] = useState(false)
	if (act === 'answer')
		return <Button onClick={() => does('tap', { id, button: button || label })}>{label}</Button>
	if (act === 'open' && value && /^https?:/.test(value))
		return (
			<a class="button" href={value} target="_blank" rel="noreferrer">
				{label}
			</a>
		)
	// Nobody is called from here, and nothing is pasted: the value is shown.
	return (
		<Button disabled={!value} onClick={() => setShown(!shown)}>
			{shown ? value : label}
		</Button>
	)
}

function MenuSheet({ id, menu }: { id: string; menu: BubbleMenu }) {
	const [isOpen, setOpen] = useState(false)
	const close = () => setOpen(false)
	const pick = (row: string) => {
		close()
		void does('pick', { id, row })
	}
	return (
		<>
			<Button onClick={() => setOpen(true)}>{menu.label}</Button>
			{isOpen && (
				<Dialog title={menu.label} onClose={close}>
					{menu.sections.map(({ title, rows }, place) => (
						<section key={place}>
							{title && <h3>{title}</h3>}
							<ul class="choices">
								{rows.map((row) => (
									<li key={row.id}>
										<button type="button" class="choice" onClick={() => pick(row.id || row.title)}>
											<span>
												<strong>{row.title}</strong>
												{row.description && <span class="quiet"> {row.description}</span>}
											</span>
										</button>
									</li>
								))}
							</ul>
						</section>
					))}
					<Button onClick={close}>Cancel</Button>
				</Dialog>
			)}
		</>
	)
}

type CardProps = {
	id: string
	title: string
	note: (string | undefined)[]
	file?: BubbleFile | undefined
	children?: ComponentChildren
}

/** Something that is shown, and about which little can be done. */
export function Card({ id, title, note, file, children }: CardProps) {
	return (
		<div class="card-in">
			{file && <HeaderFile id={id} file={file} />}
			<strong dir="auto">{title}</strong>
			{note.filter(Boolean).map((line) => (
				<p key={line} class="note" dir="auto">
					{line}
				</p>
			))}
			{children}
		</div>
	)
}
