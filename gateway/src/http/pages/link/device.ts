const DEVICES: [RegExp, string][] = [
	[/iphone|ipad/i, 'iPhone or iPad'],
	[/android/i, 'Android'],
	[/windows/i, 'Windows'],
	[/mac os/i, 'Mac'],
	[/cros/i, 'Chromebook'],
	[/linux/i, 'Linux'],
]

/** The kind of device that a browser says it runs on. */
export function deviceOfBrowser(userAgent = ''): string {
	return DEVICES.find(([pattern]) => pattern.test(userAgent))?.[1] ?? 'Unknown device'
}
