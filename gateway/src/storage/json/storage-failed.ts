import { GatewayError } from '../../errors.ts'

/** How to solve errors of the system, by their code. */
const advice: Record<string, string> = {
	ENOSPC: 'The disk behind DATA_DIR is full: free some space.',
	EDQUOT: 'The disk quota of DATA_DIR is used up: free some space.',
	EMFILE: 'The process has too many open files: raise the limit (ulimit -n).',
	ENFILE: 'The system has too many open files: raise its limit.',
	EROFS: 'The file system of DATA_DIR can only be read: make it writable.',
	EACCES: mayNotWrite(),
	EPERM: mayNotWrite(),
	EFBIG: 'A file is larger than the system allows: raise the limit (ulimit -f).',
	ENOENT: 'DATA_DIR was removed, or another gateway has taken it over.',
	EIO: 'The disk behind DATA_DIR has a fault: check it.',
}

/** Names the user: in a container that is often another one than the owner of the directory. */
function mayNotWrite(): string {
	const user = `${process.getuid?.()}:${process.getgid?.()}`
	return `The gateway runs as user ${user} and may not write to DATA_DIR: give it to that user (chown -R ${user}), or run the gateway as its owner.`
}

/** The error of an operation that the system refused, with advice. @param what names the operation that failed */
export function storageFailed(
	cause: unknown,
	what = 'The change could not be saved',
): GatewayError {
	const { code = '', message } = cause as NodeJS.ErrnoException
	const help = advice[code] ?? 'Check the disk behind DATA_DIR.'
	return new GatewayError('storage_failed', `${what} (${message}). ${help}`, {
		cause,
	})
}
