/** What this extension uses of the browser's interface; Firefox has it under the same name. */
declare const chrome: {
	runtime: {
		sendMessage<Reply>(message: unknown): Promise<Reply>
		onMessage: {
			addListener(
				listen: (
					message: unknown,
					sender: { origin?: string; url?: string },
					reply: (message: unknown) => void,
				) => boolean | undefined,
			): void
		}
	}
}
