/** A size for people to read: `3.2 GB`, in powers of 1024. */
export function inUnits(bytes: number): string {
	const units = ['B', 'kB', 'MB', 'GB', 'TB']
	let size = bytes
	let unit = 0
	for (; size >= 1024 && unit < units.length - 1; unit++) size /= 1024
	return `${size < 10 && unit > 0 ? size.toFixed(1) : Math.round(size)} ${units[unit]}`
}
