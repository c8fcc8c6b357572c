# Images of this repository. The last stage, `gateway`, is what `docker build .` makes; compose.yaml uses `setup` too.
ARG NODE=node:24-bookworm-slim

FROM ${NODE} AS build
WORKDIR /src
COPY package.json package-lock.json .npmrc ./
COPY gateway/package.json gateway/
# Compiling TypeScript needs no install scripts, and without its own one the package `node` has no program.
RUN npm ci --ignore-scripts && rm -f node_modules/.bin/node
COPY . .
RUN npm run build:gateway && npm pack && mkdir nodes-package \
	&& tar -xzf n8n-nodes-whatsapp-gateway-*.tgz -C nodes-package --strip-components=1

FROM ${NODE} AS production
WORKDIR /src
COPY package.json package-lock.json .npmrc ./
COPY gateway/package.json gateway/
RUN npm ci --ignore-scripts --omit=dev --workspace=gateway

# What compose.yaml runs once: it prepares the gateway and n8n for each other.
FROM ${NODE} AS setup
# n8n runs as user 1000, and a new volume gets its owner from here.
RUN install -d -o 1000 -g 1000 /nodes && install -d -o 10001 -g 10001 -m 700 /keys
COPY --from=build /src/nodes-package /package
COPY docs/examples/answer-hello.json /setup/
COPY gateway/container /setup
USER 10001:10001
CMD ["node", "/setup/main.ts"]

FROM ${NODE} AS gateway
RUN apt-get update && apt-get install -y --no-install-recommends ffmpeg tini \
	&& apt-get clean && rm -rf /var/lib/apt/lists/* \
	&& install -d -o 10001 -g 10001 -m 700 /data /keys
WORKDIR /app
COPY --from=production /src/node_modules node_modules
COPY --from=production /src/gateway gateway
COPY --from=build /src/gateway/dist gateway/dist
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/data
USER 10001:10001
VOLUME /data
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
	CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
LABEL org.opencontainers.image.title="WhatsApp gateway" \
	org.opencontainers.image.description="A light, headless WhatsApp gateway: sessions, messages and webhooks over HTTP" \
	org.opencontainers.image.source="https://github.com/whatsapp-gateway/n8n-nodes-whatsapp-gateway" \
	org.opencontainers.image.licenses="MIT"
ENTRYPOINT ["tini", "--", "node", "--max-semi-space-size=8", "/app/gateway/dist/main.js"]
