import { proto } from '@whiskeysockets/baileys'
import { z } from 'zod'

/** Those that log in as a browser does. Baileys logs in as a phone where the name says Android. */
const platforms = Object.keys(proto.DeviceProps.PlatformType)
	.filter((name) => !/android|unknown/i.test(name))
	.map((name) => name.toLowerCase())

/** How the phone lists the linked device. WhatsApp takes it while the device is linked, and never changes it. */
export const deviceProps = z
	.object({
		os: z
			.string()
			.min(1)
			.max(50)
			.refine((name) => !/android/i.test(name), 'must not say Android')
			.meta({ title: 'Operating System', examples: ['Windows'] }),
		platform: z.enum(platforms as [string, ...string[]]).meta({
			title: 'Platform',
			description: 'Which icon and name the phone shows',
			examples: ['chrome'],
		}),
		version: z
			.string()
			.max(30)
			.default('')
			.meta({ title: 'Version', examples: ['10.0.22631'] }),
	})
	.meta({
		title: 'Device',
		description:
			'How the phone lists this device. Names that WhatsApp does not know can break pairing codes.',
	})

export type DeviceProps = z.output<typeof deviceProps>

/** As Baileys wants it. It writes the platform as it is into a pairing code's request, where browsers are capitalised. */
export function browserOf(device: DeviceProps | null): [string, string, string] | undefined {
	if (!device) return undefined
	const { os, platform, version } = device
	return [os, platform[0]!.toUpperCase() + platform.slice(1), version]
}
