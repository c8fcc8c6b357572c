/** What the keys of a file are bound to. */
export type EncryptedKind = 'image' | 'video' | 'audio' | 'document'

/** A file as WhatsApp's media hosts have it, named by a message that came in or by a caller: not to be trusted. */
export type EncryptedFile = {
	kind: EncryptedKind
	url?: string | undefined
	directPath?: string | undefined
	/** Not given where files are not encrypted: in channels. */
	mediaKey?: Uint8Array | undefined
	/** Of the file. */
	fileSha256?: Uint8Array | undefined
	/** Of what lies on the media host. */
	fileEncSha256?: Uint8Array | undefined
}

/** A file that is open and whole, in a temporary file. */
export type DecryptedFile = {
	path: string
	/** Bytes. */
	size: number
	/** Hex. */
	sha256: string
	/** Removes the file. */
	dispose(): Promise<void>
}
