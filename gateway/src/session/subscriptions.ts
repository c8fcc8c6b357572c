/** Feeds that are large: a session produces them only if a webhook asks for them. */
export type OptionalFeeds = {
	/** The protobuf message, beside each event of a message. */
	raw: boolean
	/** The chats and messages that the phone had before this device was linked. */
	history: boolean
	/** What the API has sent. */
	outgoing: boolean
}
