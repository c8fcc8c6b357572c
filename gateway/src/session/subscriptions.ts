/** What is told only where somebody asks for it: it is large. */
export type Asked = {
	/** The WhatsApp message, beside what events say of it. */
	raw: boolean
	/** What was written before this device was linked. */
	history: boolean
}
