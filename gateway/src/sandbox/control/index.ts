import { Hono } from 'hono'
import { ControlError } from './context.ts'
import { businessRoutes } from './business.ts'
import { channelRoutes } from './channels.ts'
import { chatRoutes } from './chats.ts'
import { faultRoutes } from './faults.ts'
import { groupRoutes } from './groups.ts'
import { mediaRoutes } from './media.ts'
import { sceneRoutes } from './scenes.ts'
import { messageRoutes } from './messages.ts'
import { passkeyRoutes } from './passkey.ts'
import { phoneRoutes } from './phones.ts'
import { profileRoutes } from './profile.ts'
import { sharingRoutes } from './sharing.ts'
import { verbRoutes } from './verbs.ts'
import { versionRoutes } from './versions.ts'
import { viewRoutes } from './view.ts'
import type { Frame } from '../server/frame-log.ts'
import { PhoneError } from '../phone/phone-error.ts'
import { LinkingError } from '../phone/linking.ts'
import type { Sandbox } from '../sandbox.ts'

const people = [
	phoneRoutes,
	passkeyRoutes,
	profileRoutes,
	messageRoutes,
	mediaRoutes,
	sharingRoutes,
	verbRoutes,
	chatRoutes,
	businessRoutes,
	viewRoutes,
]
const subjects = [...people, groupRoutes, channelRoutes, faultRoutes, versionRoutes, sceneRoutes]

/** Bytes become base64, so that a frame can be read as JSON. */
const frameJson = (frame: Frame) =>
	JSON.parse(
		JSON.stringify(frame, (_key, value) =>
			value?.type === 'Buffer' ? Buffer.from(value.data).toString('base64') : value,
		),
	)

/** The sandbox's people, faults and log over HTTP. Mount it at `/sandbox`, behind a key. */
export function controlRoutes(sandbox: Sandbox): Hono {
	const app = new Hono()

	app.onError((error, c) => {
		const controlRefusal = error instanceof LinkingError || error instanceof PhoneError
		const status = error instanceof ControlError ? error.status : controlRefusal ? 409 : 500
		return c.json({ status, title: 'Sandbox', detail: error.message }, status)
	})

	app.get('/', (c) =>
		c.json({
			ws_url: sandbox.wsUrl,
			noise_root: sandbox.noiseRoot,
			media_ca: sandbox.mediaCa,
		}),
	)
	for (const routes of subjects) app.route('/', routes(sandbox))

	app.get('/pictures/:id', (c) => {
		const picture = sandbox.whatsapp.directory.picture(c.req.param('id'))
		if (!picture) throw new ControlError(404, 'There is no such picture.')
		return c.body(Buffer.from(picture), 200, {
			'content-type': 'image/jpeg',
			'cache-control': 'private, max-age=31536000, immutable',
		})
	})
	app.get('/log', (c) => {
		const after = Number(c.req.query('after') ?? 0)
		const limit = Number(c.req.query('limit') ?? 1000)
		const frames = sandbox.whatsapp.log.list(({ seq }) => seq > after).slice(0, limit)
		return c.json({ frames: frames.map(frameJson) })
	})

	return app
}
