/** What only a gateway of a cluster has: `test/e2e/cluster/metrics.slow.test.ts` sees that it has them. */
export const CLUSTER_METRICS = [
	'whatsapp_gateway_cluster_nodes',
	'whatsapp_gateway_cluster_sessions',
	'whatsapp_gateway_cluster_sessions_free',
]
