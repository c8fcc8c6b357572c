// The gateway as a process of its own that tries webhooks again soon, so that a test of it ends soon.
import { once } from 'node:events'
import { createAdaptorServer } from '@hono/node-server'
import { readConfig } from '../../../../gateway/src/config.ts'
import { createGateway } from '../../../../gateway/src/app.ts'
import { createLog } from '../../../../gateway/src/log.ts'
import { jsonStorage } from '../../../../gateway/src/storage/json/index.ts'

const config = readConfig(process.env)
const gateway = await createGateway({
	config,
	storage: await jsonStorage(config.DATA_DIR, {
		onLost: (error) => {
			throw error
		},
	}),
	whatsapp: { wsUrl: config.WHATSAPP_WS_URL, noiseRoot: config.WHATSAPP_NOISE_ROOT },
	log: createLog(config.LOG_LEVEL),
	delivery: { schedule: { waits: Array(40).fill(5), timeoutMs: 250, probeMs: [50, 200] } },
})
const server = createAdaptorServer({ fetch: gateway.app().fetch })
server.listen(config.PORT, config.HOST)
await once(server, 'listening')
gateway.start()
