import type { ButtonHTMLAttributes, ComponentChildren } from 'preact'

type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & {
	/** `main`: the one thing to do here. `danger`: nothing brings back what it takes away. */
	kind?: 'main' | 'danger' | 'plain'
	children: ComponentChildren
}

/** A button, which sends no form unless its `type` says so. */
export function Button({ kind, class: name, type = 'button', ...props }: ButtonProps) {
	return <button type={type} class={['button', kind, name].filter(Boolean).join(' ')} {...props} />
}
