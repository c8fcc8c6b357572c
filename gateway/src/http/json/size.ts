/** Enough for every request that carries no file. */
export const MAX_JSON_BYTES = 1024 * 1024

/** The size of a JSON body with `fileBytes` bytes of files in it: base64 turns three bytes into four. */
export const jsonBytesFor = (fileBytes: number) => Math.ceil((fileBytes * 4) / 3) + MAX_JSON_BYTES
