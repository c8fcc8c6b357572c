/** Where the bytes of a message come from, as callers say it. */
export type PreparedSource =
	/** Base64, base64url or a data URI. */
	| { kind: 'data'; data: string; mimetype?: string | undefined }
	/** Fetched from the public internet, or from what FETCH_ALLOW names. */
	| { kind: 'url'; url: string }
	/** Below MEDIA_DIR. */
	| { kind: 'path'; path: string }
	/** A part of a multipart body, already in a file; that file stays its owner's. */
	| {
			kind: 'upload'
			path: string
			filename?: string | undefined
			mimetype?: string | undefined
	  }

/** What it shall be on WhatsApp. `picture` is a profile's or a group's, `photo` a product's; `m4a` is audio in MP4. */
export type TargetRole =
	| 'image'
	| 'video'
	| 'gif'
	| 'video-note'
	| 'audio'
	| 'm4a'
	| 'voice'
	| 'document'
	| 'sticker'
	| 'picture'
	| 'photo'

/** A file that is ready to be encrypted and uploaded. */
export type PreparedMedia = {
	path: string
	mimetype: string
	/** Bytes. */
	size: number
	filename?: string | undefined
	width?: number | undefined
	height?: number | undefined
	/** Whole seconds, at least 1. */
	seconds?: number | undefined
	/** JPEG, at most 72 pixels wide and high. */
	thumbnail?: Buffer | undefined
	/** 64 values from 0 to 100: how loud a voice note is. */
	waveform?: Uint8Array | undefined
	animated?: boolean | undefined
	/** Removes the file. */
	dispose(): Promise<void>
}

/** What is shown of a web page. */
export type LinkPreview = {
	title: string
	description: string | undefined
	/** JPEG, at most 72 pixels wide and high. */
	thumbnail: Buffer | undefined
}

/** Gets files and makes of them what WhatsApp shows. */
export type MediaPreparer = {
	/**
	 * Gets the bytes into a file of its own and brings them into the form of their role.
	 * @param field what the caller calls it; errors name it
	 * @param signal ends it; it rejects with the signal's reason then
	 * @throws GatewayError media_fetch_refused, media_fetch_failed, media_unreadable, media_too_large,
	 * unsupported_media_type or ffmpeg_missing
	 */
	prepare(
		source: PreparedSource,
		role: TargetRole,
		field: string,
		signal?: AbortSignal,
	): Promise<PreparedMedia>
	/** Looks at a web page; undefined if there is nothing to show, whatever the reason. */
	preview(url: string): Promise<LinkPreview | undefined>
	/** Ends what is under way and removes every file. */
	close(): Promise<void>
}
