/** What is wrong now, by the type with which it was caused. */
export type ActiveFault = {
	type: string
	/** The phone number of the person; undefined where all are concerned. */
	account?: string | undefined
	/** How often it will still happen. */
	times?: number
	/** When it ends by itself, in milliseconds since 1970. */
	until?: number
	/** How many acknowledgements and receipts are held back. */
	waiting?: number
	/** With what requests are refused. */
	code?: number
	xmlns?: string | undefined
}

/** Whether a fault is one of those that are meant; what is left out is any. */
export const isFault =
	({ type, account }: { type?: string | undefined; account?: string | undefined }) =>
	(fault: ActiveFault): boolean =>
		(type === undefined || fault.type === type) &&
		(account === undefined || fault.account === account)
