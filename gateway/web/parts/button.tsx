import type { ButtonHTMLAttributes, ComponentChildren } from 'preact'
import { useContext } from 'preact/hooks'
import { IsLive } from './is-live.ts'

type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & {
	/** `main`: the one thing to do here. `danger`: nothing brings back what it takes away. */
	kind?: 'main' | 'danger' | 'plain'
	/** Whether it asks the gateway for something, which must answer then. A form that is submitted always does. */
	sends?: boolean
	children: ComponentChildren
}

/** A button, which sends no form unless its `type` says so. */
export function Button({ kind, sends, class: name, type = 'button', ...props }: ButtonProps) {
	const isLive = useContext(IsLive)
	const doesSomething = sends || type === 'submit'
	const isOff = !isLive && doesSomething
	const disabled = isOff || props.disabled
	const classes = ['button', kind, name].filter(Boolean).join(' ')
	return (
		<button
			type={type}
			class={classes}
			{...(doesSomething && { onClickCapture: ignoreSecond })}
			{...props}
			disabled={disabled}
		/>
	)
}

/** A double click does nothing twice: the first click may have been answered before the second one comes. */
function ignoreSecond(event: MouseEvent) {
	if (event.detail < 2) return
	event.preventDefault()
	event.stopImmediatePropagation()
}
