// The gateway as a process of its own that tries webhooks again soon, so that a test of it ends soon.
import { once } from 'node:events'
import { createAdaptorServer } from '@hono/node-server'
import { openStorage } from '../../../../gateway/src/cli/storage.ts'
import { readConfig } from '../../../../gateway/src/config/read-config.ts'
import { createGateway } from '../../../../gateway/src/app.ts'
import { createLog } from '../../../../gateway/src/log.ts'

const config = readConfig(process.env)
const log = createLog(config.LOG_LEVEL)
const gateway = await createGateway({
	config,
	storage: await openStorage(config, log),
	whatsapp: { wsUrl: config.WHATSAPP_WS_URL, noiseRoot: config.WHATSAPP_NOISE_ROOT },
	log,
	delivery: { schedule: { waits: Array(40).fill(5), timeoutMs: 250, probeMs: [50, 200] } },
})
const server = createAdaptorServer({ fetch: gateway.app().fetch })
server.listen(config.PORT, config.HOST)
await once(server, 'listening')
gateway.start()
